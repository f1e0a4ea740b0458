package gangplank

import (
	"sync"
	"sync/atomic"
)

// All calls there ever were at once, and those of them that are free.
//
// A ticket is the index of a call plus one, and above it a number that says
// which of its uses it is. Free calls are a list: its head is an index plus
// one, and above it a number that changes with every push and pop, so that a
// call that came back to the head meanwhile is noticed (ABA).

const indexBits = 32

var (
	allWaiters  atomic.Pointer[[]*Waiter]
	freeWaiters atomic.Uint64
	growWaiters sync.Mutex
)

// newWaiter takes a call from the free ones.
func newWaiter() *Waiter {
	for {
		head := freeWaiters.Load()
		index := uint32(head)
		if index == 0 {
			return moreWaiters()
		}
		w := (*allWaiters.Load())[index-1]
		next := uint64(w.next.Load())
		if freeWaiters.CompareAndSwap(head, (head>>indexBits+1)<<indexBits|next) {
			return w
		}
	}
}

// free ends a use of the call.
func (w *Waiter) free() {
	ticket := w.ticket.Add(1 << indexBits)
	for {
		head := freeWaiters.Load()
		w.next.Store(uint32(head))
		if freeWaiters.CompareAndSwap(head, (head>>indexBits+1)<<indexBits|ticket&(1<<indexBits-1)) {
			return
		}
	}
}

// moreWaiters doubles the number of calls, and returns one of the new ones.
func moreWaiters() *Waiter {
	growWaiters.Lock()
	defer growWaiters.Unlock()
	var old []*Waiter
	if all := allWaiters.Load(); all != nil {
		old = *all
	}
	made := make([]Waiter, max(len(old), 16))
	all := append(make([]*Waiter, 0, len(old)+len(made)), old...)
	for i := range made {
		w := &made[i]
		w.done = make(chan struct{}, 1)
		all = append(all, w)
		w.ticket.Store(uint64(len(all)))
	}
	allWaiters.Store(&all)
	for i := 1; i < len(made); i++ {
		made[i].free()
	}
	return &made[0]
}

// waiterOf is the call with that ticket.
func waiterOf(ticket uint64) *Waiter {
	index := uint32(ticket)
	if all := *allWaiters.Load(); 0 < index && int(index) <= len(all) {
		return all[index-1]
	}
	return nil
}
