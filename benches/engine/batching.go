package main

import (
	"gangplank.example/engine/byhand"
	"gangplank.example/measure"
)

const largestBatch = 4096

// batchSizes are the points of the curves.
func batchSizes() (sizes []int) {
	factor := 2
	if measure.Quick() {
		factor = 8
	}
	for size := 1; size <= largestBatch; size *= factor {
		sizes = append(sizes, size)
	}
	return sizes
}

// batching is the cost per item, in both directions and on both lanes. The generator's own batches belong here as soon as there are any.
func batching() (works []measure.Work) {
	for _, size := range batchSizes() {
		works = append(works, batchDown(size), batchUp(size))
	}
	return works
}

// batchDown lets Go call Rust.
func batchDown(size int) measure.Work {
	work := measure.Work{Name: "an item, Go calls Rust, batches of " + number(size), Plot: "an item, Go calls Rust against batch size", X: float64(size)}
	per := 1 / float64(size)
	work.Ways = []measure.Way{
		{Name: "a loop in Go", Run: repeat(byhand.Step)},
		{Name: "two arrays, by hand", Lane: "cgo", Crossings: per, Run: arrays(size)},
		{Name: "frames", Lane: "cgo", Crossings: per, Run: frames(size, byhand.Frames)},
	}
	work.Ways = append(work.Ways, onFastLane(measure.Way{Name: "frames", Crossings: per, Run: frames(size, byhand.FastFrames)})...)
	return unique(work)
}

// batchUp lets Rust call Go, on the goroutine's thread.
func batchUp(size int) measure.Work {
	work := measure.Work{Name: "an item, Rust calls Go, batches of " + number(size), Plot: "an item, Rust calls Go against batch size", X: float64(size)}
	per := 1 / float64(size)
	batched := func(walk func(n, batch int, x uint64) uint64) func(n int) {
		return func(n int) { sink = walk(n, size, sink) }
	}
	work.Ways = []measure.Way{
		{Name: "a loop in Rust", Run: batched(byhand.WalkStay)},
		{Name: "gangplank's trait, one at a time", Lane: "cgo", Crossings: 1, Run: batched(byhand.WalkTrait)},
		{Name: "frames", Lane: "cgo", Crossings: per, Run: batched(byhand.WalkShim)},
		{Name: "frames, from a Rust thread", Lane: "cgo", Crossings: per, Run: batched(byhand.WalkThreadShim)},
	}
	work.Ways = append(work.Ways, onFastLane(measure.Way{Name: "frames", Crossings: per, Run: batched(byhand.WalkFast)})...)
	return unique(work)
}

// unique names ways that differ only in their lane.
func unique(work measure.Work) measure.Work {
	for i, way := range work.Ways {
		if way.Name == "frames" {
			work.Ways[i].Name = "frames, " + way.Lane + " lane"
		}
	}
	return work
}

// frames writes a frame for each item, calls, and reads the results.
func frames(size int, call func(frames [][byhand.Stride]uint64)) func(n int) {
	space := make([][byhand.Stride]uint64, size)
	return func(n int) {
		x, sum := sink, uint64(0)
		for done := 0; done < n; done += size {
			some := space[:min(size, n-done)]
			for i := range some {
				some[i] = [byhand.Stride]uint64{4: x + uint64(done+i)}
			}
			call(some)
			for i := range some {
				if some[i][0] != 0 {
					panic("Rust reports a status")
				}
				sum += some[i][1]
			}
		}
		sink = sum
	}
}

// arrays does it with items and results in two arrays.
func arrays(size int) func(n int) {
	items, results := make([]uint64, size), make([]uint64, size)
	return func(n int) {
		x, sum := sink, uint64(0)
		for done := 0; done < n; done += size {
			now := min(size, n-done)
			for i := range now {
				items[i] = x + uint64(done+i)
			}
			byhand.Items(items[:now], results[:now])
			for _, result := range results[:now] {
				sum += result
			}
		}
		sink = sum
	}
}
