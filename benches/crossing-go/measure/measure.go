// Package measure times variants of the same work side by side, so that their ratio holds on a machine whose speed changes.
package measure

import (
	"runtime"
	"slices"
	"time"
)

// Work is something done in several ways. The first way is what the others are compared with.
type Work struct {
	Name string
	Ways []Way
}

// Way is one way to do it.
type Way struct {
	Name  string
	Run   func(n int) // does it n times
	Limit float64     // the ratio that it should not exceed; 0 if there is none
}

// Row is the result of one way.
type Row struct {
	Work   string  `json:"work"`
	Way    string  `json:"way"`
	Ns     float64 `json:"ns"`              // per call, the median of all rounds
	Low    float64 `json:"low"`             // a quarter of the rounds was faster
	High   float64 `json:"high"`            // a quarter of the rounds was slower
	Ratio  float64 `json:"ratio"`           // the median of the rounds' ratios
	To     string  `json:"to"`              // the way that Ratio refers to
	Limit  float64 `json:"limit,omitempty"` // what Ratio should not exceed
	Allocs float64 `json:"allocs"`          // Go heap allocations per call
}

// Options say how long to measure.
type Options struct {
	Rounds int
	Round  time.Duration // of each way
}

// Run measures a work: in every round each way once, in alternating order.
func (o Options) Run(work Work) []Row {
	counts := make([]int, len(work.Ways))
	for i, way := range work.Ways {
		counts[i] = o.calibrate(way)
	}
	ns := make([][]float64, len(work.Ways))
	for round := range o.Rounds {
		for i := range work.Ways {
			if round%2 == 1 {
				i = len(work.Ways) - 1 - i
			}
			took := clock(work.Ways[i], counts[i])
			ns[i] = append(ns[i], float64(took.Nanoseconds())/float64(counts[i]))
		}
	}

	rows := make([]Row, len(work.Ways))
	for i, way := range work.Ways {
		ratios := make([]float64, o.Rounds)
		for round := range ratios {
			ratios[round] = ns[i][round] / ns[0][round]
		}
		rows[i] = Row{
			Work:   work.Name,
			Way:    way.Name,
			Ns:     quantile(ns[i], 0.5),
			Low:    quantile(ns[i], 0.25),
			High:   quantile(ns[i], 0.75),
			Ratio:  quantile(ratios, 0.5),
			To:     work.Ways[0].Name,
			Limit:  way.Limit,
			Allocs: allocs(way),
		}
	}
	return rows
}

// calibrate finds how many calls fill a round.
func (o Options) calibrate(way Way) int {
	for n := 1; ; n *= 2 {
		// The best of three: another process may have had the core.
		took := min(clock(way, n), clock(way, n), clock(way, n))
		if took > o.Round/4 {
			return max(1, int(float64(n)*float64(o.Round)/float64(took)))
		}
	}
}

func clock(way Way, n int) time.Duration {
	start := time.Now()
	way.Run(n)
	return time.Since(start)
}

// allocs counts the Go heap allocations of a call.
func allocs(way Way) float64 {
	const calls = 10_000
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	way.Run(calls)
	runtime.ReadMemStats(&after)
	return float64((after.Mallocs-before.Mallocs)*100/calls) / 100
}

func quantile(values []float64, q float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(q*float64(len(sorted)-1)+0.5)]
}
