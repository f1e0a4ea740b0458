package gangplank

import (
	"context"
	"math"
	"sync/atomic"
	"time"
)

// Calls of async functions (clause 10).
//
// Parties: the goroutine that calls; native code, which files a completion in
// the mailbox for each call that it left pending; whoever takes completions
// out: the dispatcher, or a goroutine that spins (see taskbox.go).
//
// A call is known to native code by its ticket. Its state says who does what:
//
//	flying     the goroutine is about to wait, or spins
//	parked     it waits for the channel: who settles the call wakes it
//	settled    the result is there
//	abandoned  the goroutine is gone: who settles the call drops the result
//
// The goroutine goes from flying to parked, and from parked to abandoned; who
// has the completion goes to settled. Each does it with a compare-and-swap or
// a swap, so each knows what the other has done. A call that native code
// gave up in time gets no completion.

const (
	flying uint32 = iota
	parked
	settled
	abandoned
)

// Pending and Cancelled are statuses of async functions (clause 3).
const (
	Pending   = 7
	Cancelled = 8
)

// Tasks is what calls of async functions need of the library. The generated
// package fills it with calls of the functions of clause 10.
type Tasks struct {
	// Mailbox makes a mailbox; wake is the writing end of a pipe.
	Mailbox func(wake uintptr) uint64
	// Cancel gives a task up, and says whether no completion comes.
	Cancel func(task uint64) bool
}

var tasks Tasks

// StartTasks hands the functions over, before main runs.
func StartTasks(t Tasks) { tasks = t }

// Waiter is a call of an async function. It belongs to the goroutine that began
// it, until Await returns.
type Waiter struct {
	ticket  atomic.Uint64
	state   atomic.Uint32
	result  Result
	discard func(*Result)
	done    chan struct{}
	next    atomic.Uint32
}

// Begin begins a call.
func Begin() *Waiter {
	w := newWaiter()
	w.state.Store(flying)
	return w
}

// Ticket is what native code gives back with the result.
func (w *Waiter) Ticket() uint64 { return w.ticket.Load() }

// Mailbox is where it puts it.
func (w *Waiter) Mailbox() uint64 { return theBox().address }

// Left is how many nanoseconds there are until a context ends by itself
// (clause 10.2).
func Left(ctx context.Context) uint64 {
	deadline, ok := ctx.Deadline()
	if !ok {
		return math.MaxInt64
	}
	return uint64(max(time.Until(deadline), 0))
}

// Await waits until the call is settled, and puts the result into r, which is
// what the call returned at first. If the context ends before, it gives the
// call up and returns the context's error at once. discard drops a result that
// comes nevertheless; it is nil if there is nothing in it but memory.
func (w *Waiter) Await(ctx context.Context, r *Result, discard func(*Result)) error {
	if r[WordStatus] != Pending {
		w.free()
		return nil
	}
	return w.wait(ctx, r, discard)
}

func (w *Waiter) wait(ctx context.Context, r *Result, discard func(*Result)) error {
	if !w.spin() && w.state.CompareAndSwap(flying, parked) {
		done := ctx.Done()
		if done == nil {
			<-w.done
		} else {
			select {
			case <-w.done:
			case <-done:
				if w.giveUp(r[WordA], discard) {
					return ctx.Err()
				}
			}
		}
	}
	*r = w.result
	w.free()
	if r[WordStatus] == Cancelled {
		return errShutDown
	}
	return nil
}

// errShutDown is for calls that somebody else gave up.
var errShutDown = &UnavailableError{Message: "the runtime of async functions was shut down while the call was waiting"}

// giveUp says whether the call ends here. Otherwise it was settled meanwhile.
func (w *Waiter) giveUp(task uint64, discard func(*Result)) bool {
	if tasks.Cancel(task) {
		w.free()
		return true
	}
	w.discard = discard
	if w.state.CompareAndSwap(parked, abandoned) {
		return true
	}
	<-w.done
	w.discard = nil
	return false
}

// settle is called once for each completion.
func (w *Waiter) settle(ticket uint64, r Result) {
	if w.ticket.Load() != ticket {
		r.release()
		return
	}
	w.result = r
	switch w.state.Swap(settled) {
	case parked:
		w.done <- struct{}{}
	case abandoned:
		w.drop()
	}
}

// drop drops the result of a call that nobody waits for.
func (w *Waiter) drop() {
	r, discard := w.result, w.discard
	w.discard = nil
	w.free()
	if discard == nil || r[WordStatus] == Cancelled {
		r.release()
		return
	}
	// Reading it may call what the program wrote, or panic.
	go func() {
		defer func() { _ = recover() }()
		discard(&r)
	}()
}
