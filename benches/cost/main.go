// Command cost measures in a few seconds what a crossing costs on this machine. It prints a line of JSON for each kind.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"

	"gangplank.example/cost/cost"
)

type callee struct{}

func (callee) Call(x uint64) uint64 { return x + 1 }

//go:noinline
func goCall(x uint64) uint64 { return x + 1 }

// crossing is a kind of call. run makes n of them and says how long that took.
type crossing struct {
	name string
	run  func(n uint64) (time.Duration, error)
}

var crossings = []crossing{
	{"Go call", func(n uint64) (time.Duration, error) { return repeat(n, goCall) }},
	{"Go -> Rust", func(n uint64) (time.Duration, error) { return repeat(n, cost.Call) }},
	{"Rust -> Go", func(n uint64) (time.Duration, error) { return rust(cost.CallBack(n)) }},
	{"Rust thread -> Go", func(n uint64) (time.Duration, error) { return rust(cost.CallFromThread(n)) }},
}

func main() {
	quick := flag.Bool("quick", false, "measure for one second only")
	flag.Parse()
	cost.RegisterCallee(callee{})

	took := 8 * time.Second
	if *quick {
		took = time.Second
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if err := run(out, took); err != nil {
		fmt.Fprintln(os.Stderr, "cost:", err)
		os.Exit(1)
	}
}

const rounds = 31

// run measures all crossings, a round of each in turn, and prints the medians.
func run(out *json.Encoder, took time.Duration) error {
	round := took / time.Duration((rounds+1)*len(crossings))
	counts := make([]uint64, len(crossings))
	for i, c := range crossings {
		n, err := calibrate(c, round)
		if err != nil {
			return err
		}
		counts[i] = n
	}
	ns := make([][]float64, len(crossings))
	for range rounds {
		for i, c := range crossings {
			took, err := c.run(counts[i])
			if err != nil {
				return err
			}
			ns[i] = append(ns[i], float64(took.Nanoseconds())/float64(counts[i]))
		}
	}
	for i, c := range crossings {
		slices.Sort(ns[i])
		line := struct {
			Name string  `json:"name"`
			Ns   float64 `json:"ns"`
		}{c.name, ns[i][rounds/2]}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// calibrate finds how many calls fill a round.
func calibrate(c crossing, round time.Duration) (uint64, error) {
	for n := uint64(100); ; n *= 2 {
		took, err := c.run(n)
		if err != nil {
			return 0, err
		}
		if took > round/4 {
			return max(1, uint64(float64(n)*float64(round)/float64(took))), nil
		}
	}
}

func repeat(n uint64, call func(uint64) uint64) (time.Duration, error) {
	start := time.Now()
	var x uint64
	for range n {
		x = call(x)
	}
	took := time.Since(start)
	if x != n {
		return 0, fmt.Errorf("%d calls returned %d", n, x)
	}
	return took, nil
}

func rust(ns uint64, err error) (time.Duration, error) {
	return time.Duration(ns), err
}
