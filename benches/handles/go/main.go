// Command handles measures the designs of handle tables: gangplank's, runtime/cgo.Handle and those of the package plain.
package main

import (
	"flag"
	"os"
	"runtime"
	"time"

	"gangplank.example/measure"
)

func main() {
	live := flag.Int("live", 0, "measure only the works with so many live values")
	flags := measure.Parse(61, 10*time.Millisecond)

	measure.Header()
	if runtime.NumCPU() == 1 {
		measure.Missing("handles on several cores", "this machine has one")
	}
	printSkew(os.Stdout)
	for _, group := range groups() {
		if *live != 0 && *live != group.live || *live == 0 && measure.Quick() && group.live >= million {
			continue
		}
		options := flags.Options
		if group.live >= million { // takes longer to go through
			options = measure.Options{Rounds: max(3, options.Rounds/2), Round: options.Round * 5}
		}
		for _, work := range group.works() {
			if flags.Wants(work.Name) {
				measure.Print(os.Stdout, options.Run(work))
			}
		}
		group.release()
	}
}
