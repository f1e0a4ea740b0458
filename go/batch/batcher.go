package batch

import (
	"context"
	"sync"
	"time"
)

// The protocol. Parties: callers, each with a call; and one runner at a time,
// which b.running stands for. The runner is a goroutine of its own, or a
// caller that found nothing running and cannot be cancelled.
//
//   - A call is pending from when it is queued until the runner takes it or its
//     caller leaves; it is then started or left. Both happen under b.mu, so
//     there is one winner. Each pending call holds a token of b.room.
//   - While nobody runs the queue is empty. The last thing a runner does, under
//     b.mu, is to see that.
//   - The result of a started call belongs to the runner until it sends on
//     done, once. A caller that left does not read it, and nobody uses the call
//     again.
//
// What can race and is fine: a caller may leave after the runner has taken its
// call. The item is then worked on for nobody.

// Batcher gathers calls into batches. Any number of goroutines may use it at
// once. It must not be copied.
type Batcher[In, Out any] struct {
	run     func(context.Context, []In) ([]Out, []error)
	options Options
	// room has a token for each pending call.
	room   chan struct{}
	closed chan struct{}
	// wake tells a waiting runner that what it wants is there.
	wake chan struct{}
	// idle is signalled when a runner leaves. Its lock is mu.
	idle *sync.Cond

	mu      sync.Mutex
	queue   []*call[In, Out]
	pending int // calls in queue that nobody left
	wanted  int // pending calls that a waiting runner wants; 0 if none waits
	running bool
	done    bool // closed
}

// call is one item and its caller.
type call[In, Out any] struct {
	in    In
	ctx   context.Context
	done  chan struct{} // of capacity 1: the runner never waits for a caller
	batch *running
	left  bool
	out   Out
	err   error
}

// New returns a Batcher for run, which gets the items of a batch in the order
// of their calls and returns a result and an error for each. Errors may be
// nil if there are none. It is never run twice at a time, and must not call
// the Batcher it belongs to.
//
// Its context is cancelled when all callers of the batch have left.
func New[In, Out any](run func(context.Context, []In) ([]Out, []error), options Options) *Batcher[In, Out] {
	options = options.complete()
	b := &Batcher[In, Out]{
		run:     run,
		options: options,
		room:    make(chan struct{}, options.MaxPending),
		closed:  make(chan struct{}),
		wake:    make(chan struct{}, 1),
	}
	b.idle = sync.NewCond(&b.mu)
	return b
}

// Do returns the result and the error of in, once the batch that it is in has
// run. If ctx ends before, Do returns ctx.Err() at once: an item whose batch
// has not started is dropped, one whose batch runs is worked on for nobody.
//
// # Cost
//
// Alone, and with a context that cannot be cancelled: the function itself,
// two locks and three small allocations. Else two switches of goroutines
// more, which all calls of a batch share.
func (b *Batcher[In, Out]) Do(ctx context.Context, in In) (out Out, err error) {
	if err := ctx.Err(); err != nil {
		return out, err
	}
	if err := b.enter(ctx); err != nil {
		return out, err
	}
	c := &call[In, Out]{in: in, ctx: ctx}
	b.mu.Lock()
	switch {
	case b.done:
		b.mu.Unlock()
		<-b.room
		return out, ErrClosed
	case !b.running && ctx.Done() == nil:
		// Nobody is there, and the caller will not leave: no other goroutine is needed.
		b.running = true
		b.mu.Unlock()
		<-b.room
		defer b.hand(false)
		c.done = nil
		b.serve([]*call[In, Out]{c})
		return c.out, c.err
	}
	c.done = make(chan struct{}, 1)
	b.queue = append(b.queue, c)
	b.pending++
	if !b.running {
		b.running = true
		go b.work()
	} else if b.wanted > 0 && b.pending >= b.wanted {
		b.poke()
	}
	b.mu.Unlock()

	select {
	case <-c.done:
		return c.out, c.err
	case <-ctx.Done():
	}
	b.leave(c)
	return out, ctx.Err()
}

// enter takes a token of the room.
func (b *Batcher[In, Out]) enter(ctx context.Context) error {
	select {
	case b.room <- struct{}{}:
		return nil
	default:
	}
	if b.options.FailWhenFull {
		return ErrFull
	}
	select {
	case b.room <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-b.closed:
		return ErrClosed
	}
}

// leave is what a caller does whose context has ended.
func (b *Batcher[In, Out]) leave(c *call[In, Out]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c.batch != nil {
		c.batch.leave()
		return
	}
	c.left = true
	b.pending--
	<-b.room
	// What nobody waits for is not kept.
	var none In
	c.in = none
}

// poke wakes a waiting runner. The caller holds b.mu.
func (b *Batcher[In, Out]) poke() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// work runs batches until nothing is pending.
func (b *Batcher[In, Out]) work() {
	exited := true
	// After runtime.Goexit another goroutine goes on.
	defer func() {
		if exited {
			b.hand(true)
		}
	}()
	for {
		calls := b.take()
		if calls == nil {
			exited = false
			return
		}
		b.serve(calls)
		if len(calls) > 1 && b.options.MaxDelay > 0 {
			b.linger(len(calls))
		}
	}
}

// hand gives the queue to a new runner, if there is something to run.
func (b *Batcher[In, Out]) hand(always bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if always || b.pending > 0 {
		go b.work()
		return
	}
	b.rest()
}

// rest ends the running. The caller holds b.mu, and nothing is pending.
func (b *Batcher[In, Out]) rest() {
	clear(b.queue)
	b.queue = b.queue[:0]
	b.running = false
	b.idle.Broadcast()
}

// take returns the calls of the next batch, and nil if there are none: then
// the caller is no longer the runner.
func (b *Batcher[In, Out]) take() []*call[In, Out] {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pending == 0 {
		b.rest()
		return nil
	}
	calls := make([]*call[In, Out], 0, min(b.pending, b.options.MaxItems))
	batch := &running{}
	at := 0
	for ; at < len(b.queue) && len(calls) < cap(calls); at++ {
		if c := b.queue[at]; !c.left {
			c.batch = batch
			calls = append(calls, c)
			<-b.room
		}
	}
	n := copy(b.queue, b.queue[at:])
	clear(b.queue[n:])
	b.queue = b.queue[:n]
	b.pending -= len(calls)
	batch.callers = len(calls)
	return calls
}

// linger waits until as many calls are pending as the last batch had, but not
// for long.
func (b *Batcher[In, Out]) linger(last int) {
	b.mu.Lock()
	if b.done || b.pending >= min(last, b.options.MaxItems) {
		b.mu.Unlock()
		return
	}
	b.wanted = min(last, b.options.MaxItems)
	b.mu.Unlock()
	timer := time.NewTimer(b.options.MaxDelay)
	select {
	case <-b.wake:
	case <-b.closed:
	case <-timer.C:
	}
	timer.Stop()
	b.mu.Lock()
	b.wanted = 0
	select {
	case <-b.wake:
	default:
	}
	b.mu.Unlock()
}

// Close accepts no more items, waits until all that were accepted have run,
// and returns nil. Calls after it, and calls that wait for room, fail with
// [ErrClosed]. It may be called more than once.
func (b *Batcher[In, Out]) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.done {
		b.done = true
		close(b.closed)
	}
	for b.running {
		b.idle.Wait()
	}
	return nil
}
