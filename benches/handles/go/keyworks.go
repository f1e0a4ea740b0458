package main

import (
	"fmt"
	"io"
	"iter"
	"math/bits"
	"runtime"

	"gangplank.dev/go/handle"
	"gangplank.dev/go/handle/keys"
	"gangplank.dev/go/handle/plain"
	"gangplank.example/measure"
)

// generators make the keys of values that have none.
var generators = []struct {
	name string
	make func() keys.Generator
}{
	{"Mutex", func() keys.Generator { return &keys.Mutex{} }},
	{"Atomic", func() keys.Generator { return &keys.Atomic{} }},
	{"Blocks", func() keys.Generator { return &keys.Blocks{} }},
}

// shardFunctions choose one of 64 shards for a key.
var shardFunctions = []struct {
	name  string
	shard func(key uint64) uint64 // in the upper six bits
}{
	{"key % 64", func(key uint64) uint64 { return key << 58 }},
	{"Fibonacci", func(key uint64) uint64 { return key * 0x9e3779b97f4a7c15 }},
	{"Scatter", handle.Scatter},
}

// intrinsic are kinds of keys that values bring.
var intrinsic = []struct {
	name        string
	first, step uint64
}{
	{"a counter", 1, 1},
	{"even numbers", 2, 2},
	{"addresses, 64 bytes apart", 0xc000100000, 64},
	{"steps of 10,946", 0, 10_946},
	{"machine number in the low 16 bits", 42, 1 << 16},
}

const skewKeys = 1_000

// printSkew says how much more than its share the fullest of 64 shards gets.
func printSkew(w io.Writer) {
	fmt.Fprintf(w, "\n%-36s", fmt.Sprintf("skew of %d keys over 64 shards", skewKeys))
	for _, f := range shardFunctions {
		fmt.Fprintf(w, "%12s", f.name)
	}
	fmt.Fprintln(w)
	table := fmt.Sprintf("skew: what the fullest of 64 shards has of %s keys, as a multiple of its share", count(skewKeys))
	for _, k := range generators {
		fmt.Fprintf(w, "  %-34s", k.name)
		for _, f := range shardFunctions {
			skew := skewOf(made(k.make()), f.shard)
			measure.Figure{Table: table, Line: "made by " + k.name, Column: f.name, Value: skew}.Send()
			fmt.Fprintf(w, "%12.2f", skew)
		}
		fmt.Fprintln(w)
	}
	for _, k := range intrinsic {
		fmt.Fprintf(w, "  %-34s", k.name)
		for _, f := range shardFunctions {
			skew := skewOf(keys.Stride(k.first, k.step, skewKeys), f.shard)
			measure.Figure{Table: table, Line: k.name, Column: f.name, Value: skew}.Send()
			fmt.Fprintf(w, "%12.2f", skew)
		}
		fmt.Fprintln(w)
	}
}

func skewOf(all iter.Seq[uint64], shard func(key uint64) uint64) float64 {
	return keys.Skew(64, all, func(key uint64) int { return int(shard(key) >> 58) })
}

// made are the keys that a generator makes.
func made(generator keys.Generator) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for range skewKeys {
			if !yield(generator.Next()) {
				return
			}
		}
	}
}

// keyWorks are the works on keys: making them, and using those that values bring.
func keyWorks(g *group) (works []measure.Work) {
	for _, cores := range atOnce(runtime.NumCPU()) {
		work := measure.Work{
			Name: "a key, " + atOnceName(cores, runtime.NumCPU()),
			Plot: "a key, " + coreCount(runtime.NumCPU()) + " against goroutines at once",
			X:    float64(cores),
		}
		for _, kind := range generators {
			generator := kind.make()
			work.Ways = append(work.Ways, measure.Way{Name: kind.name, AtOnce: cores, Run: onCores(cores, func(_ part, n int) {
				var key uint64
				for range n {
					key = generator.Next()
				}
				keep(n, key)
			})})
		}
		works = append(works, work)
	}
	for _, cores := range oneAndAll() {
		for _, does := range []struct {
			name string
			run  func(m handle.Map[uint64, any], key uint64)
		}{
			{"Get by address", func(m handle.Map[uint64, any], key uint64) { m.Get(key) }},
			{"Put by address", func(m handle.Map[uint64, any], key uint64) { m.Put(key, nil) }},
		} {
			work := measure.Work{Name: fmt.Sprintf("%s, %s live, %s", does.name, count(g.live), coreCount(cores))}
			for _, m := range maps {
				filled := m.make()
				list := inOrder(fillMap(filled, g.live))
				work.Ways = append(work.Ways, measure.Way{Name: m.name, AtOnce: cores, Run: onCores(cores, func(p part, n int) {
					first := p.start()
					for i := range n {
						does.run(filled, list[(first+i)&drawMask])
					}
				})})
			}
			works = append(works, work)
		}
	}
	return works
}

var maps = []struct {
	name string
	make func() handle.Map[uint64, any]
}{
	{"BigMap", func() handle.Map[uint64, any] { return plain.NewBigMap[uint64, any]() }},
	{"Modulo 64", func() handle.Map[uint64, any] { return plain.NewModulo[uint64, any](64) }},
	{"Modulo 64, scattered", func() handle.Map[uint64, any] { return scattered{plain.NewModulo[uint64, any](64)} }},
	{"SyncMap", func() handle.Map[uint64, any] { return &plain.SyncMap[uint64, any]{} }},
	{"Keyed", func() handle.Map[uint64, any] { return handle.NewKeyed[uint64, any]() }},
}

// scattered chooses the shard by scattered keys, which are as different as the keys are.
type scattered struct{ handle.Map[uint64, any] }

func (s scattered) Put(key uint64, v any) (replaced bool) { return s.Map.Put(s.key(key), v) }

func (s scattered) Get(key uint64) (v any, ok bool) { return s.Map.Get(s.key(key)) }

// key has the scattered bits, which are the upper ones, where key % 64 looks.
func (scattered) key(key uint64) uint64 { return bits.RotateLeft64(handle.Scatter(key), 6) }

// fillMap gives a map values under addresses.
func fillMap(m handle.Map[uint64, any], live int) []uint64 {
	all := make([]uint64, 0, live)
	for key := range keys.Stride(0xc000100000, 64, live) {
		m.Put(key, nil)
		all = append(all, key)
	}
	return all
}
