package main

import (
	"strings"

	"gangplank.example/crossing-go/byhand"
	"gangplank.example/crossing-go/crossing"
	"gangplank.example/measure"
)

// The sinks keep the compiler from leaving work out.
var (
	sinkNumber uint64
	sinkText   string
)

// text is 32 bytes long.
var text = strings.Repeat("gangway!", 4)

func works(peer *library) []measure.Work {
	nothing := func(name string, call func()) measure.Way {
		return way(name, func(n int) {
			for range n {
				call()
			}
		})
	}
	scalar := func(name string, call func(uint64) uint64) measure.Way {
		return way(name, func(n int) {
			x := uint64(0)
			for range n {
				x = call(x)
			}
			sinkNumber = x
		})
	}
	inText := func(name string, call func(string) string) measure.Way {
		return way(name, func(n int) {
			for range n {
				sinkText = call(text)
			}
		})
	}
	return []measure.Work{
		{Name: "nothing", Ways: []measure.Way{nothing("bare cgo call", byhand.Nop), nothing("gangplank", crossing.Nop), nothing(version(), peer.nop)}},
		{Name: "u64 -> u64", Ways: []measure.Way{scalar("cgo by hand", byhand.Scalar), scalar("gangplank", crossing.Scalar), scalar(version(), peer.scalar)}},
		{Name: "string of 32 bytes -> string", Ways: []measure.Way{inText("by hand, caller's buffer", byhand.Text), inText("gangplank", crossing.Text), inText(version(), peer.Text)}},
	}
}

func way(name string, run func(n int)) measure.Way {
	return measure.Way{Name: name, Lane: "cgo", Crossings: 1, Run: run}
}
