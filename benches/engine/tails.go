package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync/atomic"

	"gangplank.example/engine/byhand"
	"gangplank.example/measure"
)

// caller is a way for native threads to call Go.
type caller struct {
	name string
	lane string
	call func(threads, milliseconds int, took []uint64) int
}

var callers = []caller{
	{"callback", "cgo", func(threads, milliseconds int, took []uint64) int {
		return byhand.Tails(false, threads, 1, milliseconds, took)
	}},
	{"callback, batches of 64", "cgo", func(threads, milliseconds int, took []uint64) int {
		return byhand.Tails(true, threads, 64, milliseconds, took)
	}},
	{"hosted threads, no more than Ps", "hosted", func(threads, milliseconds int, took []uint64) int {
		return byhand.TailsHosted(min(threads, runtime.GOMAXPROCS(0)), milliseconds, took)
	}},
}

const room = 1 << 20 // calls that are remembered

// tails measures how long single calls take: alone, with more native threads than Ps, and then beside goroutines that compute.
func tails(flags *measure.Flags) {
	procs := runtime.GOMAXPROCS(0)
	if procs == 1 {
		measure.Missing("tails beside busy goroutines", "this machine has one core")
		return
	}
	milliseconds := 400
	if measure.Quick() {
		milliseconds = 150
	}
	took := make([]uint64, room)
	callers := slices.DeleteFunc(slices.Clone(callers), func(c caller) bool { return c.lane == "hosted" && !hasFastLane() })
	for _, scene := range []struct {
		name    string
		threads int
		busy    int
	}{
		{"1 native thread, nothing else", 1, 0},
		{fmt.Sprintf("%d native threads, %d Ps", 4*procs, procs), 4 * procs, 0},
		{fmt.Sprintf("%d native threads, %d Ps, %d busy goroutines", 4*procs, procs, procs), 4 * procs, procs},
	} {
		if !flags.Wants(scene.name) {
			continue
		}
		work := measure.Work{Name: scene.name}
		samples := make([][]float64, len(callers))
		all := make([][]float64, len(callers))
		for range 4 { // in turns, as everywhere
			for i, c := range callers {
				stop := keepBusy(scene.busy)
				n := c.call(scene.threads, milliseconds, took)
				stop()
				calls := make([]float64, n)
				for j, ns := range took[:n] {
					calls[j] = float64(ns)
				}
				samples[i] = append(samples[i], measure.Median(calls))
				all[i] = append(all[i], calls...)
			}
		}
		for _, c := range callers {
			work.Ways = append(work.Ways, measure.Way{Name: c.name, Lane: c.lane, Crossings: 1})
		}
		rows := measure.Rows(work, samples, make([]float64, len(callers)))
		for i := range rows {
			rows[i].Quantiles = measure.Spread(all[i])
		}
		measure.Print(os.Stdout, rows)
	}
}

// keepBusy starts goroutines that compute until the returned function is called.
func keepBusy(n int) (stop func()) {
	var over atomic.Bool
	done := make(chan uint64)
	for range n {
		go func() {
			x := uint64(n)
			for !over.Load() {
				for range 1000 {
					x = byhand.Step(x)
				}
			}
			done <- x
		}()
	}
	return func() {
		over.Store(true)
		for range n {
			<-done
		}
	}
}
