package gangplank

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"
)

// Iterators of Go as Rust pulls them (clause 12).
//
// Rust may pull from any of its threads, and a Go coroutine is bound to one. So
// the Go function runs on a goroutine of its own, the producer, from the first
// pull on. It puts items into a feed, and Rust's pulls, the consumer, take out
// what is there. Both meet under the feed's lock:
//
//   - the consumer takes all that is there, at once, and waits only where there
//     is nothing;
//   - the producer waits where the feed is full. Full are feedItems, or as many as
//     make batchBytes; and few items as long as nobody knows how large they are.
//     To wait for the other side costs two wake-ups of threads, so a short sequence
//     should not have to do it for each doubling of what there is room for;
//   - a consumer that asks for one item at a time is in lockstep: the producer
//     goes on only when the next item is wanted;
//   - a consumer that is a stream does not wait: it leaves the number of its call,
//     and the producer wakes it with a record (clause 11.4), once, when there is
//     an item or the end;
//   - a feed that Rust stops tells so to the producer, whose yield returns false
//     from then on. A feed that Rust dropped without a word is stopped by a
//     cleanup. A ChanSeq, which waits for a channel and not for yield, is told by
//     a channel of its feed's, which it finds by its goroutine;
//   - a shutdown stops all feeds, and their next pull is told so.
//
// Whoever the producer is, its end is said once: that it returned, or what it
// panicked with, or that it called Goexit. Items that are there come first.

// feedItems is the most items that a feed holds. It is more than what a loop of
// Go asks for at once: while one side is woken the other one has something to do.
const feedItems = 1024

// firstItems is how many items it holds before the size of any is known.
const firstItems = 16

// feed is an iterator of Go.
type feed[T any] struct {
	run    func(yield func(T, error) bool)
	append func([]byte, []T) []byte
	fail   func(*Call, error)

	lock sync.Mutex
	// filled wakes the consumer, emptied the producer.
	filled, emptied sync.Cond
	// items are made and not yet taken; errs are theirs, or empty if none has one.
	items []T
	errs  []error
	room  int
	// The consumer waits; and it wants one item at a time.
	waiting, lockstep bool
	// caller is the call of a stream to be woken, or 0.
	caller                    uint64
	started, stopped, isEnded bool
	// shut is what the next pull is told: that there was a shutdown.
	shut bool
	end  *ending
	// left is closed when the feed is stopped.
	left chan struct{}

	// What follows belongs to the consumer: what it took and did not yet send,
	// from next on.
	taken     []T
	takenErrs []error
	next      int
}

// ending is what a producer ended in, if it did not return.
type ending struct {
	value any
	exits bool
	stack string
}

// fed is a feed that Rust holds. It leads to the feed, and nothing leads back:
// when Rust is done with it, a cleanup stops the feed.
type fed[T any] struct{ feed *feed[T] }

// stream is a feed that Rust holds as a stream.
type stream[T any] struct{ fed[T] }

// Feed makes an iterator one that Rust can pull. add appends items.
func Feed[T any](seq iter.Seq[T], add func([]byte, []T) []byte) Server {
	s := &fed[T]{newFeed(single(seq), add, nil)}
	runtime.AddCleanup(s, (*feed[T]).stop, s.feed)
	return s
}

// Feed2 is Feed for items that may be errors, which fail sends.
func Feed2[T any](seq iter.Seq2[T, error], add func([]byte, []T) []byte, fail func(*Call, error)) Server {
	s := &fed[T]{newFeed(seq, add, fail)}
	runtime.AddCleanup(s, (*feed[T]).stop, s.feed)
	return s
}

// FeedStream is Feed for a stream.
func FeedStream[T any](seq iter.Seq[T], add func([]byte, []T) []byte) Server {
	s := &stream[T]{fed[T]{newFeed(single(seq), add, nil)}}
	runtime.AddCleanup(s, (*feed[T]).stop, s.feed)
	return s
}

// FeedStream2 is Feed2 for a stream.
func FeedStream2[T any](seq iter.Seq2[T, error], add func([]byte, []T) []byte, fail func(*Call, error)) Server {
	s := &stream[T]{fed[T]{newFeed(seq, add, fail)}}
	runtime.AddCleanup(s, (*feed[T]).stop, s.feed)
	return s
}

func single[T any](seq iter.Seq[T]) func(yield func(T, error) bool) {
	return func(yield func(T, error) bool) {
		seq(func(v T) bool { return yield(v, nil) })
	}
}

func newFeed[T any](run func(yield func(T, error) bool), add func([]byte, []T) []byte, fail func(*Call, error)) *feed[T] {
	f := &feed[T]{run: run, append: add, fail: fail, room: firstRoom[T](), left: make(chan struct{})}
	f.filled.L, f.emptied.L = &f.lock, &f.lock
	return f
}

// firstRoom is how many items a feed has room for at first.
func firstRoom[T any]() int {
	switch any(*new(T)).(type) {
	case bool, int8, int16, int32, int64, int, uint8, uint16, uint32, uint64, uint, float32, float64:
		return feedItems
	}
	return firstItems
}

// Serve serves a pull: of an iterator, whose only argument is behind the handle.
func (s *fed[T]) Serve(frame unsafe.Pointer) {
	servePull(s.feed, frame, HandleWord+1, 0)
}

// Serve serves a pull of a stream, which is an async call (clause 12.5).
func (s *stream[T]) Serve(frame unsafe.Pointer) {
	c := CallAt(frame)
	servePull(s.feed, frame, AsyncWords, c.Word(CallWord))
}

// servePull serves a pull whose argument is in that word.
func servePull[T any](f *feed[T], frame unsafe.Pointer, word int, caller uint64) {
	c := CallAt(frame)
	defer func() {
		if !c.Settled() {
			c.Caught(recover(), word+1)
		}
	}()
	f.pull(&c, int(uint32(c.Word(word))), caller)
}

// pull answers a pull (clause 12.3). It waits for items, or lets caller be woken.
func (f *feed[T]) pull(c *Call, most int, caller uint64) {
	if most != 0 && f.isShut() {
		f.taken, f.takenErrs, f.next = nil, nil, 0
		c.Unavailable(shuttingDown)
		return
	}
	if most == 0 {
		f.stop()
		f.taken, f.takenErrs, f.next = nil, nil, 0
	} else if f.next == len(f.taken) && !f.take(most, caller) {
		c.settle(Busy, 0, 0, 0)
		return
	}
	if f.next == len(f.taken) {
		if f.isShut() {
			// It was what ended the wait.
			c.Unavailable(shuttingDown)
			return
		}
		if f.end != nil {
			e := f.end
			f.end = nil
			c.fail(e.value, e.exits, e.stack, func() {})
			return
		}
		c.Value(AppendBool(AppendCount(c.Lent(), 0), true))
		return
	}
	if f.errAt(f.next) != nil {
		err := f.takenErrs[f.next]
		f.next++
		f.fail(c, err)
		return
	}
	f.send(c, most)
}

// errAt is the error of an item that was taken.
func (f *feed[T]) errAt(i int) error {
	if i < len(f.takenErrs) {
		return f.takenErrs[i]
	}
	return nil
}

// send sends items up to the next error, as many as were asked for or make
// batchBytes.
func (f *feed[T]) send(c *Call, most int) {
	last := min(len(f.taken), f.next+most)
	for i := f.next; i < min(last, len(f.takenErrs)); i++ {
		if f.takenErrs[i] != nil {
			last = i
		}
	}
	first := f.next
	b := AppendCount(c.Lent(), 0)
	for step := 1; f.next < last && len(b) < batchBytes; step *= 2 {
		end := min(f.next+step, last)
		b = f.append(b, f.taken[f.next:end])
		f.next = end
	}
	n := f.next - first
	AppendUint64(b[:0], uint64(n))
	f.lock.Lock()
	size := max(len(b)/n, 1)
	f.room = max(min(feedItems, batchBytes/size), 1)
	ended := f.isEnded && len(f.items) == 0 && f.next == len(f.taken) && f.end == nil
	f.lock.Unlock()
	c.Value(AppendBool(b, ended))
}

// take takes all items that are there. If there are none it waits for the first;
// or, if a caller can be woken, it says so.
func (f *feed[T]) take(most int, caller uint64) bool {
	f.lock.Lock()
	defer f.lock.Unlock()
	if !f.started {
		f.started = true
		go f.produce()
	}
	f.lockstep = most == 1
	clear(f.taken)
	clear(f.takenErrs)
	f.taken, f.takenErrs, f.next = f.taken[:0], f.takenErrs[:0], 0
	f.waiting = true
	f.emptied.Signal()
	if caller != 0 && len(f.items) == 0 && !f.isEnded && !f.stopped {
		f.caller = caller
		return false
	}
	for len(f.items) == 0 && !f.isEnded && !f.stopped {
		f.filled.Wait()
	}
	f.waiting = false
	f.taken, f.items = f.items, f.taken
	f.takenErrs, f.errs = f.errs, f.takenErrs
	if !f.lockstep {
		f.emptied.Signal()
	}
	return true
}

// wake wakes the consumer, for a holder of the lock, which it lets go meanwhile.
func (f *feed[T]) wake() {
	f.filled.Signal()
	if f.caller == 0 {
		return
	}
	record := [recordWords]uint64{f.caller, Busy}
	f.caller = 0
	f.lock.Unlock()
	defer f.lock.Lock()
	results.add(record, nil, 1)
	results.cross()
}

// feeds are those whose producers run.
var feeds = struct {
	sync.Mutex
	running map[interface{ shutDown() }]struct{}
	// left is that of each, by the number of its goroutine.
	left map[uint64]chan struct{}
}{running: map[interface{ shutDown() }]struct{}{}, left: map[uint64]chan struct{}{}}

// goroutine is the number of this goroutine, which begins the text of its stack;
// 0 if it does not.
func goroutine() uint64 {
	var b [48]byte
	text, _ := strings.CutPrefix(string(b[:runtime.Stack(b[:], false)]), "goroutine ")
	text, _, _ = strings.Cut(text, " ")
	n, _ := strconv.ParseUint(text, 10, 64)
	return n
}

// shutFeeds stops all feeds. Those that begin later are stopped by their first
// pull.
func shutFeeds() {
	feeds.Lock()
	all := slices.Collect(maps.Keys(feeds.running))
	feeds.Unlock()
	for _, f := range all {
		f.shutDown()
	}
}

func (f *feed[T]) shutDown() {
	f.lock.Lock()
	goesOn := !f.stopped && !f.isEnded
	f.shut = f.shut || goesOn
	f.lock.Unlock()
	if goesOn {
		f.stop()
	}
}

// isShut says, once, that a shutdown stopped the feed.
func (f *feed[T]) isShut() bool {
	if !stopping.Load() {
		return false
	}
	f.shutDown()
	f.lock.Lock()
	defer f.lock.Unlock()
	shut := f.shut
	f.shut = false
	return shut
}

// produce runs the Go function.
func (f *feed[T]) produce() {
	id := goroutine()
	feeds.Lock()
	feeds.running[f] = struct{}{}
	if id != 0 {
		feeds.left[id] = f.left
	}
	feeds.Unlock()
	returned := false
	defer func() {
		v := recover()
		feeds.Lock()
		delete(feeds.running, f)
		delete(feeds.left, id)
		feeds.Unlock()
		f.lock.Lock()
		defer f.lock.Unlock()
		f.isEnded = true
		if !returned && f.stopped {
			fmt.Fprintf(os.Stderr, "gangplank: an iterator that Rust had dropped ended in a panic or in runtime.Goexit: %v\n", v)
		} else if !returned {
			stack, exits := where(4)
			f.end = &ending{v, exits, stack}
		}
		f.wake()
	}()
	f.run(f.put)
	returned = true
}

// put is the producer's yield.
func (f *feed[T]) put(v T, err error) bool {
	f.lock.Lock()
	if f.stopped {
		f.lock.Unlock()
		return false
	}
	f.items = append(f.items, v)
	if err != nil || len(f.errs) > 0 {
		f.putErr(err)
	}
	if len(f.items) > 1 && len(f.items) < f.room && !f.lockstep {
		f.lock.Unlock()
		return true
	}
	return f.hand()
}

func (f *feed[T]) putErr(err error) {
	for len(f.errs) < len(f.items)-1 {
		f.errs = append(f.errs, nil)
	}
	f.errs = append(f.errs, err)
}

// hand wakes the consumer for the first item, and waits while the feed is full.
// It lets the lock go.
func (f *feed[T]) hand() bool {
	defer f.lock.Unlock()
	if f.waiting && len(f.items) == 1 {
		f.wake()
	}
	for f.isFull() {
		f.emptied.Wait()
	}
	return !f.stopped
}

// isFull says whether the producer has to wait. In lockstep it goes on when the
// last item is gone and the next one is wanted.
func (f *feed[T]) isFull() bool {
	if f.stopped {
		return false
	}
	if f.lockstep {
		return len(f.items) > 0 || !f.waiting
	}
	return len(f.items) >= f.room
}

// stop ends the producer at its next item. Items that nobody took are dropped.
func (f *feed[T]) stop() {
	f.lock.Lock()
	defer f.lock.Unlock()
	if !f.stopped {
		close(f.left)
	}
	f.stopped, f.end = true, nil
	clear(f.items)
	f.items, f.errs = nil, nil
	f.emptied.Signal()
	f.wake()
}

// ChanSeq ranges over what comes out of a channel, until it is closed or ctx
// ends. It is for channels that Rust is to pull: when Rust drops the sequence, it
// ends at once, also while it waits for the channel. That holds for any use of it on
// the goroutine that runs the sequence, as in a loop of another sequence.
func ChanSeq[T any](ctx context.Context, ch <-chan T) iter.Seq[T] {
	return func(yield func(T) bool) {
		// Nil where no feed runs it.
		feeds.Lock()
		left := feeds.left[goroutine()]
		feeds.Unlock()
		for {
			select {
			case v, ok := <-ch:
				if !ok || !yield(v) {
					return
				}
			case <-ctx.Done():
				return
			case <-left:
				return
			}
		}
	}
}
