// Command streams measures what an item of an iterator or a stream costs on its
// way to the other language. Each row is a round of the same number of items in
// turn with all others; the figures are medians.
package main

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"os"
	"slices"
	"time"

	"gangplank.example/streams/streams"
)

func upTo(n uint64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func rowsUpTo(n uint64) iter.Seq[streams.Row] {
	return func(yield func(streams.Row) bool) {
		for i := range n {
			if !yield(streams.Row{Name: "sixteen bytes ..", Line: uint32(i)}) {
				return
			}
		}
	}
}

//go:noinline
func total(items iter.Seq[uint64]) (t uint64) {
	for v := range items {
		t += v
	}
	return t
}

// way is a way for items to go. run sends n of them, and returns their sum.
type way struct {
	name string
	rows bool
	run  func(n uint64) uint64
}

var ways = []way{
	{"Go loop over a Go iterator, for scale", false, func(n uint64) uint64 { return total(upTo(n)) }},
	{"Rust to Go: a call for each", false, func(n uint64) (t uint64) {
		c := streams.NewCounter()
		defer c.Close()
		for range n {
			t += c.Next()
		}
		return t
	}},
	{"Rust to Go: iterator of u64", false, func(n uint64) uint64 { return total(streams.Numbers(n)) }},
	{"Rust to Go: iterator of records", true, func(n uint64) (t uint64) {
		for row := range streams.Rows(n) {
			t += uint64(row.Line) + uint64(len(row.Name))
		}
		return t
	}},
	{"Rust to Go: stream of u64", false, func(n uint64) (t uint64) {
		for v := range streams.NumberStream(context.Background(), n) {
			t += v
		}
		return t
	}},
	{"Go to Rust: a call for each", false, func(n uint64) uint64 {
		i := uint64(0)
		return streams.SumCalls(n, func() uint64 { i++; return i - 1 })
	}},
	{"Go to Rust: iterator of u64", false, func(n uint64) uint64 { return streams.Sum(upTo(n)) }},
	{"Go to Rust: iterator of records", true, func(n uint64) uint64 { return streams.SumRows(rowsUpTo(n)) }},
	{"Go to Rust: stream of u64", false, func(n uint64) uint64 { return streams.SumStream(upTo(n)) }},
}

func main() {
	n := flag.Uint64("items", 1_000_000, "how many items a round has")
	rounds := flag.Int("rounds", 11, "how many rounds there are")
	flag.Parse()
	took := make([][]time.Duration, len(ways))
	for range *rounds {
		for i, w := range ways {
			want := *n * (*n - 1) / 2
			if w.rows {
				want += *n * 16
			}
			began := time.Now()
			if got := w.run(*n); got != want {
				fmt.Fprintf(os.Stderr, "streams: %s: %d, want %d\n", w.name, got, want)
				os.Exit(1)
			}
			took[i] = append(took[i], time.Since(began))
		}
	}
	for i, w := range ways {
		slices.Sort(took[i])
		each := float64(took[i][len(took[i])/2]) / float64(*n)
		fmt.Printf("%-40s %7.1f ns an item %8.1f million a second\n", w.name, each, 1000/each)
	}
}
