package gangplank

import (
	"context"
	"math"
	"runtime"
	"time"
	"unsafe"
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
	call uint64
	// work runs the method; nil if the call was posted, and lies at post.
	work  func(ctx context.Context, c *Call)
	post  uint64
	next  *run // in the queue
	other *run // in the registry
	early bool // a record was made that is not the last one
	final bool // its last record was made
}

// later is what a call has that is a run: the bytes of its result, and, while
// its arguments are in a posted block, what it needs to leave that.
type later struct {
	bytes  []byte
	align  int
	worker *worker
	posted *run
	// block is the posted block, once the arguments were read, if it was kept.
	block uint64
}

// carried is how long a result may be to travel with others. A longer one has a
// block of its own.
const carried = 64 << 10

// Full says that too many calls wait, and answers that. Nothing of the call has
// been taken over then.
func (c *Call) Full() bool {
	call := c.Word(CallWord)
	if c.later != nil || call == 0 || !calls.full(call) {
		return false
	}
	c.settle(Busy, 0, 0, 0)
	return true
}

// Start runs work, which settles the call it gets: on a goroutine of the pool,
// or here, if the call does not block.
func (c *Call) Start(work func(ctx context.Context, c *Call)) { c.StartAs(0, work) }

// StartAs is Start for a method that may be posted, under this number.
func (c *Call) StartAs(number uint64, work func(ctx context.Context, c *Call)) {
	call, left := c.Word(CallWord), int64(c.Word(LeftWord))
	switch {
	case call == 0:
		work(atOnce(left), c)
	case stopping.Load():
		c.Unavailable(shuttingDown)
	case c.later != nil:
		r := c.later.posted
		c.leavePost()
		work(r, c)
	default:
		r := &run{call: call, work: work}
		r.endIn(left)
		calls.add(r)
		c.settle(Pending, bridge.Keeper, number, 0)
	}
}

// Now is the context of a method that does not block, and is called at once.
func (c *Call) Now() context.Context { return atOnce(int64(c.Word(LeftWord))) }

// endIn ends the run when its time is over.
func (r *run) endIn(left int64) {
	if left == noEnd {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.deadline = time.Now().Add(time.Duration(left))
	r.timer = time.AfterFunc(time.Duration(left), func() { r.giveUp(context.DeadlineExceeded, Foreign) })
}

// giveUp settles the call although its method still runs, and ends the context.
// In this order: a method that looks at its context must not answer first.
func (r *run) giveUp(err error, status uint64) {
	r.mu.Lock()
	if r.final {
		r.mu.Unlock()
		return
	}
	var message []byte
	if status == Foreign {
		message = AppendChain(nil, err)
	} else {
		message = AppendString(nil, shuttingDown)
	}
	r.early = true
	results.add([recordWords]uint64{r.call, early + status, 0, uint64(len(message)), 0}, message, 1)
	after := r.ended(err)
	r.mu.Unlock()
	for f := range after {
		go (*f)()
	}
	results.cross()
}

// Cancel ends the contexts of n calls: Rust does not wait for them any more.
func Cancel(words unsafe.Pointer, n int) {
	for _, call := range unsafe.Slice((*uint64)(words), n) {
		if r := calls.find(call); r != nil {
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
	call    Call          // what it serves
	run     *run          // the same, or what it has served
	serving bool          // for the pool
	clock   time.Duration // when it began to serve what was not measured yet
	kept    int           // results that the runner has not crossed with
	// unclocked calls were served since then; stride is how many are measured at once.
	unclocked, stride int
}

// lend makes the worker's own frame the place of a call's result.
func (w *worker) lend(c *Call) {
	b := memory(w.scratch[:])
	w.frame = [HeaderWords]uint64{0, uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b)))), uint64(len(b)), 0}
	c.frame = unsafe.Pointer(&w.frame)
}

// serve runs the method of a call, and settles it. Its name ends the stacks that
// are shown.
func (w *worker) serve(r *run) {
	w.later = later{worker: w}
	w.call = Call{later: &w.later}
	c := &w.call
	defer func() {
		if !c.settled {
			stack, exits := where(3)
			c.fail(recover(), exits, stack, func() {})
		}
		w.finish(r, c)
	}()
	if r.post != 0 {
		w.later.posted = r
		servePost(c, r)
		return
	}
	w.lend(c)
	r.work(r, c)
}

// finish makes the record of a run that is settled.
func (w *worker) finish(r *run, c *Call) {
	c.leavePost()
	record := [recordWords]uint64{r.call, c.Word(WordStatus), c.Word(WordA), c.Word(WordB), c.Word(WordC)}
	r.mu.Lock()
	after := r.ended(context.Canceled)
	r.final = true
	if !w.later.file(&record, r.early) {
		results.add(record, w.later.bytes, w.later.align)
	}
	r.mu.Unlock()
	for f := range after {
		go (*f)()
	}
	w.later = later{}
	runtime.KeepAlive(w)
}

// ShutdownCalls ends the contexts of all async calls of Rust, each of which fails at
// once, and refuses new ones. It stops the sequences that Rust pulls. It waits until
// the methods have returned, or until ctx ends: then it returns its error.
func ShutdownCalls(ctx context.Context) error {
	stopping.Store(true)
	shutFeeds()
	calls.tellRefused()
	for _, r := range calls.all() {
		r.giveUp(context.Canceled, Unavailable)
	}
	for wait := time.Microsecond; len(calls.all()) > 0; wait = min(2*wait, time.Millisecond) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
	return nil
}
