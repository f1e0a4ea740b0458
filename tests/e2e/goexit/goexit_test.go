package goexit_test

import (
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gangplank.example/e2e/goexit/bridge"
	"gangplank.example/e2e/observers"
	"gangplank.example/e2e/stack"
)

// quitter implements bridge.Quitter.
type quitter struct{}

// ended counts the deferred functions that ran.
var ended atomic.Int64

func (quitter) Quit(end bridge.End) (uint32, error) {
	defer ended.Add(1)
	stack.Grow(4)
	leave(end)
	return 7, nil
}

func (quitter) QuitText(end bridge.End, text string) string {
	leave(end)
	return text
}

func (quitter) Deeper(levels uint32, end bridge.End) (uint32, error) {
	defer ended.Add(1)
	stack.Grow(int(levels))
	return bridge.Descend(levels-1, end)
}

func leave(end bridge.End) {
	switch end {
	case bridge.EndExit:
		runtime.Goexit()
	case bridge.EndFailNow:
		new(testing.T).FailNow()
	case bridge.EndExitInPanic:
		defer runtime.Goexit()
		panic("on the way out")
	case bridge.EndPanicInExit:
		defer func() { panic("while exiting") }()
		runtime.Goexit()
	}
}

func TestMain(m *testing.M) {
	bridge.RegisterQuitter(quitter{})
	os.Exit(m.Run())
}

// goroutine runs f on a goroutine and says whether it came to its end.
func goroutine(f func()) (finished bool) {
	var wait sync.WaitGroup
	wait.Add(1)
	go func() {
		defer wait.Done()
		f()
		finished = true
	}()
	wait.Wait()
	return finished
}

// exits are the ways for a goroutine to exit.
var exits = []bridge.End{bridge.EndExit, bridge.EndFailNow, bridge.EndExitInPanic}

func TestAGoroutineExitsThroughRust(t *testing.T) {
	if n, err := bridge.Call(bridge.EndReturn); n != 7 || err != nil {
		t.Fatal(n, err)
	}
	for _, end := range exits {
		seen, went := bridge.Seen(), ended.Load()
		if goroutine(func() { bridge.Call(end) }) {
			t.Errorf("%v: the goroutine went on", end)
		}
		if bridge.Seen() != seen+1 || ended.Load() != went+1 || bridge.Alive() != 0 {
			t.Errorf("%v: Rust saw %d exits, %d deferred functions ran, %d values are alive", end, bridge.Seen()-seen, ended.Load()-went, bridge.Alive())
		}
	}
}

func TestAPanicWinsOverAnExit(t *testing.T) {
	goroutine(func() {
		_, err := bridge.Call(bridge.EndPanicInExit)
		if err == nil || !strings.Contains(err.Error(), "while exiting") {
			t.Errorf("%v", err)
		}
	})
}

func TestGoCannotBeCalledWhileExiting(t *testing.T) {
	seen := bridge.Seen()
	if goroutine(func() { bridge.CallAgain() }) {
		t.Error("the goroutine went on")
	}
	if n := bridge.Seen() - seen; n != 2 || bridge.Alive() != 0 {
		t.Errorf("Rust saw %d exits, %d values are alive", n, bridge.Alive())
	}
}

func TestWithoutAnErrorToReturn(t *testing.T) {
	if goroutine(func() { bridge.CallText(bridge.EndExit, "gone") }) || bridge.Alive() != 0 {
		t.Error("the goroutine went on, or values are alive")
	}
	if got := bridge.CallText(bridge.EndReturn, "here"); got != "here" {
		t.Error(got)
	}
}

func TestThroughTenLevels(t *testing.T) {
	const levels = 10
	if n, err := bridge.Descend(levels, bridge.EndReturn); n != 7+levels+1 || err != nil {
		t.Fatal(n, err)
	}
	for _, end := range exits {
		seen, went := bridge.Seen(), ended.Load()
		if goroutine(func() { bridge.Descend(levels, end) }) {
			t.Errorf("%v: the goroutine went on", end)
		}
		if bridge.Seen() != seen+levels+1 || ended.Load() != went+levels+1 || bridge.Alive() != 0 {
			t.Errorf("%v: Rust saw %d exits, %d deferred functions ran, %d values are alive", end, bridge.Seen()-seen, ended.Load()-went, bridge.Alive())
		}
	}
}

func TestOnThreadsOfRust(t *testing.T) {
	for _, end := range exits {
		if n := bridge.OnThreads(4, 50, end); n != 200 || bridge.Alive() != 0 {
			t.Errorf("%v: %d of 200, %d values are alive", end, n, bridge.Alive())
		}
		if got := bridge.DescendOnThread(10, end); !strings.HasPrefix(got, "Goexit: ") {
			t.Errorf("%v: %s", end, got)
		}
	}
	if got := bridge.DescendOnThread(10, bridge.EndReturn); got != "returned 18" {
		t.Error(got)
	}
}

// TestObserved has goroutines wait and wake others in deferred functions, on their way out across Rust, while profilers follow their stacks.
func TestObserved(t *testing.T) {
	work := func() error {
		for range 40 {
			over := make(chan bool)
			go func() {
				defer func() {
					woken := make(chan bool)
					go func() { woken <- true }()
					<-woken
					stack.Grow(16)
					over <- true
				}()
				_, _ = bridge.Descend(2, bridge.EndExit)
			}()
			<-over
		}
		return nil
	}
	seen := func(string, string) error { return nil }
	if err := observers.Under(observers.All, work, seen); err != nil {
		t.Error(err)
	}
}

func TestTenThousandTimesUnderLoad(t *testing.T) {
	times := 10_000
	if testing.Short() {
		times = 1_000
	}
	stop := make(chan struct{})
	var collector sync.WaitGroup
	collector.Add(1)
	go func() {
		defer collector.Done()
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	}()
	seen := bridge.Seen()
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range times / 8 {
				if goroutine(func() { bridge.Descend(uint32(i%3), exits[worker%len(exits)]) }) {
					t.Error("the goroutine went on")
				}
			}
		}()
	}
	rust := bridge.OnThreads(4, uint32(times/8), bridge.EndExit)
	wait.Wait()
	close(stop)
	collector.Wait()
	if rust != uint64(times/8*4) || bridge.Alive() != 0 || bridge.Seen() == seen {
		t.Errorf("%d of %d on threads of Rust, %d values are alive", rust, times/8*4, bridge.Alive())
	}
}
