// Package measure times variants of the same work side by side, so that their ratio holds on a machine whose speed changes.
package measure

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"time"
)

// Work is something done in several ways. The first way is what the others are compared with.
type Work struct {
	Section string // of the report; empty for the one that the program belongs to
	Name    string
	Plot    string  // works of one plot are points of its curves
	X       float64 // where in the plot
	Curve   string  // if set, the work is this curve, and its ways are the points
	Ways    []Way
}

// Way is one way to do it.
type Way struct {
	Name      string
	Lane      string      // how it crosses: cgo, fast, hosted; empty if it does not
	Run       func(n int) // does it n times
	Limit     float64     // the ratio that it should not exceed; 0 if there is none
	More      float64     // how many nanoseconds more than the plain way it should not exceed; 0 if there is no such bar
	Crossings float64     // how often it crosses between the languages
	Talk      string      // the figure of the talk of 2018, where it gave one
	X         float64     // where in the plot, if the work is a curve
	AtOnce    int         // how many goroutines do it n times each; 0 is one
}

// Row is the result of one way.
type Row struct {
	Section   string     `json:"section,omitempty"`
	Work      string     `json:"work"`
	Plot      string     `json:"plot,omitempty"`
	X         float64    `json:"x,omitempty"`
	Curve     string     `json:"curve,omitempty"`
	Way       string     `json:"way"`
	Lane      string     `json:"lane,omitempty"`
	Samples   []float64  `json:"samples,omitempty"` // nanoseconds per call, round for round
	Ns        float64    `json:"ns"`                // the median of all rounds
	Low       float64    `json:"low"`               // a quarter of the rounds was faster
	High      float64    `json:"high"`              // a quarter of the rounds was slower
	Ratio     float64    `json:"ratio"`             // the median of the rounds' ratios
	To        string     `json:"to"`                // the way that Ratio refers to
	Limit     float64    `json:"limit,omitempty"`   // what Ratio should not exceed
	Extra     float64    `json:"extra,omitempty"`   // the median of the rounds' differences, in nanoseconds
	More      float64    `json:"more,omitempty"`    // what Extra should not exceed
	Allocs    float64    `json:"allocs"`            // Go heap allocations per call
	Crossings float64    `json:"crossings,omitempty"`
	Talk      string     `json:"talk,omitempty"`
	Quantiles *Quantiles `json:"quantiles,omitempty"`
}

// Quantiles say how long single calls took, in nanoseconds.
type Quantiles struct {
	P50   float64 `json:"p50"`
	P99   float64 `json:"p99"`
	P999  float64 `json:"p999"`
	Worst float64 `json:"worst"`
}

// Options say how long to measure.
type Options struct {
	Rounds int
	Round  time.Duration // of each way
	More   int           // so many rounds more while a ratio is noisy
}

// Patient allows half as many rounds again for works that are noisy, unless the run must be quick.
func (o Options) Patient() Options {
	if !Quick() {
		o.More = o.Rounds / 2
	}
	return o
}

// Run measures a work: in every round each way once, in alternating order.
func (o Options) Run(work Work) []Row {
	counts := make([]int, len(work.Ways))
	for i, way := range work.Ways {
		counts[i] = o.calibrate(way)
	}
	samples := make([][]float64, len(work.Ways))
	for round := 0; round < o.Rounds || round < o.Rounds+o.More && noisy(samples); round++ {
		for i := range work.Ways {
			if round%2 == 1 {
				i = len(work.Ways) - 1 - i
			}
			took := clock(work.Ways[i], counts[i])
			samples[i] = append(samples[i], float64(took.Nanoseconds())/float64(counts[i]))
		}
	}
	allocations := make([]float64, len(work.Ways))
	for i, way := range work.Ways {
		allocations[i] = allocs(way, counts[i]) / float64(max(1, way.AtOnce))
	}
	return Rows(work, samples, allocations)
}

// Rows makes the rows of a work from the samples of its ways, which were taken in turns.
func Rows(work Work, samples [][]float64, allocs []float64) []Row {
	rows := make([]Row, len(work.Ways))
	for i, way := range work.Ways {
		ratios, extras := make([]float64, len(samples[i])), make([]float64, len(samples[i]))
		for round := range ratios {
			ratios[round] = samples[i][round] / samples[0][round]
			extras[round] = samples[i][round] - samples[0][round]
		}
		rows[i] = Row{
			Section:   work.Section,
			Work:      work.Name,
			Plot:      work.Plot,
			X:         cmp.Or(way.X, work.X),
			Curve:     work.Curve,
			Way:       way.Name,
			Lane:      way.Lane,
			Samples:   samples[i],
			Ns:        quantile(samples[i], 0.5),
			Low:       quantile(samples[i], 0.25),
			High:      quantile(samples[i], 0.75),
			Ratio:     quantile(ratios, 0.5),
			To:        work.Ways[0].Name,
			Limit:     way.Limit,
			Extra:     quantile(extras, 0.5),
			More:      way.More,
			Allocs:    allocs[i],
			Crossings: way.Crossings,
			Talk:      way.Talk,
		}
	}
	return rows
}

// noise is how wide the interval of a ratio may be, as a part of it, before more rounds are worth their time.
const noise = 0.1

// noisy is whether a ratio is not yet known well. It looks at the width of the interval, never at where it lies.
func noisy(samples [][]float64) bool {
	for _, way := range samples[1:] {
		ratios := make([]float64, len(way))
		for round := range ratios {
			ratios[round] = way[round] / samples[0][round]
		}
		if low, high := interval(ratios); high-low > noise*quantile(ratios, 0.5) {
			return true
		}
	}
	return false
}

// interval is the 95 % confidence interval of the median, from ranks.
func interval(values []float64) (low, high float64) {
	sorted := slices.Sorted(slices.Values(values))
	n := float64(len(sorted))
	half := 0.98 * math.Sqrt(n)
	below, above := max(int(n/2-half), 1)-1, min(int(math.Ceil(n/2+half)), len(sorted)-1)
	return sorted[below], sorted[above]
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

// allocs counts the Go heap allocations of a call, to a hundredth. What takes long is not called often.
func allocs(way Way, round int) float64 {
	calls := min(10_000, 4*round)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	way.Run(calls)
	runtime.ReadMemStats(&after)
	return float64((after.Mallocs-before.Mallocs)*100/uint64(calls)) / 100
}

// Spread says how long single calls took.
func Spread(ns []float64) *Quantiles {
	return &Quantiles{quantile(ns, 0.5), quantile(ns, 0.99), quantile(ns, 0.999), quantile(ns, 1)}
}

// Median of some numbers.
func Median(values []float64) float64 { return quantile(values, 0.5) }

func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(q*float64(len(sorted)-1)+0.5)]
}
