package gangplank

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// The nursery.
//
// A cleanup is the net under an object that nobody closes, but to attach one
// costs ten times as much as the object itself. Most objects are closed soon,
// and need none. So a new object is held by the nursery first. It leaves it in
// one of two ways: another object takes its place, or a garbage collection
// comes. If it is still open then, it gets its cleanup, and only then can the
// collector find out that nobody uses it.
//
// Parties: any goroutine that opens an object, and the one that runs once per
// collection. They meet in the slots, by atomic swap: whoever swaps an object
// out owns the duty to attach its cleanup, so that happens once. Close does
// not look at the nursery.
//
// An object's slot follows from its handle. A handle that is used again, in
// its next generation, finds the slot where its predecessor was, which is
// closed. Two that are open at once mostly have different slots, and different
// cache lines.
//
// What this delays is bounded: an object that was dropped open is released
// after at most one collection more, and at most nurserySlots of them wait.

const (
	nurserySlots = 1 << nurseryBits
	nurseryBits  = 10
)

var nursery [nurserySlots]atomic.Pointer[Object]

// nurse holds a new object.
func nurse(o *Object) {
	// The generation is in the uppermost 24 bits of a handle.
	const position = 1<<40 - 1
	slot := (o.handle & position) * 0x9e3779b97f4a7c15 >> (64 - nurseryBits)
	if old := nursery[slot].Swap(o); old != nil {
		old.leave()
	}
}

// leave attaches the cleanup of an object that is out of the nursery.
func (o *Object) leave() {
	if handle := o.Handle(); handle != 0 {
		runtime.AddCleanup(o, func(h held) { h.keeper.add(h.handle) }, held{o.keeper.find(), handle})
	}
}

// empty lets all objects out.
func empty() {
	for i := range nursery {
		if nursery[i].Load() == nil {
			continue
		}
		if o := nursery[i].Swap(nil); o != nil {
			o.leave()
		}
	}
}

// held is a handle of a keeper.
type held struct {
	keeper *Keeper
	handle uint64
}

var (
	cycles sync.Once
	// cycle is held by the one that does it.
	cycle sync.Mutex
)

// eachCycle begins to do once per garbage collection what must not wait
// longer: a sentinel that nobody refers to has a cleanup, which makes the next
// sentinel. An idle program collects too, every two minutes.
func eachCycle() { cycles.Do(postSentinel) }

// sentinel has a pointer, so that it is an allocation of its own.
type sentinel struct{ _ *sentinel }

func postSentinel() {
	runtime.AddCleanup(new(sentinel), func(struct{}) {
		postSentinel()
		cycle.Lock()
		defer cycle.Unlock()
		empty()
		drain()
	}, struct{}{})
}
