package measure

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var sink uint64

func burn(n int) {
	for i := range 100 * n {
		sink = sink*3 + uint64(i)
	}
}

func TestTheRatioIsThatOfTheWork(t *testing.T) {
	calls := 0
	slow := Way{Name: "slow", Lane: "cgo", Crossings: 2, Run: func(n int) { calls += n; burn(10 * n) }}
	fast := Way{Name: "fast", Run: burn}
	rows := Options{Rounds: 5, Round: 1e6}.Run(Work{Name: "w", Ways: []Way{slow, fast}})
	if calls == 0 || rows[0].Ratio != 1 || rows[1].Ratio > 0.5 || rows[1].To != "slow" || len(rows[1].Samples) != 5 {
		t.Errorf("got %+v", rows)
	}
	if reflect.DeepEqual(rows[0], rows[1]) || rows[0].Lane != "cgo" || rows[0].Crossings != 2 {
		t.Errorf("got %+v", rows)
	}
}

func TestBarsAreRatiosOrDifferences(t *testing.T) {
	ways := []Way{{Name: "plain"}, {Name: "a", Limit: 1.5}, {Name: "b", More: 3}, {Name: "c", More: 5}}
	samples := [][]float64{{10, 20, 10}, {14, 28, 14}, {14, 24, 14}, {14, 24, 14}}
	rows := Rows(Work{Name: "w", Ways: ways}, samples, make([]float64, 4))
	for i, want := range []string{"", "  at most 1.5: kept", "  4 ns more, at most 3: MISSED", "  4 ns more, at most 5: kept"} {
		if got := rows[i].verdict(); got != want {
			t.Errorf("%s: %q, want %q", rows[i].Way, got, want)
		}
	}
}

// Rounds are added while a ratio is noisy, and no longer.
func TestNoisyWorksGetMoreRounds(t *testing.T) {
	quiet, noisyWay := []float64{10, 20, 10, 20, 10, 20, 10, 20}, []float64{10, 90, 40, 20, 10, 80, 20, 90}
	if noisy([][]float64{quiet, quiet}) || !noisy([][]float64{quiet, noisyWay}) || noisy([][]float64{noisyWay}) {
		t.Error("what is noisy is a ratio that jumps")
	}
	if low, high := interval([]float64{7}); low != 7 || high != 7 {
		t.Errorf("got %v, %v", low, high)
	}
	calls := 0
	jumps := Way{Name: "jumps", Run: func(n int) {
		burn(n)
		if calls++; calls%2 == 0 {
			burn(20 * n)
		}
	}}
	ways := []Way{{Name: "plain", Run: burn}, jumps}
	t.Setenv(quickVariable, "")
	rows := Options{Rounds: 6, Round: 1e5}.Patient().Run(Work{Name: "w", Ways: ways})
	if len(rows[1].Samples) != 9 {
		t.Errorf("%d rounds", len(rows[1].Samples))
	}
	t.Setenv(quickVariable, "1")
	if rows = (Options{Rounds: 5, Round: 1e5}).Patient().Run(Work{Name: "w", Ways: ways}); len(rows[1].Samples) != 5 {
		t.Errorf("%d rounds of a quick run", len(rows[1].Samples))
	}
}

var kept []*int

func TestAllocationsAreThoseOfOneCall(t *testing.T) {
	two := func(n int) {
		for i := range 2 * n {
			kept = append(kept[:0], &i)
		}
	}
	ways := []Way{{Name: "one goroutine", Run: two}, {Name: "as if of two", AtOnce: 2, Run: two}}
	rows := Options{Rounds: 1, Round: 1e5}.Run(Work{Name: "w", Ways: ways})
	if rows[0].Allocs != 2 || rows[1].Allocs != 1 {
		t.Errorf("%v and %v allocations", rows[0].Allocs, rows[1].Allocs)
	}
}

// A work may be a curve, its ways the points.
func TestWaysAreThePointsOfACurve(t *testing.T) {
	work := Work{Name: "w", Plot: "p against cores", Curve: "c", Ways: []Way{{Name: "1 core", X: 1}, {Name: "2 cores", X: 2}}}
	rows := Rows(work, [][]float64{{1}, {2}}, make([]float64, 2))
	if rows[1].X != 2 || rows[1].Curve != "c" || rows[1].Plot != work.Plot {
		t.Errorf("got %+v", rows[1])
	}
}

func TestSpread(t *testing.T) {
	var ns []float64
	for i := range 1001 {
		ns = append(ns, float64(1000-i))
	}
	if got := *Spread(ns); got != (Quantiles{500, 990, 999, 1000}) {
		t.Errorf("got %+v", got)
	}
}

func TestRowsAreSent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lines")
	t.Setenv(linesVariable, path)
	Print(io.Discard, []Row{{Work: "w", Way: "a", Samples: []float64{1, 2}}, {Work: "w", Way: "b"}})
	Missing("c", "because")
	Figure{"skew", "even", "key % 64", 2}.Send()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	var row Row
	if err := json.Unmarshal([]byte(lines[0]), &row); err != nil || row.Way != "a" || len(row.Samples) != 2 {
		t.Errorf("got %+v, %v", row, err)
	}
	if len(lines) != 4 || !strings.Contains(lines[2], `"missing":"c"`) || lines[3] != `{"table":"skew","line":"even","column":"key % 64","value":2}` {
		t.Errorf("got %q", lines)
	}
}
