// Command batching measures what an item of a batch costs, against the size of the batch, in both directions.
package main

import (
	"time"

	"gangplank.example/measure"
)

func main() {
	flags := measure.Parse(41, 2*time.Millisecond)
	measure.Header()
	flags.Run(works())
}
