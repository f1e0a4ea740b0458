package objects_test

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gangplank.example/e2e/objects/bridge"
	"gangplank.example/e2e/objects/bridge/bridgetest"
	"gangplank.example/e2e/resident"
	"gangplank.example/e2e/stack"
)

// clerk implements bridge.Clerk.
type clerk struct{}

var errLook = errors.New("no look")

func (clerk) Look(c *bridge.Counter) (int64, error) {
	if c.Value() < 0 {
		return 0, errLook
	}
	return c.Add(100), nil
}

func (clerk) Find(start int64) (*bridge.Counter, error) {
	if start < 0 {
		return nil, errLook
	}
	if start == 99 {
		return nil, nil
	}
	return bridge.NewCounter(start), nil
}

func (clerk) FindSome(n uint32) []*bridge.Counter {
	all := make([]*bridge.Counter, n)
	one := bridge.NewCounter(1)
	for i := range all {
		all[i] = one
	}
	return all
}

func TestMain(m *testing.M) {
	bridge.RegisterClerk(clerk{})
	os.Exit(m.Run())
}

// settle waits until so many counters and stacks are alive.
func settle(t *testing.T, want int64) {
	t.Helper()
	for range 200 {
		if bridge.Alive() == want {
			return
		}
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%d are alive, want %d", bridge.Alive(), want)
}

func TestMethods(t *testing.T) {
	bridgetest.NoLeaks(t)
	c := bridge.NewCounter(5)
	defer c.Close()
	if c.Add(2) != 7 || c.Value() != 7 || c.Greet("you") != "you 7" {
		t.Error(c.Value(), c.Greet("you"))
	}
	d := bridge.NewCounter(10)
	defer d.Close()
	if got := c.Absorb(d); got != 17 {
		t.Error(got)
	}
	if got := c.Absorb(c); got != 34 {
		t.Error("an object as its own argument:", got)
	}
	if got := bridge.CounterSum(c, d); got != 44 {
		t.Error(got)
	}
}

func TestConstructorsAndMethodsFail(t *testing.T) {
	bridgetest.NoLeaks(t)
	c, err := bridge.NewCounterLimited(5, 3)
	var over *bridge.OverError
	if c != nil || !errors.As(err, &over) || over.Limit != 3 {
		t.Error(c, err)
	}
	c, err = bridge.NewCounterLimited(2, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if n, err := c.TryAdd(1); n != 3 || err != nil {
		t.Error(n, err)
	}
	if n, err := c.TryAdd(1); n != 0 || !errors.As(err, &over) {
		t.Error(n, err)
	}
	var panicked *bridge.PanicError
	if err := c.Crash("boom"); !errors.As(err, &panicked) || !strings.Contains(err.Error(), "boom") {
		t.Error(err)
	}
	if c.Value() != 3 {
		t.Error("a panic changed the counter")
	}
}

func TestClose(t *testing.T) {
	before := bridge.Alive()
	c := bridge.NewCounter(1)
	if bridge.Alive() != before+1 {
		t.Error("not made")
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if bridge.Alive() != before {
		t.Error("Close does not end it at once")
	}
	if err := c.Close(); err != nil {
		t.Error("a second Close:", err)
	}
	if _, err := c.TryAdd(1); !errors.Is(err, fs.ErrClosed) || !strings.Contains(err.Error(), "Counter") {
		t.Error(err)
	}
	closed := recovered(func() { c.Value() })
	if err, ok := closed.(error); !ok || !errors.Is(err, fs.ErrClosed) {
		t.Error("a method without an error:", closed)
	}
	d := bridge.NewCounter(1)
	defer d.Close()
	// As an argument it is no receiver: it is named.
	as := recovered(func() { d.Absorb(c) })
	if err, ok := as.(error); !ok || !strings.Contains(err.Error(), "other") {
		t.Error("a closed argument:", as)
	}
	missing := recovered(func() { d.Absorb(nil) })
	if err, ok := missing.(error); !ok || !strings.Contains(err.Error(), "other") {
		t.Error("nil:", missing)
	}
}

func recovered(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}

func TestConsumed(t *testing.T) {
	bridgetest.NoLeaks(t)
	before := bridge.Alive()
	c := bridge.NewCounter(41)
	if got := c.Finish(); got != 41 || bridge.Alive() != before {
		t.Error(got, bridge.Alive()-before)
	}
	if closed := recovered(func() { c.Value() }); closed == nil {
		t.Error("a consumed counter answers")
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	d, _ := bridge.NewCounterLimited(1, 5)
	if n, err := bridge.Consume(d); n != 2 || err != nil {
		t.Error(n, err)
	}
	if _, err := bridge.Consume(d); err == nil {
		t.Error("consumed twice")
	}
	if bridge.Alive() != before {
		t.Error(bridge.Alive() - before)
	}
	// One that is in use elsewhere stays as it was.
	e := bridge.NewCounter(3)
	bridge.Keep(e)
	if _, err := bridge.Consume(e); err == nil {
		t.Error("consumed while it is kept")
	}
	if e.Value() != 3 {
		t.Error("lost by a refused call")
	}
	for _, kept := range bridge.TakeKept() {
		kept.Close()
	}
	e.Close()
	settle(t, before)
}

// A method that takes the object, and is refused because it is in use, leaves it
// as it was, for everyone, all the time. Whoever closes it then does.
func TestConsumingRacesWithMethodsAndClose(t *testing.T) {
	bridgetest.NoLeaks(t)
	before := bridge.Alive()
	taken, closed := 0, 0
	for round := range 400 {
		c, other := bridge.NewCounter(1), bridge.NewCounter(1)
		// One that Rust keeps cannot be taken: every method of it must go on.
		kept := round%2 == 0
		if kept {
			bridge.Keep(c)
		}
		var wait sync.WaitGroup
		var ended atomic.Bool
		race := func(n int, do func() error) {
			wait.Add(1)
			go func() {
				defer wait.Done()
				for range n {
					if err := do(); errors.Is(err, fs.ErrClosed) && !ended.Load() {
						t.Errorf("round %d: closed before anybody ended it: %v", round, err)
					} else if argument := (*bridge.ArgumentError)(nil); err != nil && !errors.Is(err, fs.ErrClosed) && !errors.As(err, &argument) {
						t.Error(err)
					}
				}
			}()
		}
		consumed := false
		for range 2 {
			race(100, func() error {
				_, err := c.TryAdd(1)
				return err
			})
		}
		race(1, func() error {
			for range 100 {
				if !kept {
					ended.Store(true)
				}
				_, err := bridge.ConsumeBoth(c, other)
				if err == nil {
					consumed = true
					return nil
				}
				if errors.Is(err, fs.ErrClosed) {
					return err
				}
			}
			return nil
		})
		if round%4 >= 2 {
			race(1, func() error {
				runtime.Gosched()
				ended.Store(true)
				return c.Close()
			})
		}
		wait.Wait()
		if consumed {
			taken++
			if kept {
				t.Error("taken although Rust keeps it")
			}
		} else if other.Value() != 1 {
			t.Error("another argument is lost by a refused call")
		}
		if _, err := c.TryAdd(1); errors.Is(err, fs.ErrClosed) {
			closed++
		} else if err != nil {
			t.Error(err)
		}
		c.Close()
		other.Close()
		for _, counter := range bridge.TakeKept() {
			counter.Close()
		}
		if alive := bridge.Alive(); alive != before {
			t.Fatalf("round %d: %d counters are left", round, alive-before)
		}
	}
	if taken == 0 || closed == 0 || closed == 400 {
		t.Errorf("of 400 rounds %d were taken, %d ended", taken, closed)
	}
}

func TestForgotten(t *testing.T) {
	before := bridge.Alive()
	for range 1000 {
		bridge.NewCounter(1)
	}
	settle(t, before)
}

func TestCloseRacesWithMethods(t *testing.T) {
	before := bridge.Alive()
	for range 200 {
		c := bridge.NewCounter(0)
		var wait sync.WaitGroup
		var calls, refused atomic.Int64
		for range 8 {
			wait.Add(1)
			go func() {
				defer wait.Done()
				for range 50 {
					if _, err := c.TryAdd(1); err == nil {
						calls.Add(1)
					} else if errors.Is(err, fs.ErrClosed) {
						refused.Add(1)
					} else {
						t.Error(err)
					}
				}
			}()
		}
		wait.Add(1)
		go func() {
			defer wait.Done()
			runtime.Gosched()
			c.Close()
		}()
		wait.Wait()
		if calls.Load()+refused.Load() != 400 {
			t.Error(calls.Load(), refused.Load())
		}
	}
	settle(t, before)
}

func TestTheObjectOutlivesCloseDuringACall(t *testing.T) {
	before := bridge.Alive()
	c := bridge.NewCounter(9)
	got := make(chan int64)
	go func() { got <- c.ValueAfter(100 * time.Millisecond) }()
	time.Sleep(20 * time.Millisecond)
	c.Close()
	if alive := bridge.Alive(); alive != before+1 {
		t.Error("it died while a method ran:", alive-before)
	}
	if v := <-got; v != 9 {
		t.Error(v)
	}
	settle(t, before)
}

func TestSharing(t *testing.T) {
	bridgetest.NoLeaks(t)
	before := bridge.Alive()
	c := bridge.NewCounter(1)
	bridge.Keep(c)
	c.Close()
	if bridge.Alive() != before+1 {
		t.Error("what Rust keeps died with Go's handle")
	}
	kept := bridge.TakeKept()
	if len(kept) != 1 || kept[0].Add(1) != 2 {
		t.Fatal(kept)
	}
	if got := bridge.Values([]*bridge.Counter{kept[0], kept[0]}); len(got) != 2 || got[0] != 2 || got[1] != 2 {
		t.Error(got)
	}
	if got := bridge.Maybe(kept[0]); got == nil || *got != 2 {
		t.Error(got)
	}
	if got := bridge.Maybe(nil); got != nil {
		t.Error(*got)
	}
	kept[0].Close()
	if bridge.Alive() != before {
		t.Error(bridge.Alive() - before)
	}
	var closed *bridge.ClosedError
	refused, _ := recovered(func() { bridge.Values([]*bridge.Counter{kept[0]}) }).(error)
	if !errors.As(refused, &closed) || closed.Argument != "counters" || closed.Type != "Counter" || !errors.Is(refused, fs.ErrClosed) {
		t.Errorf("a closed element: %v", refused)
	}
	refused, _ = recovered(func() { bridge.Values([]*bridge.Counter{nil}) }).(error)
	if argument := (*bridge.ArgumentError)(nil); !errors.As(refused, &argument) || errors.Is(refused, fs.ErrClosed) {
		t.Errorf("a nil element: %v", refused)
	}
}

func TestInRecordsAndLists(t *testing.T) {
	bridgetest.NoLeaks(t)
	before := bridge.Alive()
	a, b := bridge.NewCounter(1), bridge.NewCounter(2)
	p := bridge.Swap(bridge.Pair{First: a, Second: b, Label: "ab"})
	if p.First.Value() != 2 || p.Second.Value() != 1 || p.Label != "ab" {
		t.Error(p.First.Value(), p.Second.Value(), p.Label)
	}
	one := bridge.Swap(bridge.Pair{First: a, Label: "a"})
	if one.First.Value() != 1 || one.Second != nil {
		t.Error(one)
	}
	for _, c := range []*bridge.Counter{a, b, p.First, p.Second, one.First} {
		c.Close()
	}
	many := bridge.Many(100)
	for i, c := range many {
		if c.Value() != int64(i) {
			t.Error(i, c.Value())
		}
		c.Close()
	}
	if c := bridge.Perhaps(false); c != nil {
		t.Error(c)
	}
	c := bridge.Perhaps(true)
	if c.Value() != 7 {
		t.Error(c.Value())
	}
	c.Close()
	if bridge.Alive() != before {
		t.Error(bridge.Alive() - before)
	}
}

func TestExclusiveMethods(t *testing.T) {
	bridgetest.NoLeaks(t)
	s := bridge.NewStack()
	defer s.Close()
	var wait sync.WaitGroup
	for range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 200 {
				s.Push("item")
			}
		}()
	}
	wait.Wait()
	if s.Height() != 1600 || *s.Pop() != "item" || bridge.PushOn(s, "x") != 1600 {
		t.Error(s.Height())
	}
	// What would never end is refused.
	for name, f := range map[string]func(){
		"change while changing": func() { s.PushWhile("y", func(uint64) uint64 { return s.Push("z") }) },
		"read while changing":   func() { s.PushWhile("y", func(uint64) uint64 { return s.Height() }) },
		"change while reading":  func() { s.ReadWhile(func(uint64) uint64 { return s.Push("z") }) },
	} {
		if refused := recovered(f); refused == nil {
			t.Errorf("%s: not refused", name)
		}
	}
	// Reading while reading is fine.
	if got := s.ReadWhile(func(n uint64) uint64 { return n + s.Height() }); got != 2*s.Height() {
		t.Error(got)
	}
	if s.Push("after") == 0 {
		t.Error("the lock was lost")
	}
}

func TestTraitObjects(t *testing.T) {
	bridgetest.NoLeaks(t)
	before := bridge.Alive()
	square, circle := bridge.MakeShape("square", 2), bridge.MakeShape("circle", 2)
	if square.Area() != 4 || circle.Area() != 12 || circle.Name() != "circle" {
		t.Error(square.Area(), circle.Area())
	}
	if got := bridge.Larger(square, circle); got != "circle" {
		t.Error(got)
	}
	if none := bridge.MakeShape("line", 1); none != nil {
		t.Error(none)
	}
	all := bridge.Shapes(1)
	if len(all) != 2 || all[0].Name() != "square" || all[1].Area() != 3 {
		t.Error(all)
	}
	for _, s := range append(all, square, circle) {
		s.Close()
	}
	if bridge.Alive() != before {
		t.Error(bridge.Alive() - before)
	}
}

func TestObjectsInCallbacks(t *testing.T) {
	before := bridge.Alive()
	if n, err := bridge.AskLook(1); n != 101 || err != nil {
		t.Error(n, err)
	}
	if _, err := bridge.AskLook(-1); !errors.Is(err, errLook) {
		t.Error(err)
	}
	if n, err := bridge.AskFind(5, false); n != 6 || err != nil {
		t.Error(n, err)
	}
	if _, err := bridge.AskFind(-5, false); !errors.Is(err, errLook) {
		t.Error(err)
	}
	if _, err := bridge.AskFind(99, false); err == nil || !strings.Contains(err.Error(), "Clerk.find: Go returned an object that is nil") {
		t.Error(err)
	}
	if n, err := bridge.AskFind(8, true); n != 9 || err != nil {
		t.Error(n, err)
	}
	runtime.GC()
	kept := bridge.TakeKept()
	if len(kept) != 1 || kept[0].Value() != 9 {
		t.Error(kept)
	}
	for _, c := range kept {
		c.Close()
	}
	if got := bridge.AskFindSome(10); got != 10 {
		t.Error(got)
	}
	settle(t, before)
}

func TestMemoryIsFlat(t *testing.T) {
	if stack.Race {
		t.Skip("the race detector's own memory grows with each runtime.AddCleanup")
	}
	before := bridge.Alive()
	run := func(n int) {
		for i := range n {
			c := bridge.NewCounter(1)
			if i%2 == 0 {
				c.Close()
			}
		}
		settle(t, before)
	}
	resident.Settles(t, run)
}
