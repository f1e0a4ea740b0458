package handle

import (
	"math/rand/v2"
	"testing"
)

func capacity[T any](t *Table[T]) (slots uint64) {
	for n := range uint64(shards) {
		for k := range t.segmentCount(n) {
			slots += t.entry(n, k).mask + 1
		}
	}
	return slots
}

func TestGrowth(t *testing.T) {
	table := NewTable[int]()
	const many = 300_000
	handles := make([]Handle, many)
	for i := range handles {
		handles[i] = table.New(i)
	}
	for i, h := range handles {
		if v, err := table.Get(h); v != i || err != nil {
			t.Fatalf("value %d: %d, %v", i, v, err)
		}
	}
	if c := capacity(table); c > many*5/2 {
		t.Errorf("%d slots for %d values", c, many)
	}
}

// However values come and go, the memory follows the number of those that are live at once.
func TestReuse(t *testing.T) {
	const live, cycles = 10_000, 1_000_000 / effort
	for name, pick := range map[string]func(i int) int{
		"random":       func(int) int { return rand.IntN(live) },
		"oldest first": func(i int) int { return i % live },
		"newest first": func(i int) int { return live - 1 - i%8 },
		"a long-lived half": func(i int) int {
			return live/2 + i%(live/2)
		},
	} {
		t.Run(name, func(t *testing.T) {
			table := NewTable[int]()
			var handles [live]Handle
			for i := range handles {
				handles[i], _ = table.create(9, i)
			}
			for i := range cycles {
				j := pick(i)
				if err := table.Delete(handles[j]); err != nil {
					t.Fatal(err)
				}
				handles[j], _ = table.create(9, j)
			}
			if c := capacity(table); c > live*5/2 {
				t.Errorf("%d slots for %d live values", c, live)
			}
			for i, h := range handles {
				if v, err := table.Get(h); v != i || err != nil {
					t.Fatalf("value %d: %d, %v", i, v, err)
				}
			}
		})
	}
}

// A shard that has all its segments sends its goroutines to the next.
func TestFullShard(t *testing.T) {
	if testing.Short() || effort > 1 {
		t.Skip("needs 50 MB")
	}
	table := NewTable[struct{}]()
	seen := map[Handle]bool{}
	for k := range uint64(segments) {
		slots := make([]slot[struct{}], table.entry(3, k).mask+1)
		for i := range slots {
			slots[i].state.Store(5 << tagShift)
		}
		install(table, 3, k, slots)
	}
	for range 100 {
		h, err := table.create(3, struct{}{})
		if err != nil || h>>shardShift&(shards-1) != 4 || seen[h] {
			t.Fatal(h, err)
		}
		seen[h] = true
	}
}

func TestFullTable(t *testing.T) {
	table := NewTable[struct{}]()
	taken := make([]slot[struct{}], firstSegment)
	for i := range taken {
		taken[i].state.Store(5 << tagShift)
	}
	// All entries lead to one little segment without a free slot. (Their masks are made to fit.)
	for n := range uint64(shards) {
		for k := range uint64(segments) {
			table.entry(n, k).mask = firstSegment - 1
			install(table, n, k, taken)
		}
	}
	if h, err := table.TryNew(struct{}{}); err != ErrFull || h != 0 {
		t.Error(h, err)
	}
	defer func() {
		if recover() != ErrFull {
			t.Error("New of a full table does not panic with ErrFull")
		}
	}()
	table.New(struct{}{})
}

// A slot whose generations are used up is never issued again.
func TestRetire(t *testing.T) {
	table := NewTable[int]()
	const generations = 5
	table.lineage.last = table.lineage.first + generations - 1
	issued := map[Handle]bool{}
	uses := map[Handle]int{} // by position
	for i := range 10_000 {
		h, _ := table.create(1, i)
		if issued[h] {
			t.Fatal("issued twice:", h)
		}
		issued[h] = true
		uses[h&positionMask]++
		if v, err := table.Get(h); v != i || err != nil {
			t.Fatal(h, v, err)
		}
		if err := table.Delete(h); err != nil {
			t.Fatal(err)
		}
	}
	for h := range issued {
		if _, err := table.Get(h); err != ErrStale {
			t.Fatal(h, err)
		}
	}
	retired := 0
	for _, n := range uses {
		if n > generations {
			t.Fatalf("a slot had %d generations", n)
		}
		if n == generations {
			retired++
		}
	}
	if retired < 10_000/generations/2 {
		t.Errorf("only %d slots were used to the end", retired)
	}
}

func TestLineages(t *testing.T) {
	before := lineages.Load()
	defer lineages.Store(before)
	lineages.Store(0)
	seen := map[uint64]int{}
	firsts := map[uint64]bool{}
	for i := range tags + 200 {
		l := newLineage()
		if l.tag&^tagMask != 0 || l.tag <= reservedTag || l.first == 0 || l.last-l.first < generationLimit/2-1 {
			t.Fatalf("table %d: %+v", i, l)
		}
		if i < tags && l.first != 1 {
			t.Fatalf("table %d begins with generation %d", i, l.first)
		}
		if seen[l.tag]++; i < tags && seen[l.tag] > 1 {
			t.Fatalf("table %d shares its tag", i)
		}
		firsts[l.first] = true
	}
	if len(firsts) != 2 {
		t.Error("tables that share a tag begin with the same generation")
	}
}
