package gangplank

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// wrapper is what a generated package has for a type of object.
type wrapper struct{ object Object }

func (w *wrapper) close(r *rust) {
	if h := w.object.End(); h != 0 {
		r.release(0, &[]uint64{1, h}[0])
	}
}

func open(r *rust, k *Keeper) *wrapper {
	w := new(wrapper)
	w.object.Open(k, r.give())
	return w
}

func TestCloseEndsAHandleOnce(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	w := open(r, k)
	w.close(r)
	w.close(r)
	if r.count() != 0 || r.stale != 0 || w.object.Handle() != 0 {
		t.Errorf("%d live, %d stale", r.count(), r.stale)
	}
	for status, closed := range map[uint64]bool{OK: true, Failed: true, Panicked: true, Rejected: false, Unavailable: false} {
		w := open(r, k)
		if w.object.Consumed(status); (w.object.Handle() == 0) != closed {
			t.Errorf("status %d: closed is not %v", status, closed)
		}
	}
}

func TestClosedErrors(t *testing.T) {
	r := newRust(t)
	w := open(r, NewKeeper("Searcher", 8))
	if h := w.object.Handle(); h == 0 || w.object.Lend() != h {
		t.Error("an open object is closed")
	}
	w.close(r)
	if w.object.Lend() != 1 {
		t.Error("a closed object in a message is not 1")
	}
	var closed *ClosedError
	for argument, text := range map[string]string{"": "Searcher is closed", "one": "argument one: Searcher is closed"} {
		message := AppendString(AppendString(AppendString(nil, "what Rust says"), argument), "Searcher")
		scratch := make([]uint64, 16)
		answer := Result{Closed, 0, uint64(copy(memory(scratch), message)), 0}
		err := answer.Err(scratch)
		if !errors.As(err, &closed) || closed.Type != "Searcher" || !errors.Is(err, fs.ErrClosed) || err.Error() != text {
			t.Errorf("%#v", err)
		}
	}
	var argument *ArgumentError
	if err := NoHandle("pattern", "Pattern", true); !errors.As(err, &argument) || !strings.Contains(err.Error(), "pattern") {
		t.Errorf("%#v", err)
	}
	if err := NoHandle("pattern", "Pattern", false); !errors.As(err, &closed) || closed.Type != "Pattern" {
		t.Errorf("%#v", err)
	}
}

func TestShare(t *testing.T) {
	r := newRust(t)
	w := open(r, NewKeeper("Searcher", 8))
	if again := w.object.Share(); again == 0 || again == w.object.Handle() || r.count() != 2 {
		t.Errorf("handle %x, %d live", again, r.count())
	}
	h := w.object.Handle()
	r.release(0, &[]uint64{1, h}[0])
	if w.object.Share() != 0 || len(returned(r.list)) != 1 {
		t.Error("a refusal is a handle, or its block is not given back")
	}
	w.close(r)
	if w.object.Share() != 0 {
		t.Error("a closed object is shared")
	}
	f := newFrames(1, 200, 0)
	f.serve(func(c *Call) { c.Object(0) })
	if f.status(0) != Rejected {
		t.Errorf("no object has status %d", f.status(0))
	}
}

func TestUnreachableObjectsAreReleasedInBatches(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	const n = 20_000
	kept := open(r, k)
	for range n {
		open(r, k)
	}
	eventually(t, "all are released", func() bool {
		runtime.GC()
		return r.count() == 1
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.crossings > n/32 || r.largest > releaseLimit || r.stale != 0 {
		t.Errorf("%d crossings, %d handles in the largest, %d stale", r.crossings, r.largest, r.stale)
	}
	if !r.live[kept.object.Handle()] {
		t.Error("one in use was released")
	}
	runtime.KeepAlive(kept)
}

func TestClosedObjectsHaveNoCleanup(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	for range 5000 {
		open(r, k).close(r)
	}
	for range 5 {
		runtime.GC()
	}
	flush()
	if r.stale != 0 {
		t.Errorf("%d were released twice", r.stale)
	}
}

func TestAStalledReleaseDoesNotGrowTheQueueForEver(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	r.stall = make(chan bool)
	const n = 10 * releaseLimit
	var count atomic.Int64
	added := make(chan bool)
	go func() {
		for range n {
			k.add(r.give())
			count.Add(1)
		}
		close(added)
	}()
	before := int64(-1)
	eventually(t, "whoever adds waits", func() bool {
		time.Sleep(20 * time.Millisecond)
		now := count.Load()
		waits := now == before
		before = now
		return waits
	})
	if before > 3*releaseLimit {
		t.Errorf("%d handles wait", before)
	}
	close(r.stall)
	<-added
	eventually(t, "all are released", func() bool { return r.count() == 0 })
	if r.largest > releaseLimit {
		t.Errorf("%d handles in one crossing", r.largest)
	}
}

// Close races with methods, with itself, and with collections.
func TestReleasesGoOnAfterGoexit(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	r.exit = true
	for range 3 {
		k.add(r.give())
		eventually(t, "it is released", func() bool { return r.count() == 0 })
	}
}

func TestCloseHammer(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	rounds := 3000
	if testing.Short() {
		rounds = 300
	}
	var all sync.WaitGroup
	for worker := range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := range rounds {
				w := open(r, k)
				var users sync.WaitGroup
				for user := range 3 {
					users.Add(1)
					go func() {
						defer users.Done()
						switch user {
						case 0:
							w.close(r)
						case 1:
							w.object.Share()
						case 2:
							if i%3 == 0 {
								w.object.Consumed(OK)
							}
							w.object.Handle()
						}
						runtime.KeepAlive(w)
					}()
				}
				users.Wait()
				if w.object.Handle() != 0 {
					t.Error("open after Close")
				}
				if worker == 0 && i%100 == 0 {
					runtime.GC()
				}
			}
		}()
	}
	all.Wait()
}

func TestObjectsCanHaveCleanups(t *testing.T) {
	// What is smaller and has no pointer shares its memory with others, and cleanups of it may not run.
	if size := unsafe.Sizeof(Object{}); size < 16 {
		t.Errorf("an object has %d bytes", size)
	}
}

func TestFunctionKeepersAreFoundAgain(t *testing.T) {
	r := newRust(t)
	a, b := HoldFunction(1<<20, r.give()), HoldFunction(1<<21, r.give())
	again := HoldFunction(1<<20, r.give())
	if a.keeper.find().address != 1<<20 || b.keeper.find().address != 1<<21 || a.keeper != again.keeper {
		t.Error("another keeper")
	}
	defer func() {
		if recover() != ErrMalformed {
			t.Error("no handle is accepted")
		}
	}()
	HoldFunction(1<<20, 0)
}
