package gangplank

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"sync"
	"testing"
	"unsafe"
)

// serveFunc is a function value, as generated packages have them.
type serveFunc func(uint64) uint64

func (f serveFunc) Serve(frame unsafe.Pointer) {
	c := CallAt(frame)
	defer func() {
		if !c.Settled() {
			c.Caught(recover(), HeaderWords+2)
		}
	}()
	c.Scalar(f(c.Word(HandleWord + 1)))
}

func TestFunctionValues(t *testing.T) {
	newRust(t)
	h := Keep(serveFunc(func(n uint64) uint64 { return n + 1 }))
	f := newFrames(1, 100, h, 41)
	Dispatch(f.address())
	if f.status(0) != OK || f.words[WordA] != 42 {
		t.Errorf("status %d, result %d", f.status(0), f.words[WordA])
	}
	panics := Keep(serveFunc(func(n uint64) uint64 { panic("oh") }))
	f = newFrames(1, 1000, panics, 1)
	if Dispatch(f.address()); f.status(0) != Panicked || f.reader(0).String() != "oh" {
		t.Errorf("a panic has status %d", f.status(0))
	}
	Forget(h)
	for name, handle := range map[string]uint64{"stale": h, "zero": 0, "forged": 1 << 63, "no function": kept.Keep("text")} {
		f = newFrames(1, 200, handle, 1)
		if Dispatch(f.address()); f.status(0) != Rejected {
			t.Errorf("a %s handle has status %d", name, f.status(0))
		}
	}
	if kept.KeepSome(nil) != 0 || kept.KeepSome(5) == 0 {
		t.Error("nil has a handle, or 5 has none")
	}
}

func TestReleasedValuesAreDeletedBeforeTheNextIsFiled(t *testing.T) {
	r := newRust(t)
	var blocks int
	for range 100 {
		for range 10 {
			r.drop(kept.Keep("value"), 0)
		}
		kept.Keep("another")
		if n := countValues(); n > 110 {
			t.Fatalf("%d values are kept", n)
		}
		blocks += len(returned(r.list))
	}
	drain()
	if blocks += len(returned(r.list)); blocks != 1000 {
		t.Errorf("%d of 1000 blocks were given back", blocks)
	}
	if n := countValues(); n != 100 {
		t.Errorf("%d values are kept, not 100", n)
	}
	// What is no live handle is passed over.
	r.drop(12345, 0)
	drain()
}

func TestCallsDrainTheReleaseList(t *testing.T) {
	r := newRust(t)
	h, s := Keep(serveFunc(func(n uint64) uint64 { return n })), kept.Keep("stays")
	r.drop(kept.Keep("released"), 0)
	Dispatch(newFrames(1, 100, h, 1).address())
	if n := countValues(); n != 2 {
		t.Errorf("%d values are kept after a call of a function", n)
	}
	r.drop(h, 0)
	if kept.Find(s) != "stays" || countValues() != 1 {
		t.Errorf("%d values are kept after a call of an implementation", countValues())
	}
}

func TestACollectionDrainsTheReleaseList(t *testing.T) {
	r := newRust(t)
	freed := make(chan bool, 1)
	func() {
		v := new([1 << 16]byte)
		runtime.AddCleanup(v, func(struct{}) { freed <- true }, struct{}{})
		r.drop(kept.Keep(v), 0)
	}()
	eventually(t, "the value is collected", func() bool {
		runtime.GC()
		select {
		case <-freed:
			return true
		default:
			return false
		}
	})
	if countValues() != 0 {
		t.Error("the handle is still there")
	}
}

func TestSentValuesLiveUntilTheyArrive(t *testing.T) {
	r := newRust(t)
	keeper := KeeperAddress()
	value := any(&struct{ int }{5})
	arrives := func(h uint64) {
		t.Helper()
		m := Reader{Message: AppendPair(nil, h)}
		if got := kept.ReadArrived(&m); got != value || !m.End() {
			t.Errorf("another value arrived: %v", got)
		}
	}
	for name, c := range map[string]struct{ before, after int }{
		"all before": {3, 0}, "all after": {0, 3}, "some after": {2, 1}, "never sent": {0, 0},
	} {
		h := kept.Keep(value)
		for range c.before {
			arrives(h)
		}
		r.drop(h, uint64(c.before+c.after))
		drain()
		for range c.after {
			arrives(h)
		}
		if n := countValues(); n != 0 || len(receipts.open) != 0 {
			t.Errorf("%s: %d values, %d receipts", name, n, len(receipts.open))
		}
	}
	h := kept.Keep(value)
	if kept.Arrived(keeper, h) != value {
		t.Error("another value arrived")
	}
	for name, read := range map[string]func(m *Reader) bool{
		"another type": func(m *Reader) bool {
			m.Message = AppendPair(nil, Keep(serveFunc(nil)))
			return kept.ReadArrived(m) == nil
		},
		"another package": func(m *Reader) bool {
			m.Message = AppendUint64(AppendUint64(nil, keeper+8), h)
			return kept.ReadArrived(m) == nil
		},
		"no handle": func(m *Reader) bool { m.Message = AppendPair(nil, 0); return kept.ReadArrived(m) == nil },
		"no keeper": func(m *Reader) bool {
			m.Message = AppendUint64(AppendUint64(nil, 0), h)
			return kept.ReadArrived(m) == nil
		},
		"no object": func(m *Reader) bool { m.Message = AppendUint64(nil, 0); return m.Handle() == 0 },
	} {
		var m Reader
		if !read(&m) || m.End() {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestAnotherPackageSaysWhatArrived(t *testing.T) {
	r := newRust(t)
	h := kept.Keep("value")
	r.drop(h, 2)
	drain()
	words := []uint64{2, h, h}
	if countValues() != 1 {
		t.Error("deleted on its way")
	}
	Arrived(unsafe.Pointer(&words[0]))
	if countValues() != 0 {
		t.Error("not deleted")
	}
	// And the other way round: what is of another keeper is reported to it.
	r.mu.Lock()
	r.live[77] = true
	r.mu.Unlock()
	if v, ok := arrived(givenErrs, 1, 77); ok {
		t.Error(v)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.live[77] || r.crossings != 1 {
		t.Error("not reported")
	}
}

func TestReceiptsUnderLoad(t *testing.T) {
	r := newRust(t)
	keeper := KeeperAddress()
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range 2000 {
				h := kept.Keep(i)
				sent := i % 4
				ready := make(chan bool)
				go func() {
					for range sent {
						if kept.Arrived(keeper, h) != i {
							t.Error("another value arrived")
						}
					}
					close(ready)
				}()
				r.drop(h, uint64(sent))
				<-ready
			}
		}()
	}
	all.Wait()
	drain()
	if n := countValues(); n != 0 || len(receipts.open) != 0 {
		t.Errorf("%d values, %d receipts", n, len(receipts.open))
	}
}

func TestImplementations(t *testing.T) {
	newRust(t)
	var slot Slot[fmt.Stringer]
	registered, given := named{1, 2}, named{3, 4}
	if slot.Find(0) != nil {
		t.Error("found what is not registered")
	}
	slot.Store(registered)
	h := slot.Keep(given)
	if slot.Find(0) != registered || slot.Find(h) != given || slot.Find(kept.Keep("no Stringer")) != nil {
		t.Error("found another implementation")
	}
	slot.Forget(h)
	if slot.Find(h) != nil {
		t.Error("found what is gone")
	}
	f := newFrames(1, 200, h)
	f.serve(func(c *Call) { c.Missing("p", "Stringer") })
	if f.status(0) != Rejected {
		t.Errorf("status %d", f.status(0))
	}
	f = newFrames(1, 0, 0)
	f.serve(func(c *Call) { c.Pair(h) })
	if f.status(0) != OK || f.words[WordA] != KeeperAddress() || f.words[WordB] != h || f.words[WordC] != 0 {
		t.Errorf("a pair as a result is %v", f.words)
	}
	f = newFrames(1, 200, 0)
	f.serve(func(c *Call) { c.Pair(0) })
	if f.status(0) != Rejected {
		t.Errorf("nil has status %d", f.status(0))
	}
}

type named struct{ x, y int32 }

func (p named) String() string { return fmt.Sprint(p.x, p.y) }

func TestErrorsComeBackAsTheyWent(t *testing.T) {
	r := newRust(t)
	own := errors.New("own")
	path := &fs.PathError{Op: "open", Path: "p", Err: own}
	back := func(message []byte) error {
		m := Reader{Message: message}
		err := m.Chain()
		if !m.End() {
			t.Error("not at the end")
		}
		return err
	}
	for name, err := range map[string]error{"sentinel": own, "wrapped": fmt.Errorf("w: %w", own), "struct": path, "joined": errors.Join(own, path)} {
		if got := back(AppendChain(nil, err)); got != err {
			t.Errorf("%s: %v came back", name, got)
		}
	}
	// A Rust error around it: the cause is the same error.
	message := appendLink(nil, "outer", "Outer", "", kindError, nil, 1)
	message = AppendChain(message, path)
	var as *fs.PathError
	if err := back(message); !errors.Is(err, own) || !errors.As(err, &as) || as != path {
		t.Errorf("%#v", err)
	}
	// And that again to Rust and back: the Rust error has no value of its own in Go.
	outer := back(message)
	before := countValues()
	if err := back(AppendChain(nil, outer)); !errors.Is(err, own) || countValues() != before+1 {
		t.Errorf("%#v, %d values more", err, countValues()-before)
	}
	before = countValues()
	for _, err := range []error{&PanicError{}, &GoexitError{}, &ArgumentError{}, &UnavailableError{}, &ForeignError{}} {
		AppendChain(nil, err)
	}
	if countValues() != before {
		t.Error("errors of Rust are kept")
	}
	// Another package's error, and one that is gone, are described.
	var foreign *ForeignError
	other := AppendUint64(AppendUint64(append(AppendString(AppendString(AppendString(nil, "text"), "T"), ""), kindError|kindPair), 8), 8)
	if err := back(AppendUint32(other, 0)); !errors.As(err, &foreign) || foreign.Message != "text" {
		t.Errorf("%#v", err)
	}
	message = AppendChain(nil, own)
	for h := range givenErrs.Range {
		r.drop(uint64(h), 0)
	}
	drain()
	if err := back(message); !errors.As(err, &foreign) || foreign.Message != "own" {
		t.Errorf("%#v", err)
	}
}
