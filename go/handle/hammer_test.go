package handle

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// tenant knows the handle that it was filed under, as soon as there is one.
type tenant struct {
	handle atomic.Uint64
	words  [32]uint64
}

// Many goroutines, few slots: whoever gets a value gets the one of that handle, or an error. Run it with -race.
func TestHammer(t *testing.T) {
	hammer(t, NewTable[*tenant](), func(p *tenant) *tenant { return p }, func(p *tenant) (*tenant, bool) { return p, p != nil })
	// Interfaces of two types, so that a torn one would be seen.
	type other struct{ *tenant }
	hammer(t, NewTable[any](), func(p *tenant) any {
		if p.words[0]%2 == 0 {
			return p
		}
		return &other{p}
	}, func(v any) (*tenant, bool) {
		switch v := v.(type) {
		case *tenant:
			return v, v.words[0]%2 == 0
		case *other:
			return v.tenant, v.tenant.words[0]%2 == 1
		}
		return nil, false
	})
	type wide struct {
		p     *tenant
		words [32]uint64 // long to copy
	}
	hammer(t, NewTable[wide](), func(p *tenant) wide { return wide{p, p.words} }, func(w wide) (*tenant, bool) {
		return w.p, w.p != nil && w.p.words == w.words
	})
}

func hammer[T any](t *testing.T, table *Table[T], wrap func(*tenant) T, unwrap func(T) (p *tenant, whole bool)) {
	const goroutines, places = 64, 4
	rounds := 20_000 / min(effort, 5)
	if testing.Short() {
		rounds = 2_000
	}
	var current [places]atomic.Uint64 // handles, live or not
	var created, deleted, got atomic.Int64
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r := rand.New(rand.NewPCG(1, uint64(g)))
			check := func(h Handle, v T) {
				p, whole := unwrap(v)
				if !whole {
					t.Errorf("a torn value: %+v", v)
					return
				}
				if is := p.handle.Load(); is != 0 && is != uint64(h) {
					t.Errorf("the value of %v under %v", Handle(is), h)
				}
			}
			for range rounds {
				place := &current[r.IntN(places)]
				h := Handle(place.Load())
				switch r.IntN(8) {
				case 0, 1:
					n := r.Uint64()
					p := &tenant{}
					for i := range p.words {
						p.words[i] = n
					}
					h, err := table.create(0, wrap(p)) // all in one shard
					if err != nil {
						t.Error(err)
						return
					}
					p.handle.Store(uint64(h))
					created.Add(1)
					place.Store(uint64(h)) // what was there stays live, or is deleted by who has it
				case 2:
					if table.Delete(h) == nil {
						deleted.Add(1)
					}
				case 3:
					if v, err := table.Take(h); err == nil {
						check(h, v)
						deleted.Add(1)
					}
				case 4:
					forged := Handle(r.Uint64())
					if v, err := table.Get(forged); err == nil {
						check(forged, v)
					}
				default:
					if v, err := table.Get(h); err == nil {
						check(h, v)
						got.Add(1)
					} else if h != 0 && err != ErrStale {
						t.Error(h, err)
					}
				}
				if r.IntN(64) == 0 {
					runtime.Gosched()
				}
			}
		}()
	}
	wg.Wait()
	if n := table.Len(); int64(n) != created.Load()-deleted.Load() {
		t.Errorf("%d created, %d deleted, %d live", created.Load(), deleted.Load(), n)
	}
	if got.Load() == 0 || deleted.Load() == 0 {
		t.Error("nothing was got or deleted: this tested nothing")
	}
	for h := range table.Range {
		if err := table.Delete(h); err != nil {
			t.Error(err)
		}
	}
	if n := table.Len(); n != 0 {
		t.Errorf("%d live after all were deleted", n)
	}
}

// Exactly one of those that delete a handle at once succeeds.
func TestDeleteOnce(t *testing.T) {
	table := NewTable[*int]()
	for range 2_000 / effort {
		h := table.New(new(int))
		var wins atomic.Int32
		var wg sync.WaitGroup
		for range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if v, err := table.Take(h); err == nil && v != nil {
					wins.Add(1)
				}
			}()
		}
		wg.Wait()
		if wins.Load() != 1 {
			t.Fatalf("%d goroutines took the same handle", wins.Load())
		}
	}
}

// Readers go on while the table grows under them.
func TestGrowUnderReaders(t *testing.T) {
	const perWriter = 20_000 / effort
	table := NewTable[int]()
	first := table.New(-1)
	var done atomic.Bool
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for !done.Load() {
				if v, err := table.Get(first); v != -1 || err != nil {
					t.Error(v, err)
					return
				}
			}
		}()
	}
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Add(1)
		go func() {
			defer writers.Done()
			var mine []Handle
			for i := range perWriter {
				h, _ := table.create(7, w<<20|i)
				mine = append(mine, h)
			}
			for i, h := range mine {
				if v, err := table.Get(h); v != w<<20|i || err != nil {
					t.Error(v, err)
					return
				}
			}
		}()
	}
	writers.Wait()
	done.Store(true)
	wg.Wait()
	if n := table.Len(); n != 4*perWriter+1 {
		t.Error(n)
	}
}
