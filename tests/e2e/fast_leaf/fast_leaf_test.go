package fast_leaf_test

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"gangplank.example/e2e/fast_leaf/bridge"
	"gangplank.example/e2e/lanes"
	"gangplank.example/e2e/stack"
)

func TestTranscript(t *testing.T) {
	say := lanes.Transcript(t)
	bridge.Nothing()
	say(bridge.Scalars(-128, true, 'ß', 0.5, 1<<63, time.Minute))
	for _, b := range []uint32{1, 1<<32 - 1} {
		sum, err := bridge.Add(1, b)
		say("add", sum, err)
	}
	say("divide", bridge.Divide(7, -2))
	func() {
		defer func() {
			var panicked *bridge.PanicError
			if err, _ := recover().(error); errors.As(err, &panicked) {
				say(panicked.Message)
			} else {
				t.Error("no panic")
			}
		}()
		bridge.Divide(1, 0)
	}()
	for size := range 400 {
		// What is short lies on the stack.
		stack.Fresh(func() {
			text := string(append(make([]byte, 0, 16), "ahoy"...))
			say(bridge.Repeat(text, uint(size)))
			bytes := []byte(text)[:size%5]
			say(bridge.Reversed(bytes))
			numbers := make([]int64, size)
			for i := range numbers {
				numbers[i] = int64(i * size)
			}
			say(bridge.Sums(numbers, make([]uint16, size+1)))
		})
	}
	say(bridge.Reversed(nil), bridge.Reversed([]byte{}), bridge.Repeat("", 5), bridge.Sums(nil, nil))
	limit := 10.0
	for _, cargo := range []bridge.Cargo{{}, {Name: "tea", Weight: 3}, {Name: "tin", Parts: []bridge.Cargo{{Weight: 5}, {Weight: 6}}}} {
		for _, limit := range []*float64{nil, &limit} {
			loaded, err := bridge.Load(cargo, limit, map[string]uint32{"a": 1})
			var heavy *bridge.TooHeavyError
			say(loaded, err, errors.Is(err, bridge.ErrNothing), errors.As(err, &heavy))
		}
	}
	_, err := bridge.Load(bridge.Cargo{Name: "\xff"}, nil, nil)
	say(err)
	for _, n := range []int{0, 1, 15, 16, 17, 63, 64, 65, 200} {
		stack.Fresh(func() {
			a, b, cargos, names := make([]int64, n), make([]int64, n), make([]bridge.Cargo, n), make([]string, n)
			for i := range n {
				a[i], b[i], cargos[i].Weight = int64(i)*3, int64(i%7+1), float64(i)
				names[i] = []string{"a", "", "heavy", "\xff", "b"}[i%5]
			}
			say(bridge.QuotientBatch(a, b))
			// What is small lies on the stack.
			var room [17]int64
			into := bridge.QuotientBatchInto(room[:0], a, b)
			say(into, n > 0 && n <= len(room) && &into[0] == &room[0])
			grown, err := bridge.GrowBatch(2, cargos, names)
			say(grown, err)
			if n == 0 {
				return
			}
			b[n/2] = 0
			defer func() {
				panicked, _ := recover().(*bridge.PanicError)
				say(panicked.Message)
			}()
			bridge.QuotientBatch(a, b)
		})
	}
}

func TestLanesAgree(t *testing.T) { lanes.Agree(t) }

func TestLane(t *testing.T) { lanes.Check(t, bridge.FastLane) }

// TestStacksMove while goroutines that were just started call with what lies on their stacks.
func TestStacksMove(t *testing.T) {
	var wait sync.WaitGroup
	for i := range 500 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			var local [64]byte
			for depth := range 30 {
				text := fmt.Appendf(local[:0], "%d at %d", i, depth)
				stack.Grow(depth)
				if got, want := bridge.Repeat(string(text), 2), strings.Repeat(string(text), 2); got != want {
					t.Errorf("%q, not %q", got, want)
				}
			}
		}()
	}
	for range 10 {
		runtime.GC()
	}
	wait.Wait()
}

func TestAllocations(t *testing.T) {
	for name, call := range map[string]struct {
		most float64
		call func()
	}{
		"nothing": {0, bridge.Nothing},
		"scalars": {0, func() { bridge.Divide(6, 2) }},
		"string":  {1, func() { bridge.Repeat("ahoy", 2) }},
	} {
		if n := testing.AllocsPerRun(1000, call.call); n > call.most {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func BenchmarkNothing(b *testing.B) {
	for range b.N {
		bridge.Nothing()
	}
}

func BenchmarkString(b *testing.B) {
	for range b.N {
		bridge.Repeat("ahoy, landlubbers on the pier of", 1)
	}
}
