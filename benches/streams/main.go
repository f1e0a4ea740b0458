// Command streams measures what Go pays to wait for Rust: an item of an iterator or a stream on its way to the other language, and
// a call of an async function.
package main

import (
	"slices"
	"time"

	"gangplank.example/measure"
)

func main() {
	flags := measure.Parse(15, 24*time.Millisecond)
	measure.Header()
	flags.Run(works())
}

// sink holds what the ways found: all ways of a work leave the same.
var sink uint64

func works() []measure.Work { return slices.Concat(items(), waiting()) }
