package closures_test

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"weak"

	"gangplank.example/e2e/closures/bridge"
	"gangplank.example/e2e/closures/bridge/bridgetest"
	"gangplank.example/e2e/resident"
	"gangplank.example/e2e/stack"
)

// host implements bridge.Host.
type host struct{}

func (host) Run(f func(uint64) (uint64, error), n uint64) (uint64, error) {
	stack.Grow(4)
	v, err := f(n)
	if err != nil {
		return 0, fmt.Errorf("host: %w", err)
	}
	if _, again := f(n); again == nil {
		return 0, errors.New("a function that can be called once ran twice")
	}
	return v, nil
}

func TestMain(m *testing.M) {
	bridge.RegisterHost(host{})
	os.Exit(m.Run())
}

const text = "one plank\ntwo ships\nthree planks\nfour planks"

func TestLentFunctions(t *testing.T) {
	bridgetest.NoLeaks(t)
	var hits []bridge.Hit
	n := bridge.Each(text, "plank", func(h bridge.Hit) bool {
		stack.Grow(3)
		hits = append(hits, h)
		return len(hits) < 2
	})
	want := []bridge.Hit{{Text: "one plank", Line: 1}, {Text: "three planks", Line: 3}}
	if n != 2 || !slices.Equal(hits, want) {
		t.Error(n, hits)
	}
	var lines []string
	n, err := bridge.TryEach(text, "plank", func(text string, line uint32) error {
		lines = append(lines, fmt.Sprint(line, text))
		return nil
	})
	if n != 3 || err != nil || lines[2] != "4four planks" {
		t.Error(n, err, lines)
	}
	if _, err := bridge.TryEach(text, "", nil2); !errors.Is(err, bridge.ErrEmpty) {
		t.Error(err)
	}
	if got := bridge.SumOf(1000, func(n uint64) uint64 { return 2 * n }); got != 999_000 {
		t.Error(got)
	}
}

func nil2(string, uint32) error { return nil }

type sentinel struct{ code int }

func (s *sentinel) Error() string { return fmt.Sprint("sentinel ", s.code) }

func TestErrorsComeBackAsTheyWere(t *testing.T) {
	bridgetest.NoLeaks(t)
	mine := &sentinel{7}
	_, err := bridge.Pass(func() (uint64, error) { return 0, mine })
	var as *sentinel
	if !errors.Is(err, mine) || !errors.As(err, &as) || as != mine {
		t.Errorf("%T %v", err, err)
	}
	// Through an error type of Rust that holds it.
	_, err = bridge.TryEach(text, "ships", func(string, uint32) error { return fmt.Errorf("visit: %w", mine) })
	if !errors.As(err, &as) || as != mine || !strings.Contains(err.Error(), "visit: sentinel 7") {
		t.Errorf("%T %v", err, err)
	}
	if n, err := bridge.Pass(func() (uint64, error) { return 5, nil }); n != 5 || err != nil {
		t.Error(n, err)
	}
}

func TestEveryDepth(t *testing.T) {
	bridgetest.NoLeaks(t)
	mine := errors.New("at the bottom")
	var down func(uint32) (uint32, error)
	down = func(levels uint32) (uint32, error) {
		stack.Grow(int(levels))
		return bridge.Descend(levels, down)
	}
	if n, err := bridge.Descend(40, down); n != 40 || err != nil {
		t.Error(n, err)
	}
	down = func(levels uint32) (uint32, error) {
		if levels == 3 {
			return 0, mine
		}
		return bridge.Descend(levels, down)
	}
	if _, err := bridge.Descend(20, down); !errors.Is(err, mine) {
		t.Error(err)
	}
	down = func(levels uint32) (uint32, error) {
		if levels == 3 {
			panic("at the bottom")
		}
		return bridge.Descend(levels, down)
	}
	var panicked *bridge.PanicError
	_, err := bridge.Descend(20, down)
	if err == nil || !strings.Contains(err.Error(), "at the bottom") {
		t.Errorf("%T %v %v", err, err, errors.As(err, &panicked))
	}
}

func recovered(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}

func TestPanicsWithoutAnError(t *testing.T) {
	bridgetest.NoLeaks(t)
	got := recovered(func() { bridge.SumOf(3, func(uint64) uint64 { panic("in the middle") }) })
	if err, ok := got.(error); !ok || !strings.Contains(err.Error(), "in the middle") {
		t.Errorf("%T %v", got, got)
	}
}

func TestGoexitInACallback(t *testing.T) {
	bridgetest.NoLeaks(t)
	var wait sync.WaitGroup
	var after atomic.Bool
	wait.Add(1)
	go func() {
		defer wait.Done()
		bridge.SumOf(3, func(n uint64) uint64 {
			if n == 1 {
				runtime.Goexit()
			}
			return n
		})
		after.Store(true)
	}()
	wait.Wait()
	if after.Load() {
		t.Error("the goroutine went on")
	}
}

func TestKeptFunctions(t *testing.T) {
	bridgetest.NoLeaks(t)
	for i := range uint64(100) {
		bridge.Keep(func(n uint64) uint64 { return i * n })
	}
	runtime.GC()
	if got := bridge.CallKept(2); got != 9900 {
		t.Error(got)
	}
	if n := bridge.ForgetKept(); n != 100 {
		t.Error(n)
	}
}

func TestThereIsNoLimit(t *testing.T) {
	bridgetest.NoLeaks(t)
	const n = 50_000
	for range n {
		bridge.Keep(func(n uint64) uint64 { return n })
	}
	if got := bridge.CallKept(1); got != n {
		t.Error(got)
	}
	bridge.ForgetKept()
}

func TestKeptFunctionsAreReleased(t *testing.T) {
	type big struct{ memory [1 << 10]byte }
	var pointers []weak.Pointer[big]
	for i := range 100 {
		b := &big{}
		pointers = append(pointers, weak.Make(b))
		f := func(n uint64) uint64 { return n + uint64(b.memory[i]) }
		if got := bridge.Touch(f, 5); got != 5 {
			t.Error(got)
		}
	}
	alive := 0
	for range 100 {
		runtime.GC()
		alive = 0
		for _, p := range pointers {
			if p.Value() != nil {
				alive++
			}
		}
		if alive == 0 {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%d functions are kept that nobody holds", alive)
}

func TestFnOnceAndOption(t *testing.T) {
	bridgetest.NoLeaks(t)
	if got := bridge.Once(strings.ToUpper, true); got == nil || *got != "ONCE" {
		t.Error(got)
	}
	if got := bridge.Once(strings.ToUpper, false); got != nil {
		t.Error(*got)
	}
	if got := bridge.Maybe(nil, 1); got != nil {
		t.Error(*got)
	}
	if got := bridge.Maybe(func(n uint64) uint64 { return n + 1 }, 1); got == nil || *got != 2 {
		t.Error(got)
	}
	missing := recovered(func() { bridge.Each("a", "a", nil) })
	if err, ok := missing.(error); !ok || !strings.Contains(err.Error(), "visit") {
		t.Errorf("%T %v", missing, missing)
	}
}

func TestFunctionsOfRust(t *testing.T) {
	add := bridge.Adder(5)
	if add(1) != 6 || add(10) != 15 {
		t.Error(add(1))
	}
	tick := bridge.Ticker()
	var wait sync.WaitGroup
	for range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 100 {
				tick()
			}
		}()
	}
	wait.Wait()
	if n := tick(); n != 801 {
		t.Error(n)
	}
	secret := bridge.Secret("plank")
	if got := secret(); got != "plank" {
		t.Error(got)
	}
	again := recovered(func() { secret() })
	if err, ok := again.(error); !ok || !strings.Contains(err.Error(), "once") {
		t.Errorf("%T %v", again, again)
	}
	parse := bridge.Failing(false)
	if n, err := parse("12"); n != 12 || err != nil {
		t.Error(n, err)
	}
	if _, err := parse("x"); !errors.Is(err, bridge.ErrEmpty) {
		t.Error(err)
	}
	var panicked *bridge.PanicError
	if _, err := bridge.Failing(true)("x"); !errors.As(err, &panicked) {
		t.Error(err)
	}
}

func TestFunctionsThroughFunctions(t *testing.T) {
	double, inc := func(n uint64) uint64 { return 2 * n }, func(n uint64) uint64 { return n + 1 }
	f := bridge.Compose(double, inc)
	for range 10 {
		f = bridge.Compose(f, inc)
	}
	if got := f(5); got != 21 {
		t.Error(got)
	}
	g := bridge.Compose(bridge.Adder(1), bridge.Adder(2))
	if got := g(0); got != 3 {
		t.Error(got)
	}
}

func TestFunctionsInRecords(t *testing.T) {
	bridgetest.NoLeaks(t)
	hooks := bridge.Hooks{
		Before: strings.TrimSpace,
		After:  func(s string) string { return s + "!" },
		Named:  map[string]func(string) string{"upper": strings.ToUpper, "lower": strings.ToLower},
	}
	if got := bridge.RunHooks(hooks, " Plank ", "upper"); got != "PLANK!" {
		t.Error(got)
	}
	hooks.After = nil
	if got := bridge.RunHooks(hooks, " Plank ", "lower"); got != "plank" {
		t.Error(got)
	}
	made := bridge.MakeHooks("*")
	if got := made.After(made.Before("x")); got != "*x*" {
		t.Error(got)
	}
	if got := bridge.RunHooks(made, "y", ""); got != "*y*" {
		t.Error(got)
	}
	if refused := recovered(func() { bridge.RunHooks(bridge.Hooks{}, "", "") }); refused == nil {
		t.Error("a nil function in a field")
	}
}

// store implements bridge.Store.
type store struct {
	lock   sync.Mutex
	values map[string]string
	below  map[string]*store
}

var errMissing = errors.New("missing")

func newStore(pairs ...string) *store {
	s := &store{values: map[string]string{}, below: map[string]*store{}}
	for i := 0; i < len(pairs); i += 2 {
		s.values[pairs[i]] = pairs[i+1]
	}
	return s
}

func (s *store) Get(key string) (string, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	v, ok := s.values[key]
	if !ok {
		return "", errMissing
	}
	return v, nil
}

func (s *store) Put(key, value string) uint64 {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.values[key] = value
	return uint64(len(s.values))
}

func (s *store) Each(visit func(string, string) bool) (uint32, error) {
	n := uint32(0)
	for key, value := range s.values {
		n++
		if !visit(key, value) {
			break
		}
	}
	return n, nil
}

func (s *store) Getter() func(string) (string, error) { return s.Get }

func (s *store) Below(name string) bridge.Store {
	if below := s.below[name]; below != nil {
		return below
	}
	return nil
}

func TestImplementations(t *testing.T) {
	bridgetest.NoLeaks(t)
	a, b := newStore("x", "1", "y", "2"), newStore("x", "3")
	if v, err := bridge.LookUp(a, "x"); v != "1" || err != nil {
		t.Error(v, err)
	}
	if v, err := bridge.LookUp(b, "x"); v != "3" || err != nil {
		t.Error("another value of the same type:", v, err)
	}
	if _, err := bridge.LookUp(a, "z"); !errors.Is(err, errMissing) {
		t.Error(err)
	}
	if n, err := bridge.Copy(a, b); n != 2 || err != nil || b.values["x"] != "1" || b.values["y"] != "2" {
		t.Error(n, err, b.values)
	}
	a.below["b"] = b
	if v, err := bridge.Dig(a, "b", "y"); v != "2/2" || err != nil {
		t.Error(v, err)
	}
	if v, err := bridge.Dig(a, "none", "y"); v != "2/" || err != nil {
		t.Error(v, err)
	}
	got := bridge.LookUpAll([]bridge.Shelf{{Store: a, Key: "x"}, {Store: b, Key: "z"}})
	if len(got) != 2 || *got[0] != "1" || got[1] != nil {
		t.Error(got)
	}
	if refused := recovered(func() { bridge.LookUp(nil, "x") }); refused != nil {
		t.Error("a panic where there is an error to return:", refused)
	}
	if _, err := bridge.LookUp(nil, "x"); err == nil || !strings.Contains(err.Error(), "store") {
		t.Error(err)
	}
}

func TestImplementationsComeBackAsTheyWere(t *testing.T) {
	bridgetest.NoLeaks(t)
	a, b := newStore("x", "1"), newStore("x", "2")
	bridge.KeepStore(a)
	bridge.KeepStore(b)
	for range 3 {
		runtime.GC()
		kept := bridge.KeptStores()
		if len(kept) != 2 || kept[0] != bridge.Store(a) || kept[1] != bridge.Store(b) {
			t.Fatal(kept)
		}
	}
	// Released while they travel.
	kept := bridge.TakeStores()
	if len(kept) != 2 || kept[0] != bridge.Store(a) {
		t.Fatal(kept)
	}
}

func TestRustFunctionsGivenToGo(t *testing.T) {
	if n, err := bridge.HostRun(41, false); n != 42 || err != nil {
		t.Error(n, err)
	}
	_, err := bridge.HostRun(41, true)
	if !errors.Is(err, bridge.ErrEmpty) || !strings.HasPrefix(err.Error(), "host: ") {
		t.Errorf("%T %v", err, err)
	}
}

func settle(t *testing.T, want int64) {
	t.Helper()
	for range 200 {
		if bridge.Listeners() == want {
			return
		}
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%d listeners, want %d", bridge.Listeners(), want)
}

func TestACycleIsBrokenByAWeakPointer(t *testing.T) {
	before := bridge.Listeners()
	said := 0
	func() {
		var l *bridge.Listener
		var to weak.Pointer[bridge.Listener]
		l = bridge.NewListener(func(string) {
			if l := to.Value(); l != nil {
				said = len(l.Heard())
			}
		})
		to = weak.Make(l)
		l.Hear("one")
		l.Hear("two")
		runtime.KeepAlive(l)
	}()
	if said != 2 {
		t.Error(said)
	}
	settle(t, before)
}

func TestMemoryIsFlat(t *testing.T) {
	if stack.Race {
		t.Skip("the race detector's own memory grows with each runtime.AddCleanup")
	}
	run := func(n int) {
		add := uint64(1)
		for range n {
			bridge.Touch(func(n uint64) uint64 { return n + add }, 1)
			bridge.Adder(add)(1)
			bridge.Pass(func() (uint64, error) { return 0, errMissing })
		}
	}
	resident.Settles(t, run)
}
