package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"gangplank.dev/go/fastcall"
	"gangplank.example/fastcall/byhand"
	"gangplank.example/measure"
)

// collections measures how long runtime.GC takes beside native loops of about
// 50 ms. It prints, and adds rows, in nanoseconds.
func collections(w io.Writer, report *measure.Report) {
	const name = "runtime.GC() beside a native loop"
	start := time.Now()
	fastcall.Enter(byhand.Mix, 1_000_000, 1)
	steps := uintptr(50 * time.Millisecond / max(1, time.Since(start)/1_000_000))

	ways := []struct {
		name  string
		loop  uintptr
		limit float64
	}{
		{"no loop", 0, 0},
		{"a loop with checkpoint", byhand.MixPolls, 3},
		{"a loop without", byhand.Mix, 0},
	}
	var rows []measure.Row
	for _, way := range ways {
		took := beside(way.loop, steps)
		row := measure.Row{Section: "collector", Work: name, Samples: took, Way: way.name, Ns: took[len(took)/2], Low: took[len(took)/4], High: took[3*len(took)/4], To: ways[0].name, Limit: way.limit}
		rows = append(rows, row)
		rows[len(rows)-1].Ratio = row.Ns / rows[0].Ns
	}
	fmt.Fprintln(w)
	measure.Print(w, rows)
	report.Rows = append(report.Rows, rows...)
}

// beside returns what collections took in nanoseconds, sorted, while a loop ran.
func beside(loop, steps uintptr) []float64 {
	var took []float64
	for range 20 {
		done := make(chan uintptr, 1)
		started := make(chan bool)
		go func() {
			close(started)
			if loop != 0 {
				fastcall.Enter(loop, steps, 1)
			}
			done <- 0
		}()
		<-started
		runtime.Gosched()
		for range 5 {
			start := time.Now()
			runtime.GC()
			took = append(took, float64(time.Since(start).Nanoseconds()))
			if loop != 0 && len(done) > 0 {
				break
			}
		}
		<-done
	}
	slices.Sort(took)
	return took
}
