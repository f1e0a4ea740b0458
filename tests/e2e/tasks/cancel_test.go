package tasks_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"gangplank.example/e2e/leaked"
	"gangplank.example/e2e/tasks/bridge"
	"gangplank.example/e2e/tasks/bridge/bridgetest"
)

// settle waits until so many values of futures and objects are alive.
func settle(t *testing.T, want int64) {
	t.Helper()
	for range 400 {
		if bridge.Alive() == want {
			return
		}
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("%d values are alive, not %d", bridge.Alive(), want)
}

func TestCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := bridge.Ready(ctx, 1); err != context.Canceled {
		t.Fatal(err)
	}
	if err := bridge.Never(ctx); err != context.Canceled {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(context.Background(), -time.Second)
	defer cancel()
	if _, err := bridge.Count(ctx, 1); err != context.DeadlineExceeded {
		t.Fatal(err)
	}
}

// What waits for ever ends when its context does, at once, and leaves nothing.
func TestCancelWhileWaiting(t *testing.T) {
	before := bridge.Alive()
	for range 20 {
		ctx, cancel := context.WithCancel(context.Background())
		errs := make(chan error)
		go func() { errs <- bridge.Never(ctx) }()
		for bridge.Alive() == before {
			time.Sleep(time.Millisecond)
		}
		start := time.Now()
		cancel()
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if took := time.Since(start); took > time.Second {
			t.Fatal("gave up after", took)
		}
		settle(t, before)
	}
}

func TestDeadline(t *testing.T) {
	before := bridge.Alive()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := bridge.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	if took := time.Since(start); took < 30*time.Millisecond || took > 5*time.Second {
		t.Fatal("gave up after", took)
	}
	settle(t, before)
}

// A cancel at each point at which the future can be dropped, and at none of them.
func TestCancelAtEveryPoint(t *testing.T) {
	bridgetest.NoLeaks(t)
	leaked.Goroutines(t)
	before := bridge.Alive()
	goroutines := runtime.NumGoroutine()
	const points = 40
	for last := range uint32(points + 1) {
		ctx, cancel := context.WithCancel(context.Background())
		n, err := bridge.Points(ctx, points, func(point uint32) {
			if point == last {
				cancel()
			}
		})
		switch {
		// The future may be done before anybody is told of the cancel.
		case err == nil && n == points:
		case last < points && err == context.Canceled:
		default:
			t.Fatal(last, n, err)
		}
		cancel()
	}
	settle(t, before)
	for range 200 {
		// The dispatcher, and one for each thread of tokio's that called Go.
		if runtime.NumGoroutine() <= goroutines+8 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Fatalf("%d goroutines, not %d:\n%s", runtime.NumGoroutine(), goroutines, stacks[:runtime.Stack(stacks, true)])
}

// Results that come when nobody wants them any more are dropped, whatever is in them.
func TestCancelAgainstCompletion(t *testing.T) {
	bridgetest.NoLeaks(t)
	leaked.Goroutines(t)
	before := bridge.Alive()
	var wg sync.WaitGroup
	for i := range 400 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			time_ := time.Duration(i%20) * 100 * time.Microsecond
			ctx, cancel := context.WithTimeout(context.Background(), time_+time.Duration(i%7)*50*time.Microsecond)
			defer cancel()
			hit, err := bridge.Make(ctx, "store", time_)
			if err == nil && hit.Store.Name() != "store" || err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Error(hit, err)
			}
			if err == nil {
				hit.Store.Close()
			}
			add, err := bridge.Adder(ctx, 40)
			if err == nil && add(2) != 42 || err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	settle(t, before)
}

func TestDeadlinesTravel(t *testing.T) {
	if left, err := bridge.TimeLeft(context.Background(), time.Millisecond); left != nil || err != nil {
		t.Fatal(left, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	left, err := bridge.TimeLeft(ctx, 50*time.Millisecond)
	if err != nil || left == nil || *left > time.Hour-50*time.Millisecond || *left < 59*time.Minute {
		t.Fatal(left, err)
	}
	// Further away than the clock of either side can say.
	ctx, cancel = context.WithDeadline(context.Background(), time.Now().AddDate(500, 0, 0))
	defer cancel()
	if _, err := bridge.TimeLeft(ctx, 0); err != nil {
		t.Fatal(err)
	}
}
