package main

import (
	"gangplank.example/engine/byhand"
	"gangplank.example/measure"
)

// wallaroo is a message through decode, partition, compute and encode.
func wallaroo() []measure.Work {
	work := measure.Work{Name: "a message through the pipeline", Ways: []measure.Way{
		{Name: "Wallaroo's: four callbacks, sharded maps of ids", Lane: "cgo", Crossings: 4, Run: func(n int) { sink = byhand.VotesMaps(n) }},
		{Name: "four callbacks, gangplank's table", Lane: "cgo", Crossings: 4, Run: func(n int) { sink = byhand.VotesTables(n) }},
	}}
	for _, batch := range []int{1, 64} {
		work.Ways = append(work.Ways, measure.Way{
			Name: "one callback, batches of " + number(batch), Lane: "cgo", Crossings: 1 / float64(batch),
			Run: func(n int) { sink = byhand.VotesTogether(n, batch) },
		})
	}
	for _, batch := range []int{1, 64} {
		work.Ways = append(work.Ways, onFastLane(measure.Way{
			Name: "one fast callback, batches of " + number(batch), Crossings: 1 / float64(batch),
			Run: func(n int) { sink = byhand.VotesFast(n, batch) },
		})...)
	}
	return []measure.Work{work}
}
