// Command engine measures a native engine that calls Go and is called by it: single calls and batches on each lane, objects and
// functions, tails, collections beside native loops, and the talk's own case.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"gangplank.dev/go/fastcall"
	"gangplank.example/engine/byhand"
	"gangplank.example/engine/engine"
	"gangplank.example/measure"
)

// logic is what Rust calls through the generated trait.
type logic struct{}

func (logic) Step(x uint64) uint64 { return byhand.Step(x) }

// parts are what can be measured, by name.
var parts = map[string]func(flags *measure.Flags){
	"crossings": func(flags *measure.Flags) { flags.Run(crossings()) },
	"objects":   func(flags *measure.Flags) { flags.Run(objects()) },
	"batching":  func(flags *measure.Flags) { flags.Run(batching()) },
	"tails":     tails,
	"collector": collector,
	"wallaroo":  func(flags *measure.Flags) { flags.Run(wallaroo()) },
}

func main() {
	part := flag.String("part", "crossings", "what to measure: crossings, batching, objects, tails, collector, wallaroo")
	flags := measure.Parse(61, 5*time.Millisecond)
	engine.RegisterLogic(logic{})
	engine.RegisterFastLogic(logic{})
	run, ok := parts[*part]
	if !ok {
		fmt.Fprintln(os.Stderr, "engine: there is no part", *part)
		os.Exit(2)
	}
	measure.Header()
	if lane, why := fastcall.Lane(); lane != "fast" {
		measure.Missing("the fast lane", why)
	}
	run(flags)
}

// hasFastLane is whether rows of the fast lane would be what they say.
func hasFastLane() bool {
	lane, _ := fastcall.Lane()
	return lane == "fast"
}

// onFastLane leaves out what would not run there.
func onFastLane(ways ...measure.Way) []measure.Way {
	if !hasFastLane() {
		return nil
	}
	for i := range ways {
		ways[i].Lane = "fast"
	}
	return ways
}
