package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gangplank.example/e2e/tasks/bridge"
)

// A burst of calls that block makes no more threads than the limit says.
func TestBlockingLimit(t *testing.T) {
	bridge.SetBlockingLimit(4)
	defer bridge.SetBlockingLimit(64)
	before := countThreads(t)
	var wg sync.WaitGroup
	var most atomic.Int64
	for range 200 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := bridge.Block(time.Millisecond); ; {
				if old := most.Load(); n <= old || most.CompareAndSwap(old, n) {
					return
				}
			}
		}()
	}
	wg.Wait()
	if most.Load() > 4 {
		t.Fatal(most.Load(), "at once")
	}
	if now := countThreads(t); now > before+8 {
		t.Fatalf("%d threads, and %d before", now, before)
	}
}

// Who waits for a turn gives up when the context ends, and so does who has it.
func TestBlockingAndContexts(t *testing.T) {
	bridge.SetBlockingLimit(1)
	defer bridge.SetBlockingLimit(64)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	errs := make(chan error, 5)
	for range cap(errs) {
		go func() { errs <- bridge.BlockUntil(ctx) }()
	}
	for range cap(errs) {
		if err := <-errs; err != context.DeadlineExceeded {
			t.Error(err)
		}
	}
	if n := bridge.Block(0); n != 1 {
		t.Error(n)
	}
}

// Neither tokio nor the tests install handlers that Go's stacks cannot bear.
func TestSignals(t *testing.T) {
	if found := bridge.UnsafeSignals(); len(found) != 0 {
		t.Error(found)
	}
}

// The last thing that the process does: calls that wait end with an error, later ones fail with it, nothing hangs.
func TestMain(m *testing.M) {
	code := m.Run()
	if err := shutDown(); err != nil {
		fmt.Println("--- FAIL: shutdown:", err)
		code = 1
	}
	os.Exit(code)
}

func shutDown() error {
	before := bridge.Alive()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	errs := make(chan error, 200)
	for i := range cap(errs) {
		go func() {
			var err error
			switch i % 3 {
			case 0:
				err = bridge.Never(ctx)
			case 1:
				_, err = bridge.Sleep(ctx, time.Hour)
			default:
				for err == nil {
					_, err = bridge.Hop(ctx, 1)
				}
			}
			errs <- err
		}()
	}
	for bridge.Alive() < before+100 {
		time.Sleep(time.Millisecond)
	}
	if err := bridge.ShutdownTasks(ctx); err != nil {
		return err
	}
	var shut *bridge.UnavailableError
	for range cap(errs) {
		if err := <-errs; !errors.As(err, &shut) {
			return fmt.Errorf("a call that waited returned %w", err)
		}
	}
	if _, err := bridge.Ready(ctx, 1); !errors.As(err, &shut) {
		return fmt.Errorf("a later call returned %w", err)
	}
	if err := bridge.ShutdownTasks(ctx); err != nil {
		return err
	}
	for range 400 {
		if bridge.Alive() <= before {
			return nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return fmt.Errorf("%d values are alive, and %d before", bridge.Alive(), before)
}
