package gangplank

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestLeaksAreReported(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	before, early := open(r, k), kept.Keep("before")
	report := WatchLeaks()
	w := open(r, k)
	h := Keep(serveFunc(nil))
	open(r, k).close(r)
	r.drop(kept.Keep("released"), 0)
	text := report()
	for _, part := range []string{"2 values", "Searcher", "gangplank.serveFunc", "TestLeaksAreReported", "leak_test.go"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in: %s", part, text)
		}
	}
	runtime.KeepAlive(w)
	Forget(h)
	kept.Forget(early)
	runtime.KeepAlive(before)
	if tracking.Load() || len(tracked) != 0 {
		t.Error("tracking goes on")
	}
}

func TestNoLeaks(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	report := WatchLeaks()
	for range 3000 {
		open(r, k)
		r.drop(kept.Keep("released"), 0)
	}
	open(r, k).close(r)
	w := open(r, k)
	w.object.Consumed(OK)
	if text := report(); text != "" {
		t.Error(text)
	}
	if r.count() != 1 {
		t.Errorf("%d objects are left", r.count())
	}
}

// What another goroutine took out of the queue is on its way, and still there.
func TestAReportWaitsForReleasesOnTheirWay(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	r.stall = make(chan bool)
	report := WatchLeaks()
	for range releaseBatch {
		open(r, k)
	}
	empty()
	runtime.GC()
	for {
		k.mu.Lock()
		running := k.running && len(k.queue) == 0
		k.mu.Unlock()
		if running {
			break
		}
		runtime.Gosched()
	}
	time.AfterFunc(50*time.Millisecond, func() { close(r.stall) })
	if text := report(); text != "" {
		t.Error(text)
	}
	if r.count() != 0 {
		t.Errorf("%d objects are left", r.count())
	}
}

func TestReleasePending(t *testing.T) {
	r := newRust(t)
	k := NewKeeper("Searcher", 8)
	for range releaseBatch - 1 {
		k.add(r.give())
	}
	r.drop(kept.Keep("dropped"), 0)
	ReleasePending()
	if r.count() != 0 || countValues() != 0 {
		t.Errorf("%d values of Rust and %d of Go are left", r.count(), countValues())
	}
	// A batch that somebody else took is waited for.
	r.stall = make(chan bool)
	for range releaseBatch {
		k.add(r.give())
	}
	time.AfterFunc(20*time.Millisecond, func() { close(r.stall) })
	ReleasePending()
	if r.count() != 0 {
		t.Errorf("%d values are left", r.count())
	}
}
