package gangplank

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// executor stands in for a library with async functions: its calls stay
// pending until finish is called with their ticket.
type executor struct {
	words [2]uint64
	wake  *os.File
	bytes atomic.Int64

	mu      sync.Mutex
	running map[uint64]bool // by ticket: the task is being polled
}

var (
	theExecutor   executor
	startExecutor sync.Once
)

// newExecutor makes the fake library the one that the runtime uses.
func newExecutor(t testing.TB) *executor {
	(&heap{}).use(t)
	e := &theExecutor
	startExecutor.Do(func() {
		e.running = map[uint64]bool{}
		StartTasks(Tasks{
			Mailbox: func(wake uintptr) uint64 {
				e.wake = os.NewFile(wake, "wake")
				return uint64(uintptr(unsafe.Pointer(&e.words)))
			},
			Cancel:   e.cancel,
			Shutdown: func() {},
		})
	})
	return e
}

// begin is what a shim does.
func (e *executor) begin(w *Waiter) Result {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.running[w.Ticket()] = false
	return Result{Pending, w.Ticket()}
}

// cancel gives a task up, unless it is being polled or done.
func (e *executor) cancel(task uint64) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	polled, known := e.running[task]
	if known && !polled {
		delete(e.running, task)
		return true
	}
	return false
}

// finish polls a task to its end, if it is still there.
func (e *executor) finish(ticket uint64, r Result) {
	e.mu.Lock()
	_, known := e.running[ticket]
	e.running[ticket] = true
	if !known {
		delete(e.running, ticket)
	}
	e.mu.Unlock()
	if !known {
		return
	}
	e.mu.Lock()
	delete(e.running, ticket)
	e.mu.Unlock()
	e.push(ticket, r)
}

// push is clause 10.4. Completions are never freed: the collector does it.
func (e *executor) push(ticket uint64, r Result) {
	c := &completion{ticket: ticket, result: r}
	keepCompletions.Lock()
	keepCompletions.all = append(keepCompletions.all, c)
	keepCompletions.Unlock()
	address := uint64(uintptr(unsafe.Pointer(c)))
	for {
		c.next = atomic.LoadUint64(&e.words[0])
		if atomic.CompareAndSwapUint64(&e.words[0], c.next, address) {
			break
		}
	}
	if atomic.LoadUint64(&e.words[1]) != 0 && atomic.SwapUint64(&e.words[1], 0) != 0 {
		e.bytes.Add(1)
		if _, err := e.wake.Write([]byte{1}); err != nil {
			panic(err)
		}
	}
}

var keepCompletions struct {
	sync.Mutex
	all []*completion
}

// Every call gets its own result, or its context's error; and a result that
// nobody wants is dropped.
func TestTasksHammered(t *testing.T) {
	e := newExecutor(t)
	var wg sync.WaitGroup
	var dropped, ended atomic.Int64
	for g := range 64 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			random := rand.New(rand.NewPCG(1, uint64(g)))
			for i := range 300 {
				want := uint64(g)<<32 | uint64(i)
				ctx := context.Background()
				if random.IntN(3) == 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, time.Duration(random.IntN(300))*time.Microsecond)
					defer cancel()
				}
				w := Begin()
				ticket := w.Ticket()
				r := e.begin(w)
				go func(delay int) {
					if delay > 0 {
						time.Sleep(time.Duration(delay) * time.Microsecond)
					}
					e.finish(ticket, Result{OK, want})
				}(random.IntN(200) - 100)
				err := w.Await(ctx, &r, func(r *Result) { dropped.Add(1) })
				switch {
				case err == nil && r[WordStatus] == OK && r[WordA] == want:
				case errors.Is(err, context.DeadlineExceeded):
					ended.Add(1)
				default:
					t.Error(r, err)
				}
			}
		}()
	}
	wg.Wait()
	t.Log(ended.Load(), "given up,", dropped.Load(), "of them with a result,", e.bytes.Load(), "bytes")
	if n := waiting.Load(); n != 0 {
		t.Error(n, "wait")
	}
}

// A call that is ready at once allocates nothing, and leaves nothing.
func TestReadyTasksAllocateNothing(t *testing.T) {
	newExecutor(t)
	ctx := context.Background()
	n := testing.AllocsPerRun(1000, func() {
		w := Begin()
		r := Result{OK, 1}
		if err := w.Await(ctx, &r, nil); err != nil {
			t.Error(err)
		}
	})
	if n != 0 {
		t.Error(n, "allocations")
	}
}

// As many wait as like: when all are gone, they are used again.
func TestWaitersAreUsedAgain(t *testing.T) {
	e := newExecutor(t)
	round := func() {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		var wg sync.WaitGroup
		for range 2000 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				w := Begin()
				r := e.begin(w)
				if err := w.Await(ctx, &r, nil); err != context.Canceled {
					t.Error(err)
				}
			}()
		}
		for waiting.Load() < 2000 {
			time.Sleep(time.Millisecond)
		}
		cancel()
		wg.Wait()
	}
	round()
	all := len(*allWaiters.Load())
	for range 3 {
		round()
	}
	if now := len(*allWaiters.Load()); now != all {
		t.Error(now, "waiters, and", all, "before")
	}
}

func TestWatchedContexts(t *testing.T) {
	w := WatchContext(context.Background())
	if w.Flag() != nil || w.Left() != 1<<63-1 {
		t.Fatal(w.Left())
	}
	w.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	w = WatchContext(ctx)
	failed := errors.New("failed")
	if err := w.Err(failed); err != failed || *w.Flag() != 0 {
		t.Fatal(err)
	}
	cancel()
	for atomic.LoadUint32(w.Flag()) == 0 {
		time.Sleep(time.Millisecond)
	}
	if err := w.Err(failed); err != failed {
		t.Fatal("Rust was not told:", err)
	}
	atomic.OrUint32(w.Flag(), told)
	if err := w.Err(failed); err != context.Canceled {
		t.Fatal(err)
	}
	w.Stop()
	w = WatchContext(ctx)
	if *w.Flag() != ended {
		t.Fatal(*w.Flag())
	}
}
