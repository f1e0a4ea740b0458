package main

import (
	"fmt"
	"runtime"
	"sync"

	"gangplank.dev/go/handle"
	"gangplank.example/measure"
)

const (
	thousand = 1_000
	million  = 1_000_000
)

// group is the works that share one filling of the tables.
type group struct {
	live   int
	tables []*table
	build  func(g *group) []measure.Work
}

func groups() []*group {
	return []*group{
		{live: thousand, build: tableWorks},
		{live: thousand, build: shardWorks},
		{live: million, build: tableWorks},
		{live: 100_000, build: keyWorks},
	}
}

func (g *group) works() []measure.Work { return g.build(g) }

// release ends what the group filed: one group's values must not be in the others' caches and collections.
func (g *group) release() {
	for _, t := range g.tables {
		t.release()
	}
	g.tables = nil
	runtime.GC()
}

// tableWorks are the works on values that get a handle.
func tableWorks(g *group) (works []measure.Work) {
	for _, d := range designs {
		g.tables = append(g.tables, d.fill(g.live))
	}
	each := func(does string, cores int, run func(t *table) func(p part, n int), limit float64) measure.Work {
		work := measure.Work{Name: fmt.Sprintf("%s, %s live, %s", does, count(g.live), coreCount(cores))}
		for i, t := range g.tables {
			way := measure.Way{Name: designs[i].name, AtOnce: cores, Run: onCores(cores, run(t))}
			if designs[i].ours {
				way.Limit = limit
			}
			work.Ways = append(work.Ways, way)
		}
		return work
	}
	get := func(t *table) func(p part, n int) { return t.get }
	cycle := func(t *table) func(p part, n int) { return t.cycle }
	mix := func(t *table) func(p part, n int) { return t.mix }
	getLimit := 0.143 // a seventh
	if g.live >= million {
		getLimit = 0.05
	}
	// What the machine makes of work that shares nothing. If this rises, it was busy, or its cores are not real ones.
	shared := measure.Work{Name: "nothing shared"}
	for _, cores := range oneAndAll() {
		shared.Ways = append(shared.Ways, measure.Way{Name: coreCount(cores), AtOnce: cores, Run: onCores(cores, alone)})
	}
	works = append(works, shared)
	for _, w := range []struct {
		does  string
		run   func(t *table) func(p part, n int)
		limit float64
	}{
		{"Get", get, getLimit},
		{"New + Get + Delete", cycle, 0.25},
		{"9 Get to 1 Delete + New", mix, 0}, // last: then Get's handles are no longer all live
	} {
		for _, cores := range oneAndAll() {
			works = append(works, each(w.does, cores, w.run, w.limit))
		}
		for i, t := range g.tables {
			works = append(works, rise(w.does, g.live, designs[i], w.run(t)))
		}
	}
	return works
}

// rise is how the time grows with the goroutines that are there at once. Beyond the number of cores they take turns, which the time of each
// contains: no more is expected of it than that.
func rise(does string, live int, d design, run func(p part, n int)) measure.Work {
	cores := runtime.NumCPU()
	work := measure.Work{
		Name:  fmt.Sprintf("%s, %s, %s live", d.name, does, count(live)),
		Plot:  fmt.Sprintf("%s, %s live, %s against goroutines at once", does, count(live), coreCount(cores)),
		Curve: d.name,
	}
	for _, goroutines := range atOnce(cores) {
		way := measure.Way{Name: atOnceName(goroutines, cores), X: float64(goroutines), AtOnce: goroutines, Run: onCores(goroutines, run)}
		if d.ours && goroutines == cores && cores > 1 {
			way.Limit = 1.1
		}
		work.Ways = append(work.Ways, way)
	}
	return work
}

// oneAndAll is one core, and all where there are more.
func oneAndAll() []int {
	if runtime.NumCPU() == 1 {
		return []int{1}
	}
	return []int{1, runtime.NumCPU()}
}

func atOnceName(goroutines, cores int) string {
	if goroutines > cores {
		return fmt.Sprintf("%d goroutines", goroutines)
	}
	return coreCount(goroutines)
}

// atOnce is from one to twice the cores, doubled each time; of a quick run the ends and the cores.
func atOnce(cores int) (counts []int) {
	for n := 1; n < cores; n *= 2 {
		if n == 1 || !measure.Quick() {
			counts = append(counts, n)
		}
	}
	return append(counts, cores, 2*cores)
}

func alone(_ part, n int) {
	x := uint64(n)
	for range n {
		x = handle.Scatter(x)
	}
	keep(n, x)
}

// onCores does the work n times on each of some goroutines. The time per operation is what each of them sees.
func onCores(cores int, run func(p part, n int)) func(n int) {
	if cores == 1 {
		return func(n int) { run(whole, n) }
	}
	return func(n int) {
		var wg sync.WaitGroup
		for i := range cores {
			wg.Add(1)
			go func() {
				defer wg.Done()
				run(part{i, cores}, n)
			}()
		}
		wg.Wait()
	}
}

func count(n int) string {
	switch n {
	case thousand:
		return "1 thousand"
	case million:
		return "1 million"
	case 100 * thousand:
		return "100 thousand"
	}
	return fmt.Sprint(n)
}

func coreCount(n int) string {
	if n == 1 {
		return "1 core"
	}
	return fmt.Sprintf("%d cores", n)
}
