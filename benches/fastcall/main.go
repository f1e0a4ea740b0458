// Command fastcall measures the fast lane beside cgo and beside a Go call.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"gangplank.dev/go/fastcall"
	"gangplank.example/measure"
)

func main() {
	file := flag.String("json", "", "also write the results to `file`")
	rounds := flag.Int("rounds", 201, "rounds of each way")
	round := flag.Duration("round", time.Millisecond, "time of each way in a round")
	only := flag.String("only", "", "only the work whose name contains `text`")
	flag.Parse()

	if lane, why := fastcall.Lane(); lane != "fast" {
		fmt.Fprintln(os.Stderr, "fastcall: the fast lane is not in use:", why)
		os.Exit(1)
	}
	report := measure.Report{Suite: "fastcall", Conditions: measure.Here()}
	report.Conditions.Print(os.Stdout)
	options := measure.Options{Rounds: *rounds, Round: *round}.Patient()
	for _, work := range works() {
		if strings.Contains(work.Name, *only) {
			rows := options.Run(work)
			measure.Print(os.Stdout, rows)
			report.Rows = append(report.Rows, rows...)
		}
	}
	collections(os.Stdout, &report)
	if *file != "" {
		if err := report.Save(*file); err != nil {
			fmt.Fprintln(os.Stderr, "fastcall:", err)
			os.Exit(1)
		}
	}
}
