package main

import (
	"gangplank.example/engine/byhand"
	"gangplank.example/engine/engine"
	"gangplank.example/measure"
)

// sink keeps results alive.
var sink uint64

// repeat takes a step n times. Each needs the result of the one before, so none can be left out.
func repeat(step func(x uint64) uint64) func(n int) {
	return func(n int) {
		x := sink
		for range n {
			x = step(x)
		}
		sink = x
	}
}

// walk asks Rust for n steps, one a call.
func walk(walk func(n, batch int, x uint64) uint64) func(n int) {
	return func(n int) { sink = walk(n, 1, sink) }
}

// crossings are single calls with a number there and a number back.
func crossings() []measure.Work {
	down := measure.Work{Name: "from Go, u64 -> u64", Ways: []measure.Way{
		{Name: "Go call, not inlined", Talk: "1.83 ns", Run: repeat(byhand.Step)},
		{Name: "Go -> C", Lane: "cgo", Crossings: 1, Talk: "171 ns", Run: repeat(byhand.CStep)},
		{Name: "Go -> Rust, by hand", Lane: "cgo", Crossings: 1, Run: repeat(byhand.RustStep)},
		{Name: "Go -> Rust, gangplank's shim", Lane: "cgo", Crossings: 1, Run: repeat(byhand.FrameStep)},
		{Name: "Go -> Rust, generated, the crate calls back elsewhere", Lane: "cgo", Crossings: 1, Run: repeat(engine.Step)},
	}}
	down.Ways = append(down.Ways, onFastLane(
		measure.Way{Name: "Go -> Rust, gangplank's shim, fast lane", Crossings: 1, Run: repeat(byhand.FastStep)},
		measure.Way{Name: "Go -> Rust, generated, fast lane, may call back", Crossings: 1, Run: repeat(engine.FastStep)})...)

	up := measure.Work{Name: "from Rust, u64 -> u64", Ways: []measure.Way{
		{Name: "Rust call, not inlined", Run: walk(byhand.WalkStay)},
		{Name: "Rust -> Go on the goroutine's thread, by hand", Lane: "cgo", Crossings: 1, Run: walk(byhand.WalkShim)},
		{Name: "Rust -> Go on the goroutine's thread, gangplank", Lane: "cgo", Crossings: 1, Run: walk(byhand.WalkTrait)},
		{Name: "Rust thread -> Go, by hand", Lane: "cgo", Crossings: 1, Talk: "1 to 2 ms", Run: walk(byhand.WalkThreadShim)},
		{Name: "Rust thread -> Go, gangplank", Lane: "cgo", Crossings: 1, Run: walk(byhand.WalkThread)},
	}}
	up.Ways = append(up.Ways, onFastLane(
		measure.Way{Name: "Rust -> Go on the goroutine's thread, fast lane", Crossings: 1, Run: walk(byhand.WalkFast)})...)
	if hasFastLane() {
		up.Ways = append(up.Ways, measure.Way{Name: "hosted thread -> Go, gangplank", Lane: "hosted", Crossings: 1, Run: walk(byhand.WalkHosted)})
	}

	first := measure.Work{Name: "a new thread", Ways: []measure.Way{
		{Name: "that calls nothing", Run: func(n int) { sink = byhand.NewThreads(n, false, sink) }},
		{Name: "and its first call of Go", Lane: "cgo", Crossings: 1, Talk: "1 to 2 ms", Run: func(n int) {
			sink = byhand.NewThreads(n, true, sink)
		}},
	}}
	return []measure.Work{down, up, first}
}
