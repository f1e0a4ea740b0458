package handle

import (
	"fmt"
	"testing"

	"gangplank.dev/go/handle/keys"
)

// Scatter spreads what programs use as keys. 10,000 random keys in 64 shards have a skew of about 1.2.
func TestScatter(t *testing.T) {
	steps := []uint64{1, 2, 3, 5, 7, 10, 100, 1000, 4096, 1_000_000, 1<<32 - 1, 1<<32 + 1, 1 << 48}
	for step := uint64(1); step < 1<<40; step <<= 1 {
		steps = append(steps, step)
	}
	for a, b := uint64(1), uint64(2); b < 1<<40; a, b = b, a+b {
		steps = append(steps, b)
	}
	steps = append(steps, fibonacciInverse)
	for _, first := range []uint64{0, 1, 0xc000010000, 0x7f3a00000040} {
		for _, step := range steps {
			skew := keys.Skew(64, keys.Stride(first, step, 10_000), func(key uint64) int { return int(Scatter(key) >> 58) })
			if skew > 1.6 {
				t.Errorf("keys from %d in steps of %d: skew %.2f", first, step, skew)
			}
		}
	}
	// Why one multiplication is not enough.
	bad := keys.Skew(64, keys.Stride(0, 987, 1_000), func(key uint64) int { return int(key * scatterFactor >> 58) })
	good := keys.Skew(64, keys.Stride(0, 987, 1_000), func(key uint64) int { return int(Scatter(key) >> 58) })
	if bad < 2 || good > 2 {
		t.Errorf("steps of 987: skew %.2f with one multiplication, %.2f with two", bad, good)
	}
}

// fibonacciInverse times scatterFactor is 1: the worst step for one multiplication.
const fibonacciInverse = 0xf1de83e19937733d

type point struct{ x, y int16 }

func TestKeyTypes(t *testing.T) {
	var a, b int
	keyed(t, 1, -1, 1<<40)
	keyed[int8](t, 1, -1)
	keyed[uint16](t, 1, 65535)
	keyed[int32](t, 1, -1)
	keyed(t, &a, &b, nil)
	keyed(t, "a", "b", "")
	keyed(t, 1.5, -0.5)
	keyed(t, point{1, 2}, point{2, 1})
	keyed[any](t, 1, "1", point{1, 2}, nil)
	keyed(t, make(chan int), make(chan int))
	keyed(t, [2]bool{true, false}, [2]bool{false, true})
}

func keyed[K comparable](t *testing.T, all ...K) {
	t.Helper()
	m := NewKeyed[K, string]()
	for _, key := range all {
		m.Put(key, fmt.Sprint(key))
	}
	if m.Len() != len(all) {
		t.Errorf("%T: %d of %d", all[0], m.Len(), len(all))
	}
	for _, key := range all {
		if v, ok := m.Get(key); v != fmt.Sprint(key) || !ok {
			t.Errorf("%v: %v, %v", key, v, ok)
		}
	}
}

func TestKeyedZeroAndMinusZero(t *testing.T) {
	m := NewKeyed[float64, int]()
	zero := 0.0
	m.Put(zero, 1)
	if _, ok := m.Get(-zero); !ok {
		t.Error("equal keys are in different shards")
	}
}

// What is no key panics, as with a map, and leaves no lock behind.
func TestKeyedUnhashable(t *testing.T) {
	for _, m := range []*Keyed[any, int]{NewKeyed[any, int](), NewKeyedBy[any, int](func(any) uint64 { return 0 })} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			m.Put([]int{}, 1)
		}()
		m.Put(1, 1)
		if m.Len() != 1 {
			t.Error(m.Len())
		}
	}
}

func TestKeyedShards(t *testing.T) {
	m := NewKeyed[uint64, int]()
	if n := m.Shards(); n < 64 || n&(n-1) != 0 {
		t.Fatal(n)
	}
	for i := range uint64(m.Shards() * 100) {
		m.Put(i*4096, 0)
	}
	for i := range m.shards {
		if n := m.shards[i].live; n < 30 || n > 200 {
			t.Errorf("shard %d has %d of an average of 100", i, n)
		}
	}
}

func TestKeyedAllocation(t *testing.T) {
	m := NewKeyed[uint64, *int]()
	m.Put(1, nil)
	if n := testing.AllocsPerRun(100, func() {
		m.Put(1, nil)
		m.Get(1)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
