package batch_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gangplank.dev/go/batch"
)

// gate is a batcher whose batches wait until the test lets them go.
type gate struct {
	t       *testing.T
	b       *batch.Batcher[int, int]
	started chan []int
	ctx     chan context.Context
	release chan struct{}
}

type answer struct {
	out int
	err error
}

func newGate(t *testing.T, options batch.Options) *gate {
	g := &gate{t: t, started: make(chan []int, 100), ctx: make(chan context.Context, 100), release: make(chan struct{}, 100)}
	g.b = batch.New(func(ctx context.Context, items []int) ([]int, []error) {
		g.started <- append([]int(nil), items...)
		g.ctx <- ctx
		<-g.release
		outs := make([]int, len(items))
		for i, n := range items {
			outs[i] = n * 2
		}
		return outs, nil
	}, options)
	return g
}

// call calls in the background. The context can be cancelled, so that the batch runs elsewhere.
func (g *gate) call(ctx context.Context, n int) <-chan answer {
	out := make(chan answer, 1)
	go func() {
		v, err := g.b.Do(ctx, n)
		out <- answer{v, err}
	}()
	return out
}

func (g *gate) pending(n int) {
	g.t.Helper()
	for end := time.Now().Add(10 * time.Second); batch.Pending(g.b) != n; {
		if time.Now().After(end) {
			g.t.Fatalf("%d items wait, not %d", batch.Pending(g.b), n)
		}
		runtime.Gosched()
	}
}

func (g *gate) batch(want ...int) {
	g.t.Helper()
	select {
	case got := <-g.started:
		if !reflect.DeepEqual(got, want) {
			g.t.Fatalf("a batch of %v, not %v", got, want)
		}
	case <-time.After(10 * time.Second):
		g.t.Fatal("no batch")
	}
}

func (g *gate) answers(calls ...<-chan answer) {
	g.t.Helper()
	for i, call := range calls {
		if got := <-call; got.err != nil {
			g.t.Errorf("call %d: %v", i, got.err)
		}
	}
}

func cancellable(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return ctx
}

func TestWhoIsAloneRunsAtOnce(t *testing.T) {
	b := batch.New(func(_ context.Context, items []int) ([]int, []error) { return items, nil }, batch.Options{MaxDelay: time.Hour})
	for _, ctx := range []context.Context{context.Background(), cancellable(t)} {
		for n := range 1000 {
			if got, err := b.Do(ctx, n); got != n || err != nil {
				t.Fatal(got, err)
			}
		}
	}
}

func TestWhatArrivesMeanwhileIsTheNextBatch(t *testing.T) {
	for name, ctx := range map[string]context.Context{"inline": context.Background(), "cancellable": cancellable(t)} {
		t.Run(name, func(t *testing.T) {
			g := newGate(t, batch.Options{MaxItems: 3})
			calls := []<-chan answer{g.call(ctx, 0)}
			g.batch(0)
			for n := 1; n < 6; n++ {
				calls = append(calls, g.call(ctx, n))
				g.pending(n)
			}
			g.release <- struct{}{}
			g.batch(1, 2, 3)
			g.release <- struct{}{}
			g.batch(4, 5)
			g.release <- struct{}{}
			for n, call := range calls {
				if got := <-call; got.out != n*2 || got.err != nil {
					t.Error(n, got)
				}
			}
		})
	}
}

func TestABatchWaitsForAsManyAsTheLastOneHad(t *testing.T) {
	const delay = 50 * time.Millisecond
	g := newGate(t, batch.Options{MaxDelay: delay})
	ctx := context.Background()
	first := g.call(ctx, 0)
	g.batch(0)
	a := g.call(ctx, 1)
	g.pending(1)
	b := g.call(ctx, 2)
	g.pending(2)
	g.release <- struct{}{}
	g.batch(1, 2)
	c := g.call(ctx, 3)
	g.pending(1)
	since := time.Now()
	g.release <- struct{}{}
	g.batch(3)
	if waited := time.Since(since); waited < delay {
		t.Errorf("the batch after one of two waited %v for a second item", waited)
	}
	g.release <- struct{}{}
	g.answers(first, a, b, c)
}

func TestEverybodyHasTheirOwnError(t *testing.T) {
	odd := errors.New("odd")
	b := batch.New(func(_ context.Context, items []int) ([]int, []error) {
		errs := make([]error, len(items))
		for i, n := range items {
			if n%2 == 1 {
				errs[i] = odd
			}
		}
		return items, errs
	}, batch.Options{MaxItems: 7, MaxPending: 5, MaxDelay: 50 * time.Microsecond})
	var wg sync.WaitGroup
	for g := range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			ctx := context.Background()
			if g%2 == 0 {
				ctx = cancellable(t)
			}
			for i := range 1000 {
				n := i*16 + g
				got, err := b.Do(ctx, n)
				if got != n || (err != nil) != (n%2 == 1) || err != nil && !errors.Is(err, odd) {
					t.Error(n, got, err)
					return
				}
			}
		}()
	}
	wg.Wait()
}

func TestOneBatchAtATime(t *testing.T) {
	var now, batches atomic.Int64
	b := batch.New(func(_ context.Context, items []int) ([]int, []error) {
		if now.Add(1) != 1 || len(items) > 4 {
			t.Error("two batches at a time, or one that is too long")
		}
		batches.Add(1)
		runtime.Gosched()
		now.Add(-1)
		return items, nil
	}, batch.Options{MaxItems: 4})
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 500 {
				if got, err := b.Do(context.Background(), g*1000+i); got != g*1000+i || err != nil {
					t.Error(got, err)
				}
			}
		}()
	}
	wg.Wait()
	if n := batches.Load(); n == 8*500 && runtime.GOMAXPROCS(0) > 1 {
		t.Errorf("%d batches: nothing was gathered", n)
	}
}

func TestACancelledCallerLeavesAtOnceAndItsItemIsDropped(t *testing.T) {
	g := newGate(t, batch.Options{MaxPending: 2})
	first := g.call(context.Background(), 0)
	g.batch(0)
	ctx, cancel := context.WithCancel(context.Background())
	dropped := g.call(ctx, 1)
	g.pending(1)
	kept := g.call(context.Background(), 2)
	g.pending(2)
	cancel()
	if got := <-dropped; !errors.Is(got.err, context.Canceled) {
		t.Error(got)
	}
	// Its room is free.
	g.pending(1)
	more := g.call(context.Background(), 3)
	g.pending(2)
	g.release <- struct{}{}
	g.batch(2, 3)
	g.release <- struct{}{}
	g.answers(first, kept, more)
}

func TestACallerLeavesARunningBatch(t *testing.T) {
	g := newGate(t, batch.Options{})
	first := g.call(context.Background(), 0)
	g.batch(0)
	<-g.ctx
	one, cancelOne := context.WithCancel(context.Background())
	two, cancelTwo := context.WithCancel(context.Background())
	a := g.call(one, 1)
	g.pending(1)
	b := g.call(two, 2)
	g.pending(2)
	g.release <- struct{}{}
	g.batch(1, 2)
	running := <-g.ctx
	cancelOne()
	if got := <-a; !errors.Is(got.err, context.Canceled) {
		t.Error(got)
	}
	if running.Err() != nil {
		t.Error("the batch's context ended while a caller waits")
	}
	cancelTwo()
	if got := <-b; !errors.Is(got.err, context.Canceled) {
		t.Error(got)
	}
	select {
	case <-running.Done():
	case <-time.After(10 * time.Second):
		t.Error("all callers have left, and the batch's context goes on")
	}
	g.release <- struct{}{}
	g.answers(first)
	g.b.Close()
}

func TestAnEndedContextIsNotStarted(t *testing.T) {
	g := newGate(t, batch.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := g.b.Do(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestBackPressure(t *testing.T) {
	g := newGate(t, batch.Options{MaxPending: 1})
	calls := []<-chan answer{g.call(context.Background(), 0)}
	g.batch(0)
	calls = append(calls, g.call(context.Background(), 1))
	g.pending(1)
	// There is no room: this one waits, and one that gives up leaves.
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := g.b.Do(ctx, 2); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	calls = append(calls, g.call(context.Background(), 3))
	g.release <- struct{}{}
	g.batch(1)
	g.release <- struct{}{}
	g.batch(3)
	g.release <- struct{}{}
	g.answers(calls...)

	g = newGate(t, batch.Options{MaxPending: 1, FailWhenFull: true})
	calls = []<-chan answer{g.call(context.Background(), 0)}
	g.batch(0)
	calls = append(calls, g.call(context.Background(), 1))
	g.pending(1)
	if _, err := g.b.Do(context.Background(), 2); !errors.Is(err, batch.ErrFull) {
		t.Error(err)
	}
	g.release <- struct{}{}
	g.release <- struct{}{}
	g.answers(calls...)
}

func TestCloseDrains(t *testing.T) {
	g := newGate(t, batch.Options{MaxPending: 1})
	first := g.call(context.Background(), 0)
	g.batch(0)
	second := g.call(context.Background(), 1)
	g.pending(1)
	outside := g.call(context.Background(), 2)
	closed := make(chan struct{})
	go func() {
		g.b.Close()
		close(closed)
	}()
	if got := <-outside; !errors.Is(got.err, batch.ErrClosed) {
		t.Error("waiting for room:", got)
	}
	select {
	case <-closed:
		t.Error("closed while items wait")
	default:
	}
	g.release <- struct{}{}
	g.batch(1)
	g.release <- struct{}{}
	<-closed
	g.answers(first, second)
	if _, err := g.b.Do(context.Background(), 3); !errors.Is(err, batch.ErrClosed) {
		t.Error(err)
	}
	g.b.Close()
}

func TestPanicsAndGoexit(t *testing.T) {
	cause := errors.New("thirteen")
	b := batch.New(func(_ context.Context, items []int) ([]int, []error) {
		switch items[0] {
		case 13:
			panic(cause)
		case 14:
			runtime.Goexit()
		case 15:
			return nil, nil
		}
		return items, nil
	}, batch.Options{})
	// Goexit ends the goroutine of a caller that runs its own item: here it has none of its own.
	ctx := cancellable(t)
	_, err := b.Do(ctx, 13)
	var panicked *batch.PanicError
	if !errors.As(err, &panicked) || !errors.Is(err, cause) || panicked.Stack == "" {
		t.Error(err)
	}
	if _, err := b.Do(ctx, 14); !errors.Is(err, batch.ErrGoexit) {
		t.Error(err)
	}
	var count *batch.CountError
	if _, err := b.Do(ctx, 15); !errors.As(err, &count) || count.Items != 1 {
		t.Error(err)
	}
	if _, err := b.Do(context.Background(), 13); !errors.As(err, &panicked) {
		t.Error(err)
	}
	exited := make(chan struct{})
	go func() {
		defer close(exited)
		b.Do(context.Background(), 14)
		t.Error("Goexit returned")
	}()
	<-exited
	if got, err := b.Do(context.Background(), 1); got != 1 || err != nil {
		t.Error(got, err)
	}
	b.Close()
}

// Callers that come and go while batches run: nobody hangs, and no result goes astray.
func TestCancellationHammer(t *testing.T) {
	b := batch.New(func(_ context.Context, items []int) ([]int, []error) {
		runtime.Gosched()
		return items, nil
	}, batch.Options{MaxItems: 5, MaxPending: 9, MaxDelay: 20 * time.Microsecond})
	var wg sync.WaitGroup
	for g := range 12 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 500 {
				ctx, cancel := context.WithCancel(context.Background())
				if g%3 == 0 {
					go cancel()
				}
				n := g*1000 + i
				if got, err := b.Do(ctx, n); err == nil && got != n || err != nil && !errors.Is(err, context.Canceled) {
					t.Error(n, got, err)
				}
				cancel()
			}
		}()
	}
	wg.Wait()
	b.Close()
	if n := batch.Pending(b); n != 0 {
		t.Errorf("%d items are left", n)
	}
}

type itemErrors []error

func (itemErrors) Error() string         { return "some failed" }
func (e itemErrors) ItemErrors() []error { return e }

func TestWrap(t *testing.T) {
	odd, all := errors.New("odd"), errors.New("all")
	for _, c := range []struct {
		outs []int
		err  error
		want []error
	}{
		{[]int{1, 2}, nil, nil},
		{[]int{0, 2}, itemErrors{odd, nil}, []error{odd, nil}},
		{[]int{0, 0}, all, []error{all, all}},
		{nil, itemErrors{odd}, []error{itemErrors{odd}, itemErrors{odd}}},
	} {
		outs, errs := batch.Wrap(func(context.Context, []int) ([]int, error) { return c.outs, c.err })(context.Background(), []int{1, 2})
		if len(outs) != 2 || !reflect.DeepEqual(errs, c.want) {
			t.Error(outs, errs)
		}
	}
}

func Example() {
	squares := batch.New(func(_ context.Context, items []int) ([]int, []error) {
		outs := make([]int, len(items))
		for i, n := range items {
			outs[i] = n * n
		}
		return outs, nil
	}, batch.Options{})
	defer squares.Close()

	n, err := squares.Do(context.Background(), 12)
	fmt.Println(n, err)
	// Output: 144 <nil>
}

func BenchmarkAlone(b *testing.B) {
	cancellable, cancel := context.WithCancel(context.Background())
	defer cancel()
	for name, ctx := range map[string]context.Context{"background": context.Background(), "cancellable": cancellable} {
		b.Run(name, func(b *testing.B) {
			batcher := batch.New(func(_ context.Context, items []int) ([]int, []error) { return items, nil }, batch.Options{})
			b.ReportAllocs()
			for b.Loop() {
				batcher.Do(ctx, 1)
			}
		})
	}
}
