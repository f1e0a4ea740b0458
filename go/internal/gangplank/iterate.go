package gangplank

import (
	"context"
	"iter"
	"sync/atomic"
)

// Iterators of Rust as Go ranges over them (clause 12).
//
// The value stays in Rust. A loop pulls it: one crossing brings a batch. The
// first has one item, and each that was full doubles what the next asks for;
// Rust sends less than that if its items come slowly or are large. So the first
// item waits for no other, and many small ones share a crossing.
//
// A sequence belongs to the loop that ranges over it. When the loop is left, by
// whatever way, and the sequence has not ended, its handle is released at once,
// which drops the iterator. What nobody ranges over is released as any value of
// Rust is.

const (
	// batchItems is the most items that a pull asks for.
	batchItems = 256
	// batchBytes is how many bytes a batch has, without its last item.
	batchBytes = 64 << 10
	// usualScratch is how many words a pull lends at first, and mostScratch at last.
	usualScratch = 32
	mostScratch  = batchBytes / wordSize
)

// source is a sequence of Rust.
type source[T any] struct {
	object *Object
	// least is the fewest bytes that an item takes.
	least int
	read  func(*Reader, []T)
	used  atomic.Bool

	// What follows belongs to the loop.
	scratch []uint64
	items   []T
	ended   bool
}

func hold[T any](keeper, handle uint64, least int, read func(*Reader, []T)) *source[T] {
	return &source[T]{object: HoldFunction(keeper, handle), least: least, read: read}
}

// Iterate is an iterator that Rust gave. Its items take least bytes or more,
// and read reads them. It panics with what is no item.
func Iterate[T any](keeper, handle uint64, least int, read func(*Reader, []T)) iter.Seq[T] {
	s := hold(keeper, handle, least, read)
	return func(yield func(T) bool) {
		if s.used.Swap(true) {
			panic(errRangedOver)
		}
		defer s.leave()
		for most := 1; !s.ended; most = s.more() {
			if r := s.pull(most); r[WordStatus] != OK {
				// Behind an item that cannot cross there may be others.
				s.ended = r[WordStatus] != Foreign
				r.Throw(s.scratch)
			}
			for _, v := range s.items {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// Iterate2 is Iterate for items that may be errors, which fail reads.
func Iterate2[T any](keeper, handle uint64, least int, read func(*Reader, []T), fail func(*Result, []uint64) error) iter.Seq2[T, error] {
	s := hold(keeper, handle, least, read)
	return s.each(func(most int) (Result, error) { return s.pull(most), nil }, fail)
}

// Stream is a stream that Rust gave, for a context. It waits for items without a
// thread, and ends with the context's error when that ends.
func Stream[T any](ctx context.Context, keeper, handle uint64, least int, read func(*Reader, []T), fail func(*Result, []uint64) error) iter.Seq2[T, error] {
	s := hold(keeper, handle, least, read)
	return s.each(func(most int) (Result, error) { return s.poll(ctx, most) }, fail)
}

// each is the loop over items that may be errors.
func (s *source[T]) each(pull func(most int) (Result, error), fail func(*Result, []uint64) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if s.used.Swap(true) {
			yield(none, errRangedOver)
			return
		}
		defer s.leave()
		for most := 1; !s.ended; most = s.more() {
			r, err := pull(most)
			if err != nil {
				yield(none, err)
				return
			}
			if r[WordStatus] != OK {
				// All but errors of items end it.
				s.ended = r[WordStatus] != Failed && r[WordStatus] != Foreign
				if !yield(none, fail(&r, s.scratch)) {
					return
				}
				continue
			}
			for _, v := range s.items {
				if !yield(v, nil) {
					return
				}
			}
		}
	}
}

// errRangedOver is about the second loop over a sequence.
var errRangedOver = &ArgumentError{Message: "this iterator was ranged over before, and its items are gone: call the function that returned it again"}

// pull takes the next batch.
func (s *source[T]) pull(most int) Result {
	s.ready()
	r := bridge.Pull(s.object.keeper.find().address, s.object.Handle(), uint64(most), s.scratch)
	if r[WordStatus] == OK {
		s.take(&r)
	}
	return r
}

// poll takes the next batch of a stream, and waits for its first item. A pull
// that is pending was lent to native code for nothing: it is told when to try
// again (clause 12.6).
func (s *source[T]) poll(ctx context.Context, most int) (Result, error) {
	s.ready()
	for {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		w := Begin()
		r := bridge.Poll(s.object.keeper.find().address, s.object.Handle(), w.Mailbox(), w.Ticket(), uint64(most), s.scratch)
		pending := r[WordStatus] == Pending
		if err := w.Await(ctx, &r, nil); err != nil {
			return r, err
		}
		if pending {
			continue
		}
		if r[WordStatus] == OK {
			s.take(&r)
		}
		return r, nil
	}
}

// ready forgets the last batch.
func (s *source[T]) ready() {
	clear(s.items)
	s.items = s.items[:0]
	if s.scratch == nil {
		s.scratch = make([]uint64, usualScratch)
	}
}

// take reads a batch.
func (s *source[T]) take(r *Result) {
	m := Reader{Message: r.Message(s.scratch)}
	n := m.Count(s.least)
	if n > cap(s.items) {
		s.items = make([]T, n, max(n, min(2*n, batchItems)))
	}
	s.items = s.items[:n]
	s.read(&m, s.items)
	s.ended = m.Bool()
	size := len(m.Message) / wordSize
	if err := r.Close(&m); err != nil {
		s.ended = true
		panic(err)
	}
	if r[WordC] != 0 {
		// The next one is at most twice as large.
		s.scratch = make([]uint64, min(2*size+usualScratch, mostScratch))
	}
}

// more is how many items to ask for next.
func (s *source[T]) more() int { return min(max(2*len(s.items), 1), batchItems) }

// leave lets go of the sequence: what has ended holds nothing any more, and
// can wait for others to be released.
func (s *source[T]) leave() {
	k := s.object.keeper.find()
	h := s.object.End()
	s.items, s.scratch = nil, nil
	if s.ended {
		k.add(h)
		return
	}
	k.cross([]uint64{h})
}
