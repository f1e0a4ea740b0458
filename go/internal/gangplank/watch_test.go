package gangplank

import (
	"context"
	"errors"
	"math"
	"sync/atomic"
	"testing"
	"time"
)

// look is what Rust does: it says whether the context has ended, and that it was told so.
func look(w *Watch) bool {
	flag := w.Flag()
	if flag == nil || atomic.LoadUint32(flag)&ended == 0 {
		return false
	}
	atomic.OrUint32(flag, told)
	return true
}

func TestWatch(t *testing.T) {
	failed := errors.New("failed")
	ctx, cancel := context.WithCancel(context.Background())
	w := WatchContext(ctx)
	if look(&w) || w.Err(failed) != failed {
		t.Error("it has ended before it has")
	}
	cancel()
	eventually(t, "the flag is set", func() bool { return atomic.LoadUint32(w.Flag())&ended != 0 })
	if w.Err(failed) != failed {
		t.Error("the error is the context's, and Rust was not told of its end")
	}
	if !look(&w) || w.Err(failed) != context.Canceled {
		t.Error("the error is not the context's", w.Err(failed))
	}
	w.Stop()
	w = WatchContext(ctx)
	if !look(&w) || w.Err(failed) != context.Canceled {
		t.Error("one that had ended is not known to have")
	}
	w.Stop()
}

func TestWatchOfWhatNeverEnds(t *testing.T) {
	type key struct{}
	failed := errors.New("failed")
	for _, ctx := range []context.Context{context.Background(), context.WithValue(context.Background(), key{}, 1)} {
		w := WatchContext(ctx)
		if w.Flag() != nil || w.Left() != math.MaxInt64 || w.Err(failed) != failed {
			t.Error(w.Flag(), w.Left())
		}
		w.Stop()
	}
}

// After Stop the flag is nobody's: an end that comes later does not touch it.
func TestWatchStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	w := WatchContext(ctx)
	w.Stop()
	cancel()
	if atomic.LoadUint32(w.Flag()) != 0 {
		t.Error("the flag was written")
	}
}

// What is left of a deadline, whatever the clocks can say.
func TestLeft(t *testing.T) {
	for _, c := range []struct {
		deadline    time.Time
		least, most uint64
	}{
		{time.Now().Add(-time.Hour), 0, 0},
		{time.Time{}.Add(1), 0, 0},
		{time.Now().Add(time.Hour), uint64(59 * time.Minute), uint64(time.Hour)},
		// Without the monotonic clock, as a time that was read from somewhere.
		{time.Now().Add(time.Hour).Round(0), uint64(59 * time.Minute), uint64(time.Hour + time.Second)},
		// Further away than 64 bits of nanoseconds.
		{time.Now().AddDate(500, 0, 0), 1 << 62, math.MaxInt64},
	} {
		ctx, cancel := context.WithDeadline(context.Background(), c.deadline)
		if left := Left(ctx); left < c.least || left > c.most {
			t.Error(c.deadline, left)
		}
		cancel()
	}
}
