package gangplank

import (
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"sync"
	"testing"
	"time"
)

// sequence stands in for a sequence of Rust, of numbers.
type sequence struct {
	rust   *rust
	handle uint64
	// next is the next number, limit the one behind the last.
	next, limit uint64
	// asked has the most items of each pull.
	asked []uint64
	// instead says what comes in the place of a number.
	instead map[uint64]Result
	// wait, if it is not nil, says whether a pull of a stream is pending.
	wait func(mailbox, ticket uint64) bool
}

// newSequence makes one behind a handle, whose pulls it answers from now on.
func newSequence(r *rust, limit uint64) *sequence {
	s := &sequence{rust: r, handle: r.give(), limit: limit, instead: map[uint64]Result{}}
	bridge.Pull = func(_, handle, most uint64, scratch []uint64) Result { return s.pull(handle, most, scratch) }
	bridge.Poll = func(_, handle, mailbox, ticket, most uint64, scratch []uint64) Result {
		if s.wait != nil && s.wait(mailbox, ticket) {
			return Result{Pending}
		}
		return s.pull(handle, most, scratch)
	}
	return s
}

func (s *sequence) pull(handle, most uint64, scratch []uint64) Result {
	s.asked = append(s.asked, most)
	if handle != s.handle || !s.isAlive() {
		return s.message(Rejected, AppendString(nil, "gone"), nil)
	}
	if r, ok := s.instead[s.next]; ok {
		s.next++
		return r
	}
	var items []uint64
	for len(items) < int(most) && s.next < s.limit {
		if _, ok := s.instead[s.next]; ok {
			break
		}
		items = append(items, s.next)
		s.next++
	}
	_, more := s.instead[s.next]
	b := AppendArray(AppendCount(nil, len(items)), items)
	return s.message(OK, AppendBool(b, s.next == s.limit && !more), scratch)
}

// message lies in the scratch, or in a block if it is larger than that.
func (s *sequence) message(status uint64, b []byte, scratch []uint64) Result {
	if lent := memory(scratch); len(b) <= len(lent) {
		copy(lent, b)
		return Result{status, 0, uint64(len(b)), 0}
	}
	return Result{status, s.rust.put(b), uint64(len(b)), blockWord(uint64(len(b)))}
}

func (s *sequence) isAlive() bool {
	s.rust.mu.Lock()
	defer s.rust.mu.Unlock()
	return s.rust.live[s.handle]
}

func (s *sequence) iterate() iter.Seq[uint64] {
	return Iterate(1<<20, s.handle, 8, ReadArray[uint64])
}

func (s *sequence) iterate2() iter.Seq2[uint64, error] {
	return Iterate2(1<<20, s.handle, 8, ReadArray[uint64], (*Result).Err)
}

func (s *sequence) stream(ctx context.Context) iter.Seq2[uint64, error] {
	return Stream(ctx, 1<<20, s.handle, 8, ReadArray[uint64], (*Result).Err)
}

// A loop asks for twice as many each time, and gets all.
func TestIterate(t *testing.T) {
	r := newRust(t)
	for _, n := range []uint64{0, 1, 2, 100, 1000} {
		s := newSequence(r, n)
		if got := slices.Collect(s.iterate()); !slices.Equal(got, slices.Collect(numbers(n))) {
			t.Error(n, got)
		}
		want := uint64(1)
		for i, asked := range s.asked {
			if asked != want {
				t.Error(n, i, s.asked)
			}
			want = min(2*want, batchItems)
		}
	}
	eventually(t, "what has ended is released", func() bool {
		ReleasePending()
		return r.count() == 0
	})
}

// Whoever leaves a loop has released the sequence then.
func TestLeavingALoopReleases(t *testing.T) {
	r := newRust(t)
	for last := range uint64(20) {
		s := newSequence(r, 1000)
		for v := range s.iterate() {
			if v == last {
				break
			}
		}
		if s.isAlive() {
			t.Error("alive after", last)
		}
		s = newSequence(r, 1000)
		func() {
			defer func() { _ = recover() }()
			for v := range s.iterate2() {
				if v == last {
					panic("left")
				}
			}
		}()
		if s.isAlive() {
			t.Error("alive after a panic at", last)
		}
	}
}

func TestErrorsOfItems(t *testing.T) {
	r := newRust(t)
	chain := func(err error) []byte { return appendChain(nil, err, 1, new(int), true) }
	for name, c := range map[string]struct {
		status uint64
		b      []byte
		goesOn bool
	}{
		"error":          {Failed, chain(io.EOF), true},
		"cannot cross":   {Foreign, chain(&ArgumentError{Message: "too deep"}), true},
		"panic":          {Panicked, AppendString(AppendString(nil, "broken"), ""), false},
		"refused":        {Rejected, AppendString(nil, "no such sequence"), false},
		"unavailable":    {Unavailable, AppendString(nil, "shut down"), false},
		"unknown status": {77, nil, false},
	} {
		for _, at := range []uint64{0, 1, 5, 9} {
			s := newSequence(r, 10)
			s.instead[at] = s.message(c.status, c.b, nil)
			var seen, errs uint64
			for v, err := range s.iterate2() {
				if err != nil {
					errs++
				} else if v != seen+errs {
					t.Error(name, at, v, seen, errs)
				} else {
					seen++
				}
			}
			want := at
			if c.goesOn {
				want = 9
			}
			if seen != want || errs != 1 {
				t.Error(name, at, seen, errs)
			}
			// Without errors the loop panics with it.
			s = newSequence(r, 10)
			s.instead[at] = s.message(c.status, c.b, nil)
			seen = 0
			func() {
				defer func() {
					if _, ok := recover().(error); !ok {
						t.Error(name, at, "no panic with an error")
					}
				}()
				for range s.iterate() {
					seen++
				}
			}()
			if seen != at {
				t.Error(name, at, seen)
			}
			if c.status == Foreign && s.isAlive() {
				t.Error(name, "the sequence had not ended, and was not released")
			}
		}
	}
}

func TestSequencesAreRangedOverOnce(t *testing.T) {
	r := newRust(t)
	items := newSequence(r, 5).iterate2()
	for range items {
	}
	for _, err := range items {
		if !errors.Is(err, errRangedOver) {
			t.Error(err)
		}
	}
	once := newSequence(r, 5).iterate()
	for range once {
		break
	}
	defer func() {
		if recover() != any(errRangedOver) {
			t.Error("no panic about the second loop")
		}
	}()
	for range once {
		t.Error("an item of the second loop")
	}
}

// Batches longer than the scratch come in blocks, which are given back; the next pull lends more.
func TestLongBatches(t *testing.T) {
	r := newRust(t)
	s := newSequence(r, 5000)
	seen := uint64(0)
	for v := range s.iterate() {
		if v != seen {
			t.Fatal(v, seen)
		}
		seen++
	}
	if blocks := len(returned(r.list)); seen != 5000 || blocks == 0 || blocks > 8 {
		t.Error(seen, "items and", blocks, "blocks")
	}
}

// A pull that is pending is done again when its completion comes.
func TestStreamsWait(t *testing.T) {
	e := newExecutor(t)
	r := newRust(t)
	s := newSequence(r, 20)
	pending := 0
	s.wait = func(_, ticket uint64) bool {
		if pending++; pending%3 == 0 {
			return false
		}
		go e.push(ticket, Result{OK})
		return true
	}
	seen := uint64(0)
	for v, err := range s.stream(context.Background()) {
		if err != nil || v != seen {
			t.Fatal(v, err)
		}
		seen++
	}
	if seen != 20 {
		t.Error(seen)
	}
}

// A context that ends is the last item, also while the loop waits; a completion that comes nevertheless wakes nobody.
func TestStreamsAndContexts(t *testing.T) {
	e := newExecutor(t)
	r := newRust(t)
	var late sync.WaitGroup
	for i := range 30 {
		s := newSequence(r, 1000)
		ctx, cancel := context.WithCancel(context.Background())
		s.wait = func(_, ticket uint64) bool {
			if s.next < uint64(i) {
				return false
			}
			late.Add(1)
			time.AfterFunc(time.Millisecond, cancel)
			time.AfterFunc(time.Duration(i)*100*time.Microsecond+500*time.Microsecond, func() {
				defer late.Done()
				e.push(ticket, Result{OK})
			})
			return true
		}
		var last error
		for _, err := range s.stream(ctx) {
			last = err
		}
		if last != context.Canceled || s.isAlive() {
			t.Error(i, last, s.isAlive())
		}
		cancel()
		s.wait = nil
	}
	late.Wait()
	eventually(t, "all calls are settled", func() bool { return waiting.Load() == 0 })
}
