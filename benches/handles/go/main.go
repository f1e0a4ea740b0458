// Command handles measures the designs of handle tables: gangplank's, runtime/cgo.Handle and those of the package plain.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"gangplank.example/crossing-go/measure"
)

func main() {
	file := flag.String("json", "", "also write the results to `file`")
	rounds := flag.Int("rounds", 61, "rounds of each way")
	round := flag.Duration("round", 10*time.Millisecond, "time of each way in a round; with a million values five times as long")
	only := flag.String("only", "", "measure only the works whose name has this `text` in it")
	live := flag.Int("live", 0, "measure only the works with so many live values")
	flag.Parse()

	report := measure.Report{Suite: "handles-go", Conditions: measure.Here()}
	report.Conditions.Print(os.Stdout)
	printSkew(os.Stdout)
	for _, group := range groups() {
		if *live != 0 && *live != group.live {
			continue
		}
		for _, work := range group.works() {
			if !strings.Contains(work.Name, *only) {
				continue
			}
			options := measure.Options{Rounds: *rounds, Round: *round}
			if group.live >= million { // takes longer to go through
				options = measure.Options{Rounds: *rounds / 2, Round: *round * 5}
			}
			rows := options.Run(work)
			measure.Print(os.Stdout, rows)
			report.Rows = append(report.Rows, rows...)
		}
		group.release()
	}
	if *file != "" {
		if err := report.Save(*file); err != nil {
			fmt.Fprintln(os.Stderr, "handles:", err)
			os.Exit(1)
		}
	}
}
