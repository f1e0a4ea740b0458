package main

import (
	"context"
	"sync"
	"sync/atomic"

	"gangplank.example/measure"
	"gangplank.example/streams/streams"
)

func init() { streams.Begin() }

// waiting are async functions of Rust that Go calls.
func waiting() []measure.Work {
	return []measure.Work{
		{Name: "Go calls async Rust, ready at once", Ways: []measure.Way{
			oneByOne("exported function, not async", streams.Add),
			atMost(3, oneByOne("async fn", awaited(streams.Ready))),
		}},
		{Name: "Go calls async Rust, through a tokio task", Ways: []measure.Way{
			oneByOne("by hand, block_on", streams.HopAndBlock),
			oneByOne("async fn", awaited(streams.Hop)),
		}},
		{Name: "Go calls async Rust, through a tokio task, 64 goroutines", Ways: []measure.Way{
			spread("by hand, block_on", streams.HopAndBlock),
			spread("async fn", awaited(streams.Hop)),
		}},
	}
}

// awaited calls an async function with a context that cannot end.
func awaited(call func(ctx context.Context, n uint64) (uint64, error)) func(n uint64) uint64 {
	return func(n uint64) uint64 {
		n, err := call(context.Background(), n)
		if err != nil {
			panic(err)
		}
		return n
	}
}

// oneByOne is a way that makes one call after the other.
func oneByOne(name string, call func(n uint64) uint64) measure.Way {
	return measure.Way{Name: name, Lane: "cgo", Crossings: 1, Run: func(n int) {
		sum := uint64(0)
		for range n {
			sum = call(sum)
		}
		sink = sum
	}}
}

// spread is a way that has 64 goroutines make n calls together. The time is that of all calls, divided by n.
func spread(name string, call func(n uint64) uint64) measure.Way {
	const goroutines = 64
	return measure.Way{Name: name, Lane: "cgo", Crossings: 1, Run: func(n int) {
		var left, sum atomic.Int64
		left.Store(int64(n))
		var all sync.WaitGroup
		for range min(goroutines, n) {
			all.Add(1)
			go func() {
				defer all.Done()
				mine := uint64(0)
				for left.Add(-1) >= 0 {
					mine = call(mine)
				}
				sum.Add(int64(mine))
			}()
		}
		all.Wait()
		sink = uint64(sum.Load())
	}}
}

// atMost gives a way a bar: the ratio to the plain way.
func atMost(ratio float64, way measure.Way) measure.Way {
	way.Limit = ratio
	return way
}
