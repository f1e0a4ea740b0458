package streams_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gangplank.example/e2e/leaked"
	"gangplank.example/e2e/resident"
	"gangplank.example/e2e/stack"
	"gangplank.example/e2e/streams/bridge"
	"gangplank.example/e2e/streams/bridge/bridgetest"
)

// source implements bridge.Source.
type source struct{}

func (source) Rows(n uint64) (iter.Seq2[bridge.Row, error], error) {
	if n == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	return func(yield func(bridge.Row, error) bool) {
		for i := range n {
			if !yield(bridge.Row{ID: i, Name: "row"}, nil) {
				return
			}
		}
	}, nil
}

func (source) Numbers(n uint64) iter.Seq[uint64] { return upTo(n) }

// held ends Hold.
var held = make(chan struct{})

func (source) Hold(n uint64) uint64 {
	select {
	case <-held:
		return n
	case <-time.After(20 * time.Second):
		return 0
	}
}

func upTo(n uint64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func sum(n uint64) (total uint64) {
	for i := range n {
		total += i
	}
	return total
}

var background = context.Background()

func TestMain(m *testing.M) {
	bridge.RegisterSource(source{})
	os.Exit(m.Run())
}

// check fails the test for what is left in the end.
func check(t *testing.T) {
	t.Helper()
	bridgetest.NoLeaks(t)
	leaked.Goroutines(t)
	before := producers()
	t.Cleanup(func() {
		t.Helper()
		wait(t, "a stream of Rust is alive", func() bool { return bridge.Alive() == 0 })
		wait(t, "a goroutine is left", func() bool { return producers() <= before })
		bridge.Polls()
	})
}

// producers are the goroutines that run a sequence for Rust.
func producers() int {
	all := make([]byte, 1<<20)
	return strings.Count(string(all[:runtime.Stack(all, true)]), ".produce(")
}

// wait waits until it holds.
func wait(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		runtime.GC()
		if time.Now().After(deadline) {
			t.Error(what)
			return
		}
	}
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestItemsThatAreThere(t *testing.T) {
	check(t)
	for _, n := range []uint64{0, 1, 2, 3, 255, 256, 257, 5000} {
		next := uint64(0)
		for v, err := range bridge.Numbers(background, n) {
			equal(t, err, nil)
			equal(t, v, next)
			next++
		}
		equal(t, next, n)
		equal(t, bridge.Alive(), 0)
	}
	table := bridge.NewTable(1000)
	defer table.Close()
	at := uint64(10)
	for row, err := range table.Rows(background, 10) {
		equal(t, err, nil)
		equal(t, row, bridge.Row{ID: at, Name: fmt.Sprint(at)})
		at++
		stack.Grow(2)
	}
	equal(t, at, 1000)
}

func TestItemsThatComeLate(t *testing.T) {
	check(t)
	at := uint64(0)
	for row, err := range bridge.Ticks(background, 100, 200) {
		if at%5 == 4 {
			odd, ok := err.(*bridge.OddError)
			if !ok || odd.At != at {
				t.Fatal(err)
			}
		} else {
			equal(t, row.ID, at)
			equal(t, err, nil)
		}
		at++
	}
	equal(t, at, 100)
}

func TestEveryWayToBeWoken(t *testing.T) {
	check(t)
	for how := range uint32(4) {
		for times := range uint32(4) {
			next := uint64(0)
			for v, err := range bridge.Stubborn(background, 50, times, how) {
				equal(t, err, nil)
				equal(t, v, next)
				next++
			}
			equal(t, next, 50)
		}
	}
}

func TestLeavingALoop(t *testing.T) {
	check(t)
	for n := range uint64(20) {
		for v := range bridge.Numbers(background, 1<<40) {
			if v == n {
				break
			}
		}
		equal(t, bridge.Alive(), 0)
		for row := range bridge.Ticks(background, 1<<40, 10) {
			if row.ID == n {
				break
			}
			if n%5 == 4 {
				break
			}
		}
		equal(t, bridge.Alive(), 0)
	}
	for range 50 {
		bridge.Never(background)
	}
	times := 0
	numbers := bridge.Numbers(background, 10)
	for range numbers {
		break
	}
	for _, err := range numbers {
		times++
		if err == nil || !strings.Contains(err.Error(), "ranged over before") {
			t.Error(err)
		}
	}
	equal(t, times, 1)
}

func TestContexts(t *testing.T) {
	check(t)
	// One that has ended already.
	ended, cancel := context.WithCancel(background)
	cancel()
	told := 0
	for _, err := range bridge.Numbers(ended, 10) {
		equal(t, err, context.Canceled)
		told++
	}
	equal(t, told, 1)
	// One that ends while the loop waits.
	for i := range 30 {
		ctx, cancel := context.WithCancel(background)
		time.AfterFunc(time.Duration(i)*50*time.Microsecond, cancel)
		told = 0
		for _, err := range bridge.Never(ctx) {
			equal(t, err, context.Canceled)
			told++
		}
		equal(t, told, 1)
		equal(t, bridge.Alive(), 0)
	}
	// One that ends between items that are all there.
	ctx, cancel := context.WithCancel(background)
	var last error
	for v, err := range bridge.Numbers(ctx, 1<<40) {
		if last = err; v == 1000 {
			cancel()
		}
	}
	equal(t, last, context.Canceled)
	// A deadline.
	ctx, cancel = context.WithTimeout(background, 20*time.Millisecond)
	defer cancel()
	began := time.Now()
	for _, err := range bridge.Ticks(ctx, 1<<40, 1000) {
		last = err
	}
	if !errors.Is(last, context.DeadlineExceeded) || time.Since(began) > 3*time.Second {
		t.Error(last, time.Since(began))
	}
	equal(t, bridge.Alive(), 0)
}

func TestCancelledAtEveryPoll(t *testing.T) {
	check(t)
	for polls := range uint64(40) {
		ctx, cancel := context.WithCancel(background)
		bridge.Polls()
		seen := uint64(0)
		for _, err := range bridge.Stubborn(ctx, 1<<40, 3, 1) {
			if err != nil {
				equal(t, err, context.Canceled)
				break
			}
			if seen++; seen == polls {
				cancel()
			}
			if polls == 0 {
				cancel()
			}
		}
		cancel()
		equal(t, bridge.Alive(), 0)
	}
}

func TestPanicsOfRust(t *testing.T) {
	check(t)
	for _, n := range []uint64{0, 1, 2, 3, 100} {
		seen := uint64(0)
		var last error
		for v, err := range bridge.PanicsBehind(background, n) {
			if last = err; err == nil {
				equal(t, v, seen)
				seen++
			}
		}
		var p *bridge.PanicError
		if !errors.As(last, &p) || p.Message != fmt.Sprint("no item ", n) || seen != n {
			t.Error(n, seen, last)
		}
	}
}

func TestAsyncFunctionsThatReturnAStream(t *testing.T) {
	check(t)
	_, err := bridge.Query(background, true, 0)
	if odd, ok := err.(*bridge.OddError); !ok || odd.At != 1 {
		t.Error(err)
	}
	rows, err := bridge.Query(background, false, 30)
	equal(t, err, nil)
	seen := 0
	for range rows {
		seen++
	}
	equal(t, seen, 30)
	// Given up while it waits: what it returns is dropped.
	for i := range 30 {
		ctx, cancel := context.WithTimeout(background, time.Duration(i)*100*time.Microsecond)
		rows, err := bridge.Query(ctx, false, 1<<40)
		if err == nil {
			for range rows {
			}
		}
		cancel()
	}
}

func TestStreamsOfGo(t *testing.T) {
	check(t)
	for _, n := range []uint64{0, 1, 2, 3, 255, 256, 257, 20_000} {
		got, err := bridge.Sum(background, upTo(n))
		equal(t, err, nil)
		equal(t, got, sum(n))
		equal(t, bridge.SumAlone(upTo(n)), sum(n))
		next := uint64(0)
		rows, _ := source{}.Rows(max(n, 1))
		for row, err := range bridge.Pass(background, rows) {
			equal(t, err, nil)
			equal(t, row.ID, next)
			next++
		}
		equal(t, next, max(n, 1))
	}
	got, err := bridge.Ask(background, 1000)
	equal(t, err, nil)
	equal(t, got, sum(1000))
	_, err = bridge.Ask(background, 0)
	equal(t, errors.Is(err, io.ErrUnexpectedEOF), true)
	// Items that come late.
	slow := func(yield func(uint64) bool) {
		for i := range uint64(30) {
			time.Sleep(300 * time.Microsecond)
			if !yield(i) {
				return
			}
		}
	}
	got, err = bridge.Sum(background, slow)
	equal(t, err, nil)
	equal(t, got, sum(30))
	equal(t, bridge.SumAlone(slow), sum(30))
}

func TestChannels(t *testing.T) {
	check(t)
	ch := make(chan uint64)
	go func() {
		defer close(ch)
		for i := range uint64(1000) {
			ch <- i
		}
	}()
	got, err := bridge.Sum(background, bridge.ChanSeq(background, ch))
	equal(t, err, nil)
	equal(t, got, sum(1000))
	ctx, cancel := context.WithTimeout(background, 5*time.Millisecond)
	defer cancel()
	equal(t, bridge.SumAlone(bridge.ChanSeq(ctx, make(chan uint64))), 0)
}

// Nobody closes the channel, and its context does not end: Rust drops the stream, and that is enough.
func TestSilentChannels(t *testing.T) {
	check(t)
	for n := range uint32(20) {
		ch := make(chan uint64, n)
		for i := range n {
			ch <- uint64(i)
		}
		got, err := bridge.First(background, bridge.ChanSeq(background, ch), n, n%2 == 0)
		equal(t, err, nil)
		equal(t, len(got), int(n))
		bridge.DropAfter(bridge.ChanSeq(background, make(chan uint64)), n)
		ctx, cancel := context.WithTimeout(background, time.Millisecond)
		_, err = bridge.Sum(ctx, bridge.ChanSeq(background, make(chan uint64)))
		equal(t, err, context.DeadlineExceeded)
		cancel()
	}
}

func TestItemsThatCannotCross(t *testing.T) {
	check(t)
	for _, bad := range []int{0, 1, 2, 50, 99} {
		got, err := bridge.Texts(background, func(yield func(string, error) bool) {
			for i := range 100 {
				text := fmt.Sprint(i)
				if i == bad {
					text = "\xff"
				}
				if !yield(text, nil) {
					return
				}
			}
		})
		equal(t, err, nil)
		equal(t, len(got), 100)
		for i, text := range got {
			want := fmt.Sprint(i)
			if i == bad {
				want = "Rejected"
			}
			equal(t, text, want)
		}
	}
}

func TestUnbuffered(t *testing.T) {
	check(t)
	bridge.Polls()
	seen := 0
	for _, err := range bridge.Singly(background, 1000) {
		equal(t, err, nil)
		equal(t, bridge.Polls(), 1)
		seen++
	}
	equal(t, seen, 1000)
}

// A thread of tokio that waits in Go does not keep other tasks from running: the only one of a runtime waits for what another task does.
func TestThreadsOfTokioThatBlock(t *testing.T) {
	check(t)
	meanwhile := make(chan struct{})
	got := bridge.WaitOnAWorker(func(yield func(uint64) bool) {
		select {
		case <-meanwhile:
			yield(7)
		case <-time.After(20 * time.Second):
			yield(0)
		}
	}, func() { close(meanwhile) })
	if got == nil || *got != 7 {
		t.Error("the thread was blocked")
	}
	equal(t, bridge.HoldOnAWorker(func() { close(held) }), 7)
}

// In a process of its own: nothing can be called afterwards.
func TestShutdown(t *testing.T) {
	const child = "GANGPLANK_TEST_SHUTDOWN"
	if os.Getenv(child) == "" {
		c := exec.Command(os.Args[0], "-test.run=^TestShutdown$")
		c.Env = append(os.Environ(), child+"=1")
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	const each = 20
	errs := make(chan error, 10*each)
	var begun atomic.Int64
	last := func(seq iter.Seq2[uint64, error]) (err error) {
		for _, err = range seq {
			begun.Add(1)
		}
		return err
	}
	silent := func(func(uint64, error) bool) {
		begun.Add(1)
		<-make(chan struct{})
	}
	for range each {
		// Sequences of Go, in Rust's hands.
		go func() {
			_, err := bridge.FirstOrError(background, silent)
			errs <- err
		}()
		go func() {
			_, err := bridge.FirstOrErrorHere(silent)
			errs <- err
		}()
	}
	wait(t, "not all sequences began", func() bool { return begun.Load() == 2*each })
	ctx, cancel := context.WithTimeout(background, 30*time.Second)
	defer cancel()
	equal(t, bridge.ShutdownCalls(ctx), nil)
	var unavailable *bridge.UnavailableError
	for range 2 * each {
		if err := <-errs; !errors.As(err, &unavailable) {
			t.Error(err)
		}
	}
	if _, err := bridge.FirstOrErrorHere(silent); !errors.As(err, &unavailable) {
		t.Error(err)
	}
	// Streams of Rust, in Go's: those that wait for ever, those that come late, those that are always there.
	begun.Store(0)
	for range each {
		go func() { errs <- last(bridge.Never(background)) }()
		go func() { errs <- last(bridge.Stubborn(background, 1<<40, 3, 1)) }()
		go func() { errs <- last(bridge.Numbers(background, 1<<40)) }()
		go func() {
			rows, err := bridge.Query(background, false, 1<<40)
			for _, err = range rows {
			}
			errs <- err
		}()
	}
	wait(t, "not all streams began", func() bool { return bridge.Alive() == 4*each && begun.Load() > 0 })
	equal(t, bridge.ShutdownTasks(ctx), nil)
	for range 4 * each {
		if err := <-errs; !errors.As(err, &unavailable) {
			t.Error(err)
		}
	}
	if err := last(bridge.Numbers(background, 10)); !errors.As(err, &unavailable) {
		t.Error(err)
	}
	wait(t, "a stream of Rust is alive", func() bool { return bridge.Alive() == 0 })
}

func TestErrorsAndPanicsOfGo(t *testing.T) {
	check(t)
	seq := func(end func()) iter.Seq2[uint64, error] {
		return func(yield func(uint64, error) bool) {
			_ = yield(1, nil) && yield(0, io.EOF) && yield(2, nil)
			time.Sleep(time.Millisecond)
			end()
		}
	}
	for _, c := range []struct {
		end  func()
		told string
	}{
		{func() {}, ""},
		{func() { panic("broken") }, "; Panic: broken"},
		{runtime.Goexit, "; Goexit: runtime.Goexit was called"},
	} {
		told, err := bridge.Describe(background, seq(c.end))
		equal(t, err, nil)
		equal(t, strings.Join(told, "; "), "1; Error: EOF; 2"+c.told)
	}
	_, err := bridge.Sum(background, func(yield func(uint64) bool) { panic("broken") })
	var p *bridge.PanicError
	if !errors.As(err, &p) || !strings.Contains(p.Message, "broken") {
		t.Error(err)
	}
}

func TestRustDropsAStreamOfGo(t *testing.T) {
	check(t)
	for n := range uint32(10) {
		for _, unbuffered := range []bool{false, true} {
			got, err := bridge.First(background, upTo(1<<40), n, unbuffered)
			equal(t, err, nil)
			equal(t, len(got), int(n))
		}
	}
	// In lockstep it does not go on before the next item is wanted.
	var made atomic.Uint64
	got, err := bridge.First(background, func(yield func(uint64) bool) {
		for i := uint64(0); yield(i); i++ {
			made.Add(1)
		}
	}, 5, true)
	equal(t, err, nil)
	equal(t, len(got), 5)
	equal(t, made.Load(), 4)
	// Dropped while Go is about to wake it.
	for polls := range uint32(50) {
		bridge.DropAfter(upTo(1<<40), polls)
		bridge.DropAfter(func(yield func(uint64) bool) {
			time.Sleep(time.Duration(polls) * 10 * time.Microsecond)
			_ = yield(1) && yield(2)
		}, 1)
	}
	for i := range uint64(20) {
		n := i * 1000
		bridge.Keep(&n)
	}
	bridge.Keep(nil)
	// A future that is given up drops the stream with it.
	for i := range 20 {
		ctx, cancel := context.WithTimeout(background, time.Duration(i)*50*time.Microsecond)
		bridge.Sum(ctx, upTo(1<<40))
		cancel()
	}
}

func TestSlowConsumers(t *testing.T) {
	check(t)
	var made atomic.Int64
	total, err := bridge.EatSlowly(background, func(yield func([]byte) bool) {
		for range 200 {
			made.Add(1)
			if !yield(make([]byte, 100_000)) {
				return
			}
		}
	}, 100)
	equal(t, err, nil)
	equal(t, total, 20_000_000)
	// Rust is not ahead by more than a batch.
	bridge.Polls()
	for v := range bridge.Numbers(background, 1<<40) {
		if v == 10_000 {
			break
		}
		if v%500 == 0 {
			time.Sleep(100 * time.Microsecond)
		}
	}
	if polls := bridge.Polls(); polls > 11_000 {
		t.Error("polled", polls)
	}
}

func TestHammer(t *testing.T) {
	check(t)
	tasks := uint32(200)
	if testing.Short() {
		tasks = 20
	}
	got, err := bridge.Hammer(background, tasks, 2000)
	equal(t, err, nil)
	equal(t, got, uint64(tasks/2)*(sum(2000)+sum(10)))
	var all sync.WaitGroup
	for range 50 {
		all.Add(1)
		go func() {
			defer all.Done()
			seen := 0
			for range bridge.Ticks(background, 50, 50) {
				seen++
			}
			equal(t, seen, 50)
		}()
	}
	all.Wait()
}

func TestMemoryStaysFlat(t *testing.T) {
	check(t)
	resident.Settles(t, func(n int) {
		for range n / 1000 {
			bridge.Sum(background, upTo(2000))
			for range bridge.Numbers(background, 2000) {
			}
			for range bridge.Stubborn(background, 20, 1, 1) {
			}
			bridge.First(background, upTo(1000), 2, false)
		}
	})
}
