package concurrency_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gangplank.example/e2e/concurrency/bridge"
	"gangplank.example/e2e/stack"
)

// worker implements bridge.Worker.
type worker struct{ calls atomic.Int64 }

func (w *worker) Work(job bridge.Job) (bridge.Job, error) {
	w.calls.Add(1)
	if job.ID%16 == 0 {
		stack.Grow(32)
	}
	return job, nil
}

func (w *worker) Count(n uint64) uint64 { return n + 1 }

func (w *worker) Twice(text string) string { return text + text }

func (w *worker) Odd(n uint64) error {
	if n%2 == 1 {
		return fmt.Errorf("%d is odd", n)
	}
	return nil
}

var registered worker

func TestMain(m *testing.M) {
	bridge.RegisterWorker(&registered)
	os.Exit(m.Run())
}

func job(id uint64) bridge.Job {
	j := bridge.Job{ID: id, Name: fmt.Sprint("job ", id), Data: bytes.Repeat([]byte{byte(id)}, int(id*37%700))}
	if id%3 == 0 {
		j.Tags = []string{"a", "", fmt.Sprint(id)}
	}
	return j
}

// once calls Rust in all its ways.
func once(id uint64) error {
	sent := job(id)
	got, err := bridge.Work(sent)
	if id%7 == 6 {
		var text *bridge.ErrorValue[string]
		if !errors.As(err, &text) || text.Value != fmt.Sprintf("job %d is not done", id) {
			return fmt.Errorf("job %d: %v", id, err)
		}
	} else if err != nil || !reflect.DeepEqual(got, sent) {
		return fmt.Errorf("%v came back as %v, %v", sent, got, err)
	}
	text := strings.Repeat(sent.Name, int(id%200))
	if bridge.Twice(text) != text+text {
		return fmt.Errorf("the text of job %d came back otherwise", id)
	}
	return bridge.Through(id)
}

// collecting runs f while the collector runs all the time.
func collecting(f func()) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	}()
	f()
	close(stop)
	<-done
}

func TestAThousandGoroutinesAndSixtyFourThreads(t *testing.T) {
	const goroutines, threads = 1000, 64
	times := uint64(20)
	before, calls := registered.calls.Load(), bridge.Calls()
	collecting(func() {
		var wait sync.WaitGroup
		for g := range uint64(goroutines) {
			wait.Add(1)
			go func() {
				defer wait.Done()
				for i := range times {
					if err := once(g*times + i); err != nil {
						t.Error(err)
					}
				}
			}()
		}
		wait.Add(1)
		go func() {
			defer wait.Done()
			if n, err := bridge.Storm(threads, 10*times); n != threads*10*times || err != nil {
				t.Error(n, err)
			}
		}()
		wait.Wait()
	})
	if n, want := bridge.Calls()-calls, 3*goroutines*times; n != want {
		t.Errorf("Rust was called %d times, not %d", n, want)
	}
	if n, want := registered.calls.Load()-before, int64(goroutines*times+threads*10*times); n != want {
		t.Errorf("Go was called %d times, not %d", n, want)
	}
}

func TestRegistrationMayChangeAtAnyTime(t *testing.T) {
	var wait sync.WaitGroup
	for g := range uint64(8) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range uint64(200) {
				if g == 0 {
					bridge.RegisterWorker(&worker{})
				} else if err := bridge.Through(i); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wait.Wait()
	bridge.RegisterWorker(&registered)
}
