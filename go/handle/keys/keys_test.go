package keys

import (
	"sync"
	"testing"
)

func TestGenerators(t *testing.T) {
	for name, g := range map[string]Generator{"Mutex": &Mutex{}, "Atomic": &Atomic{}, "Blocks": &Blocks{}} {
		t.Run(name, func(t *testing.T) {
			const goroutines, each = 16, 3*blockSize + 7
			var made [goroutines][]uint64
			var wg sync.WaitGroup
			for i := range made {
				wg.Add(1)
				go func() {
					defer wg.Done()
					for range each {
						made[i] = append(made[i], g.Next())
					}
				}()
			}
			wg.Wait()
			seen := map[uint64]bool{0: true}
			for _, keys := range made {
				for _, key := range keys {
					if seen[key] {
						t.Fatalf("%d is zero or came twice", key)
					}
					seen[key] = true
				}
			}
		})
	}
}

func TestBlocksTakeTurns(t *testing.T) {
	var b Blocks
	for range 5 * blockSize {
		b.Next()
	}
	if n := b.blocks.Load(); n != 5 {
		t.Errorf("5 blocks of keys came from %d", n)
	}
}

func TestSkew(t *testing.T) {
	modulo := func(key uint64) int { return int(key % 64) }
	for _, c := range []struct {
		step uint64
		want float64
	}{{1, 1}, {64, 64}, {32, 32}, {3, 1}} {
		if got := Skew(64, Stride(5, c.step, 6400), modulo); got != c.want {
			t.Errorf("step %d: %v, want %v", c.step, got, c.want)
		}
	}
	if got := Skew(64, Stride(0, 0, 0), modulo); got != 1 {
		t.Error(got)
	}
	for range Stride(0, 1, 5) {
		break
	}
}
