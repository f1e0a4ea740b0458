package handle

import (
	"math/rand/v2"
	"testing"
)

// The table against a plain map, in a random order of operations, with handles that are stale, foreign and made up mixed in.
func TestOracle(t *testing.T) {
	for seed := range uint64(20 / min(effort, 10)) {
		r := rand.New(rand.NewPCG(seed, 0))
		table, other := NewTable[string](), NewTable[string]()
		table.lineage.last = table.lineage.first + 30
		foreign := other.New("foreign")
		oracle := map[Handle]string{}
		var all []Handle // that were ever issued
		text := func() string { return string(rune('a'+r.IntN(26))) + string(rune('a'+r.IntN(26))) }
		pick := func() Handle {
			switch n := r.IntN(20); {
			case n == 0:
				return 0
			case n == 1:
				return foreign
			case n == 2:
				return Handle(r.Uint64())
			case n == 3 && len(all) > 0: // one bit is wrong
				return all[r.IntN(len(all))] ^ 1<<r.IntN(64)
			case n == 4: // a state word
				return Handle(Handle(r.Uint64N(1<<24)).free() | state(r.IntN(2))<<tagShift)
			case len(all) > 0:
				return all[r.IntN(len(all))]
			}
			return 0
		}
		for step := range 20_000 {
			h := pick()
			want, live := oracle[h]
			switch r.IntN(6) {
			case 0, 1:
				v := text()
				h, err := table.create(uint64(r.IntN(2)), v)
				if err != nil {
					t.Fatal(err)
				}
				if _, twice := oracle[h]; twice {
					t.Fatalf("step %d: %v is issued while live", step, h)
				}
				oracle[h] = v
				all = append(all, h)
			case 2, 3:
				if v, err := table.Get(h); v != want || (err == nil) != live {
					t.Fatalf("step %d: Get(%v) gave %q, %v; want %q, %v", step, h, v, err, want, live)
				}
			case 4:
				if v, err := table.Take(h); v != want || (err == nil) != live {
					t.Fatalf("step %d: Take(%v) gave %q, %v; want %q, %v", step, h, v, err, want, live)
				}
				delete(oracle, h)
			case 5:
				if err := table.Delete(h); (err == nil) != live {
					t.Fatalf("step %d: Delete(%v) gave %v; live %v", step, h, err, live)
				}
				delete(oracle, h)
			}
			if step%1000 == 0 {
				if n := table.Len(); n != len(oracle) {
					t.Fatalf("step %d: Len %d, want %d", step, n, len(oracle))
				}
			}
		}
		for h, v := range table.Range {
			if oracle[h] != v {
				t.Fatalf("Range gave %v, %q; want %q", h, v, oracle[h])
			}
			delete(oracle, h)
		}
		if len(oracle) != 0 {
			t.Fatalf("Range left %d out", len(oracle))
		}
		if v, err := other.Get(foreign); v != "foreign" || err != nil {
			t.Fatal(v, err)
		}
	}
}

func FuzzForged(f *testing.F) {
	table := NewTable[*int]()
	live := map[Handle]*int{}
	for i := range 100 {
		v := &i
		h := table.New(v)
		if i%2 == 0 {
			table.Delete(h)
		} else {
			live[h] = v
		}
		f.Add(uint64(h))
	}
	f.Fuzz(func(t *testing.T, number uint64) {
		h := Handle(number)
		v, err := table.Get(h)
		if want := live[h]; v != want || (err == nil) != (want != nil) {
			t.Errorf("Get(%v): %v, %v", h, v, err)
		}
	})
}
