package main

import (
	"fmt"
	"strings"

	"gangplank.example/batching/batching"
	"gangplank.example/measure"
)

// sizes are the batches that are measured.
var sizes = []int{1, 4, 16, 64, 256, 1024, 4096}

const largest = 4096

// counter is what Rust calls.
type counter struct{}

func (counter) Next(n uint64) uint64 { return n + 1 }

func (counter) TryNext(n uint64) (uint64, error) { return n + 1, nil }

func (counter) Length(text string) uint32 { return uint32(len(text)) }

func init() { batching.RegisterCounter(counter{}) }

var (
	numbers = make([]uint64, largest)
	texts   = strings.Split(strings.Repeat("thirty-two bytes make up a text.\n", largest), "\n")[:largest]
	results = make([]uint64, 1, largest)
	lengths = make([]uint32, 1, largest)
	sink    uint64
)

// A kind is a function in all its forms. In all of them n counts items.
type kind struct {
	name  string
	one   func(n int)
	batch func(size int) // one batch
	into  func(size int) // one whose results lie where those of the last one did
	call  batching.Call
	alone func(n int) // what Go does when Rust calls it, in a loop
}

// served is what Rust calls, as it is called: through the interface.
var served batching.Counter = counter{}

var kinds = []kind{
	{"u64 -> u64", func(n int) {
		for i := range n {
			sink += batching.Next(uint64(i))
		}
	}, func(size int) { sink += batching.NextBatch(numbers[:size])[0] }, func(size int) {
		results = batching.NextBatchInto(results, numbers[:size])
		sink += results[0]
	}, batching.CallNext, func(n int) {
		for i := range n {
			results[0] = served.Next(uint64(i))
		}
	}},
	{"u64 -> Result<u64>", func(n int) {
		for i := range n {
			v, _ := batching.TryNext(uint64(i))
			sink += v
		}
	}, func(size int) {
		v, _ := batching.TryNextBatch(numbers[:size])
		sink += v[0]
	}, func(size int) {
		results, _ = batching.TryNextBatchInto(results, numbers[:size])
		sink += results[0]
	}, batching.CallTryNext, func(n int) {
		for i := range n {
			if v, err := served.TryNext(uint64(i)); err == nil {
				results[0] = v
			}
		}
	}},
	{"text of 32 bytes -> u32", func(n int) {
		for i := range n {
			sink += uint64(batching.Length(texts[i%largest]))
		}
	}, func(size int) { sink += uint64(batching.LengthBatch(texts[:size])[0]) }, func(size int) {
		lengths = batching.LengthBatchInto(lengths, texts[:size])
		sink += uint64(lengths[0])
	}, batching.CallLength, func(n int) {
		for i := range n {
			lengths[0] = served.Length(texts[i%largest])
		}
	}},
}

// works compare an item in a batch with a call of its own.
func works() []measure.Work {
	var all []measure.Work
	for _, kind := range kinds {
		for _, size := range sizes {
			all = append(all, measure.Work{
				Plot: "generated, Go calls Rust, " + kind.name + " against batch size", X: float64(size),
				Name: fmt.Sprintf("Go calls Rust: %s, %d items", kind.name, size),
				Ways: []measure.Way{
					{Name: "single calls", Lane: "cgo", Crossings: 1, Run: kind.one},
					{Name: "in a batch", Lane: "cgo", Crossings: 1 / float64(size), Run: inBatches(kind.batch, size)},
					{Name: "in a batch, into the caller's slice", Lane: "cgo", Crossings: 1 / float64(size), Run: inBatches(kind.into, size)},
				},
			})
		}
	}
	for _, kind := range kinds {
		for _, size := range sizes {
			all = append(all, measure.Work{
				Plot: "generated, Rust calls Go, " + kind.name + " against batch size", X: float64(size),
				Name: fmt.Sprintf("Rust calls Go: %s, %d items", kind.name, size),
				Ways: []measure.Way{
					{Name: "single calls", Lane: "cgo", Crossings: 1, Run: callGo(kind.call, 0)},
					{Name: "in a batch", Lane: "cgo", Crossings: 1 / float64(size), Run: callGo(kind.call, size)},
					{Name: "a loop in Go, through the interface", Run: kind.alone},
				},
			})
		}
	}
	return all
}

func inBatches(batch func(size int), size int) func(n int) {
	return func(n int) {
		for ; n > 0; n -= size {
			batch(min(n, size))
		}
	}
}

func callGo(call batching.Call, size int) func(n int) {
	return func(n int) { sink += batching.CallGo(call, uint64(n), uint64(size)) }
}
