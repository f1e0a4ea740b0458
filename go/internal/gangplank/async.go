package gangplank

import (
	"context"
	"math"
	"runtime"
	"sync"
	"time"
	"unsafe"

	"gangplank.dev/go/handle"
)

// Async calls of Rust (clause 11).
//
// Parties: the shim, on a thread of Rust, which decodes the arguments and
// queues a run; a goroutine of the pool, which runs the method; whichever of
// these goroutines crosses with the results of all that are ready; cancels,
// which come on threads of Rust; the timer of a deadline.
//
// A run belongs to the pool's queue, and then to the goroutine that took it.
// The others reach it by its handle, or are its timer, and only touch its
// context and, under the context's lock, final. What order records of a run have
// is decided under that lock too: an early one, and then the last one.

// Words of an async call's frame (clause 11.1). Arguments begin behind them.
const (
	CallWord = HandleWord + 1 + iota
	LeftWord
	AsyncWords
)

// noEnd is the time that is left where there is no deadline.
const noEnd = math.MaxInt64

// early is added to the status of a record that is not the last one.
const early = 256

// run is an async call.
type run struct {
	runContext
	call   uint64
	handle handle.Handle
	work   func(ctx context.Context, c *Call)
	next   *run // in the queue
	final  bool // its last record was made
}

// runs are all that were accepted and are not over.
var runs = sync.OnceValue(handle.NewTable[*run])

// later are the bytes of a run's result.
type later struct {
	bytes []byte
	align int
}

// carried is how long a result may be to travel with others. A longer one has a
// block of its own.
const carried = 64 << 10

// Full says that too many calls wait, and answers that. Nothing of the call has
// been taken over then.
func (c *Call) Full() bool {
	call := c.Word(CallWord)
	if call == 0 || !calls.full(call) {
		return false
	}
	c.settle(Busy, 0, 0, 0)
	return true
}

// Start runs work, which settles the call it gets: on a goroutine of the pool,
// or here, if the call does not block.
func (c *Call) Start(work func(ctx context.Context, c *Call)) {
	call, left := c.Word(CallWord), int64(c.Word(LeftWord))
	if call == 0 {
		work(atOnce(left), c)
		return
	}
	if stopping.Load() {
		c.Unavailable(shuttingDown)
		return
	}
	r := &run{call: call, work: work}
	r.handle = runs().New(r)
	h := uint64(r.handle)
	if left != noEnd {
		r.deadline = time.Now().Add(time.Duration(left))
		r.expireAfter(time.Duration(left))
	}
	calls.add(r)
	c.settle(Pending, bridge.Keeper, h, 0)
}

// Now is the context of a method that does not block, and is called at once.
func (c *Call) Now() context.Context { return atOnce(int64(c.Word(LeftWord))) }

// expireAfter ends the run when its time is over.
func (r *run) expireAfter(left time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.timer = time.AfterFunc(left, func() { r.giveUp(context.DeadlineExceeded, Foreign) })
}

// giveUp ends the context, and settles the call although its method still runs.
func (r *run) giveUp(err error, status uint64) {
	r.end(err)
	var message []byte
	if status == Foreign {
		message = AppendChain(nil, err)
	} else {
		message = AppendString(nil, shuttingDown)
	}
	r.mu.Lock()
	if r.final {
		r.mu.Unlock()
		return
	}
	results.add([recordWords]uint64{r.call, early + status, 0, uint64(len(message)), 0}, message, 1)
	r.mu.Unlock()
	results.cross()
}

// Cancel ends the contexts of n runs: Rust does not wait for them any more.
func Cancel(handles unsafe.Pointer, n int) {
	for _, h := range unsafe.Slice((*uint64)(handles), n) {
		if r, err := runs().Get(handle.Handle(h)); err == nil {
			r.end(context.Canceled)
		}
	}
}

// worker is a goroutine of the pool.
type worker struct {
	wake    chan struct{}
	frame   [HeaderWords]uint64
	scratch [64]uint64
	later   later
}

// serve runs the method of a call, and settles it. Its name ends the stacks that
// are shown.
func (w *worker) serve(r *run) {
	b := memory(w.scratch[:])
	w.frame = [HeaderWords]uint64{0, uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b)))), uint64(len(b)), 0}
	w.later = later{}
	c := Call{frame: unsafe.Pointer(&w.frame), later: &w.later}
	defer func() {
		if !c.settled {
			stack, exits := where(3)
			c.fail(recover(), exits, stack, func() {})
		}
		w.finish(r)
	}()
	r.work(r, &c)
}

// finish settles the run whose result is in the worker's frame.
func (w *worker) finish(r *run) {
	r.end(context.Canceled)
	runs().Delete(r.handle)
	r.mu.Lock()
	r.final = true
	results.add([recordWords]uint64{r.call, w.frame[WordStatus], w.frame[WordA], w.frame[WordB], w.frame[WordC]}, w.later.bytes, w.later.align)
	r.mu.Unlock()
	w.later = later{}
	results.cross()
	runtime.KeepAlive(w)
}

// StopCalls ends the contexts of all async calls of Rust, each of which fails at
// once, and refuses new ones. It waits until their methods have returned, or
// until ctx ends: then it returns its error.
func StopCalls(ctx context.Context) error {
	stopping.Store(true)
	calls.tellRefused()
	for _, r := range runs().Range {
		r.giveUp(context.Canceled, Unavailable)
	}
	for wait := time.Microsecond; runs().Len() > 0; wait = min(2*wait, time.Millisecond) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
	return nil
}
