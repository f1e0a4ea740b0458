package tasks_test

import (
	"context"
	"errors"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gangplank.example/e2e/resident"
	"gangplank.example/e2e/tasks/bridge"
	"gangplank.example/e2e/tasks/bridge/bridgetest"
)

// What an async function borrows is there until it is done, whatever becomes of Go's own.
func TestArguments(t *testing.T) {
	bridgetest.NoLeaks(t)
	ctx := context.Background()
	store, err := bridge.NewStore(ctx, "main")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 50 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			bytes := []byte("12345")
			hits := []bridge.Hit{{Path: "a"}, {Path: "b", Line: 2}}
			got, err := bridge.After(ctx, "text", bytes, []uint32{1, 2, 3}, hits, bridge.Hit{Path: "one", Line: 7}, store)
			if err != nil || got != "text 5 6 a,b one:7 main" {
				t.Error(got, err)
			}
		}()
	}
	wg.Wait()
	store.Close()
	var closed *bridge.ClosedError
	if _, err := bridge.After(ctx, "", nil, nil, nil, bridge.Hit{}, store); !errors.As(err, &closed) {
		t.Fatal(err)
	}
	var refused *bridge.ArgumentError
	if _, err := bridge.ReadyText(ctx, "\xff"); !errors.As(err, &refused) {
		t.Fatal(err)
	}
}

func TestErrors(t *testing.T) {
	before := bridge.Alive()
	ctx := context.Background()
	var missing *bridge.MissingError
	hits, err := bridge.FailLater(ctx, "rope")
	if hits != nil || !errors.As(err, &missing) || missing.What != "rope" {
		t.Fatal(hits, err)
	}
	for _, later := range []bool{false, true} {
		_, err := bridge.Panics(ctx, later)
		var panicked *bridge.PanicError
		if !errors.As(err, &panicked) || panicked.Message != "as asked for" || !strings.Contains(panicked.Stack, "lib.rs") {
			t.Fatal(later, err)
		}
	}
	settle(t, before)
}

func TestObjects(t *testing.T) {
	bridgetest.NoLeaks(t)
	before := bridge.Alive()
	ctx := context.Background()
	if _, err := bridge.NewStore(ctx, ""); err == nil {
		t.Fatal("no error")
	}
	store, err := bridge.NewStore(ctx, "turns")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var sum atomic.Uint64
	for range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			n, err := store.TakeTurn(ctx, time.Millisecond)
			if err != nil {
				t.Error(err)
			}
			sum.Add(n)
		}()
	}
	wg.Wait()
	if sum.Load() != 20*21/2 {
		t.Fatal(sum.Load())
	}
	// Closed while a call is under way: that one goes on.
	done := make(chan error)
	go func() {
		_, err := store.TakeTurn(ctx, 50*time.Millisecond)
		done <- err
	}()
	time.Sleep(10 * time.Millisecond)
	store.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	settle(t, before)
	store, _ = bridge.NewStore(ctx, "taken")
	if name, err := store.IntoName(ctx); name != "taken" || err != nil {
		t.Fatal(name, err)
	}
	var closed *bridge.ClosedError
	if _, err := store.IntoName(ctx); !errors.As(err, &closed) {
		t.Fatal(err)
	}
	settle(t, before)
}

// Ten thousand goroutines wait, and hold no threads. They begin one after the other: a goroutine that is in Rust when the machine takes its thread away costs
// Go another thread, which it keeps for ever, so a burst of ten thousand calls would show those that called, and not those that wait.
func TestWaitersHoldNoThreads(t *testing.T) {
	before := bridge.Alive()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	begin := func(from, to int64) {
		for n := from; n < to; n++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if err := bridge.Never(ctx); !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			}()
			for bridge.Alive() <= before+n {
				runtime.Gosched()
			}
		}
	}
	// The runtimes' own threads are there once both have worked.
	bridge.Hop(ctx, 1)
	begin(0, 500)
	threads := countThreads(t)
	begin(500, 10_000)
	if now := countThreads(t); now > threads+2 {
		t.Errorf("%d threads, and %d before", now, threads)
	}
	cancel()
	wg.Wait()
	settle(t, before)
}

// Memory stays as it is over many calls of each kind: GANGPLANK_CALLS=600000 is three million of each in a round.
func TestMemorySettles(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector keeps memory of its own")
	}
	kinds := map[string]func(ctx context.Context) error{
		"ready": func(ctx context.Context) error { _, err := bridge.Ready(ctx, 1); return err },
		"text":  func(ctx context.Context) error { _, err := bridge.ReadyText(ctx, "a text"); return err },
		"hop":   func(ctx context.Context) error { _, err := bridge.Hop(ctx, 1); return err },
		"given up": func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, time.Microsecond)
			defer cancel()
			if err := bridge.Never(ctx); !errors.Is(err, context.DeadlineExceeded) {
				return err
			}
			return nil
		},
	}
	for name, call := range kinds {
		t.Run(name, func(t *testing.T) {
			resident.Settles(t, func(n int) {
				if name != "given up" {
					n *= 5
				}
				var wg sync.WaitGroup
				for range 16 {
					wg.Add(1)
					go func() {
						defer wg.Done()
						for range n / 16 {
							if err := call(context.Background()); err != nil {
								t.Error(err)
							}
						}
					}()
				}
				wg.Wait()
			})
		})
	}
}

func countThreads(t *testing.T) int {
	t.Helper()
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Skip("threads cannot be counted here")
	}
	return len(tasks)
}

// A hundred thousand calls at once, some of which are given up.
func TestManyCalls(t *testing.T) {
	calls := 100_000
	if raceEnabled || os.Getenv("GOGC") == "1" {
		calls = 5_000
	}
	before := bridge.Alive()
	var wg sync.WaitGroup
	var ended atomic.Int64
	start := make(chan struct{})
	for i := range calls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			ctx := context.Background()
			if i%3 == 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, time.Duration(i%1000)*time.Microsecond)
				defer cancel()
			}
			switch n, err := bridge.Hop(ctx, uint64(i)); {
			case err == nil && n == uint64(i)+1:
			case i%3 == 0 && errors.Is(err, context.DeadlineExceeded):
				ended.Add(1)
			default:
				t.Error(i, n, err)
			}
		}()
	}
	close(start)
	wg.Wait()
	t.Log(ended.Load(), "given up")
	settle(t, before)
}

func TestContexts(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	if n, err := bridge.Count(ctx, 1000); n != 1000 || err != nil {
		t.Fatal(n, err)
	}
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := bridge.Count(ctx, 1<<62); err != context.Canceled {
		t.Fatal(err)
	}
	if n := bridge.CountOn(ctx, 10); n != 0 {
		t.Fatal(n)
	}
	ctx, cancel = context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if n := bridge.CountOn(ctx, 1<<62); n == 1<<62 {
		t.Fatal(n)
	}
	if _, err := bridge.Count(ctx, 1); err != context.DeadlineExceeded {
		t.Fatal(err)
	}
	// An error of its own is its own.
	ctx, cancel = context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	if err := bridge.LookOnce(ctx, "its own"); err == nil || err.Error() != "its own" {
		t.Fatal(err)
	}
	if left := bridge.Remaining(ctx); left == nil || *left > time.Hour || *left < 59*time.Minute {
		t.Fatal(left)
	}
	if left := bridge.Remaining(context.Background()); left != nil {
		t.Fatal(*left)
	}
	type key struct{}
	if n, err := bridge.Count(context.WithValue(context.Background(), key{}, 1), 5); n != 5 || err != nil {
		t.Fatal(n, err)
	}
}

// Millions of calls leave memory as it was: here some, as many as are asked for elsewhere.
func TestCollectorMeanwhile(t *testing.T) {
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-stop:
				return
			default:
				debug.FreeOSMemory()
			}
		}
	}()
	for i := range uint64(300) {
		hit, err := bridge.Make(context.Background(), strings.Repeat("x", int(i)), 0)
		if err != nil || len(hit.Path) != int(i) {
			t.Fatal(hit, err)
		}
		hit.Store.Close()
	}
	close(stop)
	wg.Wait()
}
