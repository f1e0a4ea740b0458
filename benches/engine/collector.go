package main

import (
	"os"
	"runtime"
	"time"

	"gangplank.example/engine/byhand"
	"gangplank.example/measure"
)

// loopTime is how long the native code computes at a time.
const loopTime = 30 * time.Millisecond

// collector measures collections while native code computes on another goroutine.
func collector(flags *measure.Flags) {
	if runtime.GOMAXPROCS(0) == 1 {
		measure.Missing("collections beside native code", "this machine has one core")
		return
	}
	collections := 12
	if measure.Quick() {
		collections = 6
	}
	ways := []measure.Way{{Name: "nothing"}, {Name: "a goroutine that computes"}, {Name: "native code", Lane: "cgo"}}
	loops := []func(n int, x uint64) uint64{nil, goSpin, byhand.Spin}
	if hasFastLane() {
		ways = append(ways, measure.Way{Name: "native code with checkpoints", Lane: "fast"}, measure.Way{Name: "native code without checkpoints", Lane: "fast"})
		loops = append(loops, byhand.SpinPolls, byhand.SpinFast)
	}
	steps := calibrate()
	samples, stops := make([][]float64, len(ways)), make([][]float64, len(ways))
	for range 3 {
		for i, loop := range loops {
			took, stopped := beside(loop, steps, collections)
			samples[i], stops[i] = append(samples[i], took...), append(stops[i], stopped...)
		}
	}
	print := func(name string, samples [][]float64) {
		if !flags.Wants(name) {
			return
		}
		rows := measure.Rows(measure.Work{Name: name, Ways: ways}, samples, make([]float64, len(ways)))
		for i := range rows {
			rows[i].Quantiles = measure.Spread(samples[i])
		}
		measure.Print(os.Stdout, rows)
	}
	print("runtime.GC() beside", samples)
	print("the world stopped in it, beside", stops)
}

// calibrate finds how many steps fill the loop time.
func calibrate() int {
	const try = 1_000_000
	start := time.Now()
	sink = byhand.Spin(try, sink)
	return int(float64(loopTime) / float64(time.Since(start)) * try)
}

func goSpin(n int, x uint64) uint64 {
	for range n {
		x = byhand.Step(x)
	}
	return x
}

// beside runs collections while a loop runs again and again, and returns how long each took and how long it stopped the world.
func beside(loop func(n int, x uint64) uint64, steps, collections int) (took, stopped []float64) {
	over, done, started := make(chan bool), make(chan uint64), make(chan bool)
	if loop != nil {
		go func() {
			close(started)
			x := uint64(1)
			for {
				x = loop(steps, x)
				select {
				case <-over:
					done <- x
					return
				default:
				}
			}
		}()
		<-started
		time.Sleep(time.Millisecond)
	}
	var stats runtime.MemStats
	for range collections {
		runtime.ReadMemStats(&stats)
		before := stats.PauseTotalNs
		start := time.Now()
		runtime.GC()
		took = append(took, float64(time.Since(start).Nanoseconds()))
		runtime.ReadMemStats(&stats)
		stopped = append(stopped, float64(stats.PauseTotalNs-before))
	}
	if loop != nil {
		close(over)
		<-done
	}
	return took, stopped
}
