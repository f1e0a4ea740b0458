package async_imports_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gangplank.example/e2e/async_imports/bridge"
	"gangplank.example/e2e/async_imports/bridge/bridgetest"
	"gangplank.example/e2e/leaked"
	"gangplank.example/e2e/resident"
	"gangplank.example/e2e/stack"
)

// fetcher implements bridge.Fetcher.
type fetcher struct{}

var errDenied = errors.New("denied")

func (fetcher) Nothing(context.Context) {}

func (fetcher) Add(_ context.Context, a uint64, b int32) uint64 { return a + uint64(int64(b)) }

func (fetcher) Echo(_ context.Context, text string) string {
	stack.Grow(3)
	return strings.Clone(text)
}

func (fetcher) Bytes(_ context.Context, data, more []byte) ([]byte, error) {
	return slices.Concat(data, more), nil
}

func (fetcher) Numbers(_ context.Context, numbers []uint64) []uint64 {
	return append(numbers, uint64(len(numbers)))
}

func (fetcher) Long(_ context.Context, a, b string, c []uint16, d string, e uint8, f string, g []byte, h bridge.Page, i string) string {
	return fmt.Sprint(a, b, c, d, e, f, g, h.URL, h.Parts, *h.Note, i)
}

func (fetcher) Page(_ context.Context, page bridge.Page, extra *uint32) (bridge.Page, error) {
	if page.URL == "" {
		return bridge.Page{}, &bridge.NotFoundError{URL: "nowhere"}
	}
	if extra != nil {
		page.Parts = append(page.Parts, *extra)
	}
	return page, nil
}

func (fetcher) Fail(ctx context.Context, how string) (uint64, error) {
	stack.Grow(2)
	switch how {
	case "panic":
		panic("Fail panics")
	case "nil":
		var p *int
		return uint64(*p), nil
	case "goexit":
		runtime.Goexit()
	case "own":
		return 0, &bridge.NotFoundError{URL: "own"}
	case "error":
		return 0, fmt.Errorf("outer: %w", errDenied)
	case "rust":
		return 0, errors.New(bridge.Failure("panic"))
	}
	return 1, nil
}

func (f fetcher) Must(ctx context.Context, how string) uint64 {
	v, err := f.Fail(ctx, how)
	if err != nil {
		panic(err)
	}
	return v
}

// gates are what Wait waits for.
var gates sync.Map

func gate(id uint64) chan string {
	g, _ := gates.LoadOrStore(id, make(chan string))
	return g.(chan string)
}

var (
	started, ended atomic.Int64
	lastErr        atomic.Value
)

func (fetcher) Wait(ctx context.Context, id uint64) (string, error) {
	started.Add(1)
	defer ended.Add(1)
	child, cancel := context.WithCancel(ctx)
	defer cancel()
	select {
	case text := <-gate(id):
		return text, nil
	case <-child.Done():
		lastErr.Store(child.Err().Error())
		return "", ctx.Err()
	}
}

func (f fetcher) WaitAndMake(ctx context.Context, id uint64) (func(uint64) uint64, error) {
	f.Wait(ctx, id)
	return func(x uint64) uint64 { return x }, nil
}

func (fetcher) Call(_ context.Context, f func(uint64) uint64, x uint64) (uint64, error) {
	return f(x), nil
}

func (fetcher) Count(_ context.Context, c *bridge.Counter, n uint64) uint64 {
	defer c.Close()
	return c.Add(n)
}

func (fetcher) Make(_ context.Context, factor uint64) (func(uint64) uint64, error) {
	return func(x uint64) uint64 { return x * factor }, nil
}

func (fetcher) Left(ctx context.Context) *uint64 {
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	left := uint64(time.Until(deadline).Milliseconds())
	return &left
}

func (fetcher) Deaf(_ context.Context, milliseconds uint64) (uint64, error) {
	started.Add(1)
	defer ended.Add(1)
	time.Sleep(time.Duration(milliseconds) * time.Millisecond)
	return milliseconds, nil
}

func (fetcher) Down(_ context.Context, depth uint32) uint32 { return bridge.Down(depth - 1) }

func (fetcher) Quick(_ context.Context, x uint64) uint64 { return x + 1 }

func (fetcher) QuickText(_ context.Context, text string) (string, error) { return text + "!", nil }

func (fetcher) Plain(x uint64) uint64 { return x + 2 }

func TestMain(m *testing.M) {
	bridge.RegisterFetcher(fetcher{})
	os.Exit(m.Run())
}

func TestEveryKindOfValue(t *testing.T) {
	bridgetest.NoLeaks(t)
	for _, text := range []string{"", "x", "héllo", strings.Repeat("long ", 200), strings.Repeat("longer ", 30_000)} {
		said, err := bridge.Transcript("t" + text)
		if err != nil {
			t.Fatal(err)
		}
		text = "t" + text
		want := []string{
			"5 0", text, "", fmt.Sprint(len(text) + 3),
			"[1, 2, 18446744073709551615, 3] [0]",
			fmt.Sprint("a", "", []uint16{1, 2, 3}, text, 5, "f", []byte{7, 7, 7, 7, 7, 7, 7, 7, 7}, text, []uint32{1, 2, 3}, "a note", "i"),
			fmt.Sprintf("Page { url: %q, parts: [1, 2, 3, 4], note: Some(\"a note\") }", text),
			`not found "nowhere"`, "42", "15", "2 3", "2 " + text + "!", "3",
		}
		if !slices.Equal(said, want) {
			t.Errorf("got  %.200q\nwant %.200q", said, want)
		}
	}
}

func TestFailures(t *testing.T) {
	bridgetest.NoLeaks(t)
	for how, want := range map[string]string{
		"no":     "ok 1",
		"panic":  "Panic: Fail panics: stack",
		"nil":    "Panic: runtime error: invalid memory address or nil pointer dereference: stack",
		"goexit": "Goexit: runtime.Goexit was called: stack",
		"own":    "not found: own",
		"error":  "Error: outer: denied: no stack",
		"rust":   "Error: Panic: Fail panics: stack: no stack",
	} {
		if got := bridge.Failure(how); got != want {
			t.Errorf("%s: %s", how, got)
		}
	}
	if _, err := bridge.FailureBack("error"); !errors.Is(err, errDenied) {
		t.Error("the error that came back is another one:", err)
	}
	var goexit *bridge.GoexitError
	if _, err := bridge.FailureBack("goexit"); !errors.As(err, &goexit) {
		t.Error(err)
	}
}

func TestFailuresWithoutAnError(t *testing.T) {
	for _, how := range []string{"panic", "goexit", "error"} {
		func() {
			defer func() {
				var p *bridge.PanicError
				if err, _ := recover().(error); !errors.As(err, &p) {
					t.Errorf("%s: %v", how, err)
				}
			}()
			t.Error(how, bridge.Must(how))
		}()
	}
}

func TestGoexitManyTimes(t *testing.T) {
	bridgetest.NoLeaks(t)
	before := runtime.NumGoroutine()
	for range 2000 {
		bridge.Failure("goexit")
	}
	settled(t, before+80)
}

// settled waits until there are no more than so many goroutines.
func settled(t *testing.T, most int) {
	t.Helper()
	for range 1000 {
		if runtime.NumGoroutine() <= most {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	t.Errorf("%d goroutines are left, %d are allowed", runtime.NumGoroutine(), most)
}

// idle waits until all methods that began have ended.
func idle(t *testing.T) {
	t.Helper()
	for range 5000 {
		if started.Load() == ended.Load() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d methods still run", started.Load()-ended.Load())
}

func TestNothingHappensBeforeThePoll(t *testing.T) {
	bridgetest.NoLeaks(t)
	before := started.Load()
	bridge.MakeAndDrop(100)
	if started.Load() != before {
		t.Error("a call was made")
	}
}

func TestDropCancels(t *testing.T) {
	bridgetest.NoLeaks(t)
	leaked.Goroutines(t)
	for i := range 200 {
		if !bridge.PollAndDrop(1, uint64(i%2)) {
			t.Fatal("it was ready")
		}
	}
	idle(t)
	if err := lastErr.Load(); err != context.Canceled.Error() {
		t.Error(err)
	}
}

func TestWhatComesTooLateIsReleased(t *testing.T) {
	bridgetest.NoLeaks(t)
	leaked.Goroutines(t)
	for range 200 {
		bridge.PollAndDropMaker(1)
	}
	idle(t)
}

func TestWaits(t *testing.T) {
	bridgetest.NoLeaks(t)
	var wait sync.WaitGroup
	for i := range uint64(100) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			text, err := bridge.Wait(1000 + i)
			if want := fmt.Sprint("released ", i); err != nil || text != want {
				t.Error(text, err)
			}
		}()
	}
	for i := range uint64(100) {
		gate(1000 + i) <- fmt.Sprint("released ", i)
	}
	wait.Wait()
}

func TestDeadlines(t *testing.T) {
	bridgetest.NoLeaks(t)
	begin := time.Now()
	_, err := bridge.WaitWithin(2, 30*time.Millisecond)
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) < 30*time.Millisecond || time.Since(begin) > 5*time.Second {
		t.Error(err, time.Since(begin))
	}
	for _, none := range []time.Duration{0, 1} {
		if _, err := bridge.WaitWithin(2, none); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	}
	if said, took := bridge.DeafWithin(300, 20*time.Millisecond); said != context.DeadlineExceeded.Error() || took > 250 {
		t.Error(said, took)
	}
	if said, _ := bridge.DeafWithin(1, time.Minute); said != "ok 1" {
		t.Error(said)
	}
	idle(t)
	for _, c := range [][2]time.Duration{{time.Hour, time.Minute}, {time.Minute, time.Hour}} {
		first, second := bridge.Left(c[0], c[1])
		if first == nil || *first > 60_000 || *first < 50_000 || second != nil {
			t.Error(first, second)
		}
	}
	// Longer than can be told.
	if first, _ := bridge.Left(1<<63-1, 1<<63-1); first == nil || *first < 1<<40 {
		t.Error(first)
	}
}

func TestCancelAtEveryPoll(t *testing.T) {
	bridgetest.NoLeaks(t)
	leaked.Goroutines(t)
	for polls := range uint32(100) {
		if sum := bridge.CancelAfter(polls); sum != nil {
			if *sum != 2+4+(1+6)+100+2+5000 {
				t.Error(*sum)
			}
			if polls < 2 {
				t.Error("done after", polls)
			}
			return
		}
	}
	t.Error("never done")
}

func TestConcurrent(t *testing.T) {
	bridgetest.NoLeaks(t)
	const n, rounds = 500, 20
	want := uint64(n*(n-1)/2*rounds + n*rounds*(rounds-1)/2)
	if sum := bridge.Concurrent(n, rounds); sum != want {
		t.Error(sum, want)
	}
	for _, threads := range []uint32{1, 4} {
		if sum := bridge.ConcurrentTokio(n, rounds, threads); sum != want {
			t.Error(sum, want)
		}
	}
}

func TestAHundredThousandAtOnce(t *testing.T) {
	n := uint64(100_000)
	if stack.Race {
		n = 10_000
	}
	before := runtime.NumGoroutine()
	if sum := bridge.Concurrent(uint32(n), 1); sum != n*(n-1)/2 {
		t.Error(sum)
	}
	settled(t, before+80)
}

func TestStorm(t *testing.T) {
	bridgetest.NoLeaks(t)
	leaked.Goroutines(t)
	if n := bridge.Storm(3000); n != 3000 {
		t.Error(n)
	}
	idle(t)
}

func TestFewGoroutines(t *testing.T) {
	bridgetest.NoLeaks(t)
	bridge.SetGoroutines(3)
	defer bridge.SetGoroutines(10_000)
	if sum := bridge.Concurrent(1000, 3); sum != 1000*999/2*3+1000*3 {
		t.Error(sum)
	}
	// Each needs a goroutine for every level, and there are fewer than that.
	if sum := bridge.ManyDown(8, 6); sum != 8*5 {
		t.Error(sum)
	}
	// What waits in Rust may be given up, too.
	if n := bridge.Storm(600); n != 600 {
		t.Error(n)
	}
	idle(t)
	if sum := bridge.Concurrent(100, 3); sum != 100*99/2*3+100*3 {
		t.Error(sum)
	}
}

// Beyond the limit calls are not posted: they cross, and wait in Rust where Go has no room.
func TestPostLimit(t *testing.T) {
	bridgetest.NoLeaks(t)
	defer bridge.SetPostLimit(1 << 16)
	bridge.SetGoroutines(2)
	defer bridge.SetGoroutines(10_000)
	for _, limit := range []uint32{0, 1, 7} {
		bridge.SetPostLimit(limit)
		if sum := bridge.Concurrent(1000, 3); sum != 1000*999/2*3+1000*3 {
			t.Error(limit, sum)
		}
		if n := bridge.Storm(300); n != 300 {
			t.Error(limit, n)
		}
	}
	idle(t)
}

// Memory stays as it is over many calls of each kind: GANGPLANK_CALLS=600000 is three million of each in a round.
func TestMemorySettles(t *testing.T) {
	if stack.Race {
		t.Skip("the race detector keeps memory of its own")
	}
	kinds := []struct {
		name  string
		times int
	}{
		{"number", 5}, {"text", 5}, {"long text", 2}, {"record", 5}, {"error", 5}, {"function", 5}, {"at once", 5}, {"given up", 1},
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			resident.Settles(t, func(n int) { bridge.Repeat(kind.name, uint32(n*kind.times)) })
		})
	}
	idle(t)
}

func TestDown(t *testing.T) {
	bridgetest.NoLeaks(t)
	if n := bridge.Down(20); n != 20 {
		t.Error(n)
	}
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
	errs := make(chan error)
	for i := range uint64(50) {
		go func() {
			_, err := bridge.Wait(2000 + i)
			errs <- err
		}()
	}
	for started.Load() < 50 {
		time.Sleep(time.Millisecond)
	}
	if err := bridge.ShutdownCalls(context.Background()); err != nil {
		t.Error(err)
	}
	var unavailable *bridge.UnavailableError
	for range 50 {
		if err := <-errs; !errors.As(err, &unavailable) {
			t.Error(err)
		}
	}
	if _, err := bridge.Wait(1); !errors.As(err, &unavailable) {
		t.Error(err)
	}
	idle(t)
}

func TestMock(t *testing.T) {
	if n := bridge.Mocked(); n != 103 {
		t.Error(n)
	}
}

type other struct{ fetcher }

func (other) Add(context.Context, uint64, int32) uint64 { return 77 }

func TestGiven(t *testing.T) {
	bridgetest.NoLeaks(t)
	if n := bridge.Given(other{}); n != 77 {
		t.Error(n)
	}
}

func TestNothingRegistered(t *testing.T) {
	bridge.RegisterFetcher(nil)
	defer bridge.RegisterFetcher(fetcher{})
	if got := bridge.Failure("no"); !strings.HasPrefix(got, "Unavailable: no implementation of Fetcher is registered") {
		t.Error(got)
	}
}
