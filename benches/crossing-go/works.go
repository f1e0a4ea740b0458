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
	sinkPacket crossing.Packet
	sinkError  error
)

// text is 32 bytes long.
var text = strings.Repeat("gangway!", 4)

// packet is two strings and 64 bytes.
var packet = crossing.Packet{From: text[:16], To: text, Payload: []byte(text + text)}

//go:noinline
func plainScalar(x uint64) uint64 { return x + 1 }

//go:noinline
func plainText(text string) string { return strings.Clone(text) }

// bareCall is what compound values are compared with.
var bareCall = measure.Way{Name: "bare cgo call", Lane: "cgo", Crossings: 1, Run: func(n int) {
	for range n {
		byhand.Nop()
	}
}}

// generated lists the calls that gangplank generated, by the name of their work.
var generated = map[string]measure.Way{
	"nothing": {Limit: 1.1, Run: func(n int) {
		for range n {
			crossing.Nop()
		}
	}},
	"u64 -> u64": {Limit: 1.1, Run: func(n int) {
		var x uint64
		for range n {
			x = crossing.Scalar(x)
		}
		sinkNumber = x
	}},
	"string of 32 bytes -> string": {Limit: 1.1, Run: func(n int) {
		for range n {
			sinkText = crossing.Text(text)
		}
	}},
	"record -> record": {Limit: 6, Run: func(n int) {
		for range n {
			sinkPacket = crossing.Answer(packet)
		}
	}},
	"error with a string": {Limit: 5, Run: func(n int) {
		for range n {
			_, sinkError = crossing.Refuse(1)
		}
	}},
}

// works are the rows of the table.
func works() []measure.Work {
	return []measure.Work{
		{Name: "nothing", Ways: []measure.Way{bareCall, gangplank("nothing")}},
		{Name: "u64 -> u64", Ways: []measure.Way{
			{Name: "cgo by hand", Lane: "cgo", Crossings: 1, Run: func(n int) {
				var x uint64
				for range n {
					x = byhand.Scalar(x)
				}
				sinkNumber = x
			}},
			gangplank("u64 -> u64"),
			{Name: "Go call, not inlined", Run: func(n int) {
				var x uint64
				for range n {
					x = plainScalar(x)
				}
				sinkNumber = x
			}},
		}},
		{Name: "string of 32 bytes -> string", Ways: []measure.Way{
			textWay("by hand, caller's buffer", 1, byhand.Text),
			gangplank("string of 32 bytes -> string"),
			textWay("by hand, C strings", 4, byhand.TextC),
			textWay("by hand, address and length", 2, byhand.TextOwned),
			textWay("by hand, bytes only, no String", 1, byhand.Copy),
			textWay("Go call, not inlined", 0, plainText),
		}},
		{Name: "record -> record", Ways: []measure.Way{bareCall, gangplank("record -> record")}},
		{Name: "error with a string", Ways: []measure.Way{bareCall, gangplank("error with a string")}},
	}
}

func gangplank(work string) measure.Way {
	way := generated[work]
	way.Name, way.Lane, way.Crossings = "gangplank", "cgo", 1
	return way
}

func textWay(name string, crossings float64, call func(string) string) measure.Way {
	lane := "cgo"
	if crossings == 0 {
		lane = ""
	}
	return measure.Way{Name: name, Lane: lane, Crossings: crossings, Run: func(n int) {
		for range n {
			sinkText = call(text)
		}
	}}
}
