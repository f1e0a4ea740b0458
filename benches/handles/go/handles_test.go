package main

import (
	"slices"
	"testing"

	"gangplank.dev/go/handle/keys"
)

// All designs do the same, and the works leave what they found: otherwise their times would mean nothing.
func TestDesigns(t *testing.T) {
	for _, d := range designs {
		t.Run(d.name, func(t *testing.T) {
			const live = thousand
			table := d.fill(live)
			defer table.release()
			for _, run := range []func(p part, n int){table.get, table.cycle, table.mix} {
				onCores(1, run)(5_000)
				onCores(4, run)(5_000)
				for i := range live {
					if number := table.check(i); number != i {
						t.Fatalf("the %dth value is %d", i, number)
					}
				}
			}
		})
	}
}

func TestMaps(t *testing.T) {
	for _, m := range maps {
		filled := m.make()
		list := fillMap(filled, 1_000)
		for _, key := range list {
			if _, ok := filled.Get(key); !ok {
				t.Errorf("%s: %d is missing", m.name, key)
			}
		}
		if filled.Len() != len(list) {
			t.Errorf("%s: %d values", m.name, filled.Len())
		}
	}
}

// Bad strides hit one shard of key % 64; scattered, no shard has much more than its share.
func TestSkew(t *testing.T) {
	for _, k := range intrinsic {
		for _, f := range shardFunctions {
			skew := skewOf(keys.Stride(k.first, k.step, skewKeys), f.shard)
			if bad := k.step%64 == 0 && f.name == "key % 64"; bad != (skew == 64) || f.name == "Scatter" && skew > 2.5 {
				t.Errorf("%s by %s: %v", k.name, f.name, skew)
			}
		}
	}
	for _, k := range generators {
		if skew := skewOf(made(k.make()), shardFunctions[0].shard); skew > 2.5 {
			t.Errorf("made by %s: %v", k.name, skew)
		}
	}
}

func TestAtOnce(t *testing.T) {
	for cores, want := range map[int][]int{1: {1, 2}, 2: {1, 2, 4}, 6: {1, 2, 4, 6, 12}} {
		if got := atOnce(cores); !slices.Equal(got, want) {
			t.Errorf("%d cores: %v", cores, got)
		}
	}
}

func TestDrawn(t *testing.T) {
	for _, live := range []int{thousand, million} {
		seen := make([]int, live)
		for _, n := range drawn(live) {
			seen[n]++
		}
		for i, n := range seen {
			if n == 0 {
				t.Fatalf("of %d, number %d is never drawn", live, i)
			}
		}
	}
}

// The parts that goroutines replace do not overlap.
func TestOwn(t *testing.T) {
	owner := map[int]int{}
	for g := range 7 {
		base, order := part{g, 7}.own(thousand)
		for _, i := range order {
			n := base + int(i)
			if other, taken := owner[n]; n >= thousand || taken && other != g {
				t.Fatalf("%d belongs to parts %d and %d", n, other, g)
			}
			owner[n] = g
		}
	}
	if len(owner) < thousand-7 {
		t.Errorf("only %d values are used", len(owner))
	}
}

func TestTableDoesNotAllocate(t *testing.T) {
	for _, d := range designs {
		if !d.ours {
			continue
		}
		table := d.fill(thousand)
		for _, run := range []func(p part, n int){table.get, table.cycle, table.mix} {
			if n := testing.AllocsPerRun(10, func() { run(whole, 1_000) }); n != 0 {
				t.Errorf("%s: %v allocations", d.name, n)
			}
		}
	}
}
