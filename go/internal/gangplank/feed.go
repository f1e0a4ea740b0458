package gangplank

import (
	"fmt"
	"iter"
	"os"
	"runtime"
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
//   - the producer waits where the feed is full. Full is one item at first, and
//     grows by doubling, to batchItems or as many as make batchBytes;
//   - a consumer that asks for one item at a time is in lockstep: the producer
//     goes on only when the next item is wanted;
//   - a feed that Rust stops tells so to the producer, whose yield returns false
//     from then on. A feed that Rust dropped without a word is stopped by a
//     cleanup.
//
// Whoever the producer is, its end is said once: that it returned, or what it
// panicked with, or that it called Goexit. Items that are there come first.

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
	waiting, lockstep         bool
	started, stopped, isEnded bool
	end                       *ending

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

// Feed makes an iterator one that Rust can pull. add appends items.
func Feed[T any](seq iter.Seq[T], add func([]byte, []T) []byte) Server {
	run := func(yield func(T, error) bool) {
		seq(func(v T) bool { return yield(v, nil) })
	}
	return newFeed(run, add, nil)
}

// Feed2 is Feed for items that may be errors, which fail sends.
func Feed2[T any](seq iter.Seq2[T, error], add func([]byte, []T) []byte, fail func(*Call, error)) Server {
	return newFeed(seq, add, fail)
}

func newFeed[T any](run func(yield func(T, error) bool), add func([]byte, []T) []byte, fail func(*Call, error)) Server {
	f := &feed[T]{run: run, append: add, fail: fail, room: 1}
	f.filled.L, f.emptied.L = &f.lock, &f.lock
	s := &fed[T]{f}
	runtime.AddCleanup(s, (*feed[T]).stop, f)
	return s
}

// pullStride is how many words the frame of a pull has.
const pullStride = HandleWord + 2

// Serve serves a pull.
func (s *fed[T]) Serve(frame unsafe.Pointer) {
	c := CallAt(frame)
	defer func() {
		if !c.Settled() {
			c.Caught(recover(), pullStride)
		}
	}()
	s.feed.pull(&c, int(uint32(c.Word(HandleWord+1))))
}

// pull answers a pull (clause 12.3).
func (f *feed[T]) pull(c *Call, most int) {
	if most == 0 {
		f.stop()
		f.taken, f.takenErrs, f.next = nil, nil, 0
	} else if f.next == len(f.taken) {
		f.take(most)
	}
	if f.next == len(f.taken) {
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
	f.room = max(min(2*f.room, batchItems, batchBytes/size), 1)
	ended := f.isEnded && len(f.items) == 0 && f.next == len(f.taken) && f.end == nil
	f.lock.Unlock()
	c.Value(AppendBool(b, ended))
}

// take takes all items that are there, and waits for the first.
func (f *feed[T]) take(most int) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if !f.started {
		f.started = true
		go f.produce()
	}
	f.lockstep = most == 1
	clear(f.taken)
	clear(f.takenErrs)
	f.next = 0
	f.waiting = true
	f.emptied.Signal()
	for len(f.items) == 0 && !f.isEnded && !f.stopped {
		f.filled.Wait()
	}
	f.waiting = false
	f.taken, f.items = f.items, f.taken[:0]
	f.takenErrs, f.errs = f.errs, f.takenErrs[:0]
	if !f.lockstep {
		f.emptied.Signal()
	}
}

// produce runs the Go function.
func (f *feed[T]) produce() {
	returned := false
	defer func() {
		v := recover()
		f.lock.Lock()
		defer f.lock.Unlock()
		f.isEnded = true
		if !returned && f.stopped {
			fmt.Fprintf(os.Stderr, "gangplank: an iterator that Rust had dropped ended in a panic or in runtime.Goexit: %v\n", v)
		} else if !returned {
			stack, exits := where(4)
			f.end = &ending{v, exits, stack}
		}
		f.filled.Signal()
	}()
	f.run(f.put)
	returned = true
}

// put is the producer's yield.
func (f *feed[T]) put(v T, err error) bool {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.stopped {
		return false
	}
	f.items = append(f.items, v)
	if err != nil || len(f.errs) > 0 {
		for len(f.errs) < len(f.items)-1 {
			f.errs = append(f.errs, nil)
		}
		f.errs = append(f.errs, err)
	}
	if f.waiting && len(f.items) == 1 {
		f.filled.Signal()
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
	f.stopped, f.end = true, nil
	clear(f.items)
	f.items, f.errs = nil, nil
	f.filled.Signal()
	f.emptied.Signal()
}
