package main

import (
	"context"
	"iter"

	"gangplank.example/measure"
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

func goRow(i uint64) streams.Row { return streams.Row{Name: "sixteen bytes ..", Line: uint32(i)} }

func rowsUpTo(n uint64) iter.Seq[streams.Row] {
	return func(yield func(streams.Row) bool) {
		for i := range n {
			if !yield(goRow(i)) {
				return
			}
		}
	}
}

func ofRow(row streams.Row) uint64 { return uint64(row.Line) + uint64(len(row.Name)) }

// moved is a way for n items to go. run adds them up.
func moved(name string, crossings float64, run func(n uint64) uint64) measure.Way {
	return measure.Way{Name: name, Lane: "cgo", Crossings: crossings, Run: func(n int) { sink = run(uint64(n)) }}
}

// full is the share of a crossing that an item has in a full batch.
const full = 1.0 / 256

// items are sequences: what one item of them costs.
func items() []measure.Work {
	return []measure.Work{
		{Name: "an item, u64, Rust -> Go", Ways: []measure.Way{
			moved("a call for each", 1, func(n uint64) uint64 {
				return called(n, (*streams.Counter).Next)
			}),
			moved("iterator", full, func(n uint64) (sum uint64) {
				for v := range streams.Numbers(n) {
					sum += v
				}
				return sum
			}),
			moved("stream", full, func(n uint64) (sum uint64) {
				for v, err := range streams.NumberStream(context.Background(), n) {
					if err != nil {
						panic(err)
					}
					sum += v
				}
				return sum
			}),
		}},
		{Name: "an item, record with a string, Rust -> Go", Ways: []measure.Way{
			moved("a call for each", 1, func(n uint64) uint64 {
				return called(n, func(c *streams.Counter) uint64 { return ofRow(c.NextRow()) })
			}),
			moved("iterator", full, func(n uint64) (sum uint64) {
				for row := range streams.Rows(n) {
					sum += ofRow(row)
				}
				return sum
			}),
		}},
		{Name: "an item, u64, Go -> Rust", Ways: []measure.Way{
			moved("a call for each", 1, func(n uint64) uint64 {
				i := uint64(0)
				return streams.SumCalls(n, func() uint64 { i++; return i - 1 })
			}),
			moved("iterator", 0, func(n uint64) uint64 { return streams.Sum(upTo(n)) }),
			moved("stream", 0, func(n uint64) uint64 { return streams.SumStream(upTo(n)) }),
		}},
		{Name: "an item, record with a string, Go -> Rust", Ways: []measure.Way{
			moved("a call for each", 1, func(n uint64) uint64 {
				i := uint64(0)
				return streams.SumRowCalls(n, func() streams.Row { i++; return goRow(i - 1) })
			}),
			moved("iterator", 0, func(n uint64) uint64 { return streams.SumRows(rowsUpTo(n)) }),
		}},
	}
}

// called adds up n items of one counter.
func called(n uint64, next func(c *streams.Counter) uint64) (sum uint64) {
	c := streams.NewCounter()
	defer c.Close()
	for range n {
		sum += next(c)
	}
	return sum
}
