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

	native := func(loop uintptr) func() {
		return func() { fastcall.Enter(loop, steps, 1) }
	}
	ways := []struct {
		name  string
		loop  func()
		limit float64
	}{
		{"no loop", nil, 0},
		{"a loop in Go", compute, 0},
		{"a loop in Go, locked to its thread", locked, 0},
		{"a loop with checkpoint", native(byhand.MixPolls), 3},
		{"a loop without", native(byhand.Mix), 0},
	}
	var rows []measure.Row
	for _, way := range ways {
		took := beside(way.loop)
		row := measure.Row{Section: "collector", Work: name, Samples: took, Way: way.name, Ns: took[len(took)/2], Low: took[len(took)/4], High: took[3*len(took)/4], To: ways[0].name, Limit: way.limit}
		rows = append(rows, row)
		rows[len(rows)-1].Ratio = row.Ns / rows[0].Ns
	}
	fmt.Fprintln(w)
	measure.Print(w, rows)
	report.Rows = append(report.Rows, rows...)
}

// beside returns what collections took in nanoseconds, sorted, while a loop ran.
func beside(loop func()) []float64 {
	var took []float64
	for range 20 {
		done := make(chan bool, 1)
		started := make(chan bool)
		go func() {
			close(started)
			if loop != nil {
				loop()
			}
			done <- true
		}()
		<-started
		runtime.Gosched()
		for range 5 {
			start := time.Now()
			runtime.GC()
			took = append(took, float64(time.Since(start).Nanoseconds()))
			if loop != nil && len(done) > 0 {
				break
			}
		}
		<-done
	}
	slices.Sort(took)
	return took
}

// compute calls Go functions, each of which can be preempted, for 50 ms.
func compute() {
	for start := time.Now(); time.Since(start) < 50*time.Millisecond; {
		nothing()
	}
}

func locked() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	compute()
}
