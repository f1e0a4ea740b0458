package plain_test

import (
	"maps"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"gangplank.dev/go/handle"
	"gangplank.dev/go/handle/keys"
	"gangplank.dev/go/handle/plain"
)

var designs = map[string]func() handle.Map[uint64, any]{
	"BigMap":  func() handle.Map[uint64, any] { return plain.NewBigMap[uint64, any]() },
	"Modulo":  func() handle.Map[uint64, any] { return plain.NewModulo[uint64, any](7) },
	"SyncMap": func() handle.Map[uint64, any] { return &plain.SyncMap[uint64, any]{} },
	"Keyed":   func() handle.Map[uint64, any] { return handle.NewKeyed[uint64, any]() },
	"KeyedBy": func() handle.Map[uint64, any] {
		return handle.NewKeyedBy[uint64, any](func(key uint64) uint64 { return key << 60 })
	},
}

func TestMapsAgainstOracle(t *testing.T) {
	for name, make := range designs {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			m, oracle := make(), map[uint64]any{}
			value := func() any {
				switch n := r.IntN(3); n {
				case 0:
					return nil
				case 1:
					return "text"
				default:
					return r.Int()
				}
			}
			for step := range 20_000 {
				key := r.Uint64N(50) * 64
				want, had := oracle[key]
				switch r.IntN(5) {
				case 0, 1:
					v := value()
					if replaced := m.Put(key, v); replaced != had {
						t.Fatalf("step %d: Put(%d): %v, want %v", step, key, replaced, had)
					}
					oracle[key] = v
				case 2:
					if v, ok := m.Get(key); v != want || ok != had {
						t.Fatalf("step %d: Get(%d): %v, %v; want %v, %v", step, key, v, ok, want, had)
					}
				case 3:
					if v, ok := m.Take(key); v != want || ok != had {
						t.Fatalf("step %d: Take(%d): %v, %v; want %v, %v", step, key, v, ok, want, had)
					}
					delete(oracle, key)
				case 4:
					if ok := m.Delete(key); ok != had {
						t.Fatalf("step %d: Delete(%d): %v, want %v", step, key, ok, had)
					}
					delete(oracle, key)
				}
				if m.Len() != len(oracle) {
					t.Fatalf("step %d: Len %d, want %d", step, m.Len(), len(oracle))
				}
			}
			if got := maps.Collect(m.Range); !maps.Equal(got, oracle) {
				t.Errorf("Range gave %v, want %v", got, oracle)
			}
			for key := range m.Range { // a loop may change the map, and end early
				m.Delete(key)
				m.Put(1, 1)
				break
			}
		})
	}
}

func TestMapsAtOnce(t *testing.T) {
	for name, make := range designs {
		t.Run(name, func(t *testing.T) {
			m := make()
			var taken atomic.Int64
			var wg sync.WaitGroup
			for g := range uint64(8) {
				wg.Add(1)
				go func() {
					defer wg.Done()
					for i := range uint64(500) {
						key := (g+1)<<32 | i
						m.Put(key, key)
						if v, ok := m.Get(key); !ok || v != key {
							t.Errorf("Get(%d): %v, %v", key, v, ok)
						}
						m.Put(i%10, i)
						if _, ok := m.Take(i % 10); ok {
							taken.Add(1)
						}
						if i%2 == 0 && !m.Delete(key) {
							t.Errorf("%d was lost", key)
						}
					}
				}()
			}
			wg.Wait()
			for i := range uint64(10) {
				m.Delete(i)
			}
			if m.Len() != 8*250 {
				t.Errorf("%d are left", m.Len())
			}
		})
	}
}

func TestNumbered(t *testing.T) {
	for name, make := range designs {
		for kind, generator := range map[string]keys.Generator{"Mutex": &keys.Mutex{}, "Atomic": &keys.Atomic{}, "Blocks": &keys.Blocks{}} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				keep(t, plain.Numbered[any]{Map: make(), Keys: generator})
			})
		}
	}
	t.Run("Table", func(t *testing.T) { keep(t, handle.NewTable[any]()) })
}

func keep(t *testing.T, k handle.Keeper[any]) {
	h, other := k.New("value"), k.New(nil)
	if v, err := k.Get(h); v != "value" || err != nil || h == other || h == 0 {
		t.Error(h, v, err)
	}
	if v, err := k.Take(other); v != nil || err != nil {
		t.Error(v, err)
	}
	if err := k.Delete(h); err != nil {
		t.Error(err)
	}
	for _, h := range []handle.Handle{0, h, other, h + 1e6} {
		if v, err := k.Get(h); v != nil || err == nil {
			t.Error(v, err)
		}
		if v, err := k.Take(h); v != nil || err == nil {
			t.Error(v, err)
		}
		if err := k.Delete(h); err == nil || (err == handle.ErrZero) != (h == 0) {
			t.Error(err)
		}
	}
}

func TestModuloNeedsAMap(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	plain.NewModulo[int, int](0)
}

func TestNegativeKeys(t *testing.T) {
	m := plain.NewModulo[int32, string](5)
	m.Put(-7, "x")
	if v, ok := m.Get(-7); v != "x" || !ok {
		t.Error(v, ok)
	}
}
