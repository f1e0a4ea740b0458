package main

import (
	"testing"

	"gangplank.example/engine/byhand"
	"gangplank.example/engine/engine"
	"gangplank.example/measure"
)

func init() {
	engine.RegisterLogic(logic{})
	engine.RegisterFastLogic(logic{})
}

// All ways do the same, or their times would mean nothing: each work's ways must leave the same in sink.
func same(t *testing.T, works []measure.Work) {
	t.Helper()
	for _, work := range works {
		for _, n := range []int{1, 63, 1000} {
			var want uint64
			for i, way := range work.Ways {
				sink = 42
				byhand.ForgetVotes()
				way.Run(n)
				if i == 0 {
					want = sink
				}
				if sink != want || sink == 42 {
					t.Errorf("%s, %d times: %s ends at %d, %s at %d", work.Name, n, way.Name, sink, work.Ways[0].Name, want)
				}
			}
		}
	}
}

func TestCrossings(t *testing.T) { same(t, crossings()) }

func TestObjects(t *testing.T) { same(t, objects()) }

func TestObjectsAllocations(t *testing.T) {
	// The object of New is one; an error brings its text along.
	most := map[string]float64{"New and Close": 1, "New, a method and Close": 1, "a Go error, the same value again": 6}
	for _, work := range objects() {
		for _, way := range work.Ways {
			if got := testing.AllocsPerRun(1000, func() { way.Run(1) }); got > most[way.Name] {
				t.Errorf("%s: %s: %v allocations, want at most %v", work.Name, way.Name, got, most[way.Name])
			}
		}
	}
}

// What the sums do not show: the object changes, and the error is the same value.
func TestObjectsChangeAndErrorsStay(t *testing.T) {
	changing := engine.NewChanging()
	changing.Peek(1)
	changing.Step(1)
	changing.Step(1)
	if got := changing.Steps(); got != 2 {
		t.Errorf("%d steps, want 2", got)
	}
	if err := changing.Close(); err != nil {
		t.Error(err)
	}
	if _, err := engine.Pass(1, func(uint64) (uint64, error) { return 0, errNoStep }); err != errNoStep {
		t.Errorf("got %v, want the error itself", err)
	}
}

func TestWallaroo(t *testing.T) { same(t, wallaroo()) }

func TestBatching(t *testing.T) {
	works := batching()
	for i := range works {
		if works[i].Ways[0].Name == "a loop in Go" {
			works[i].Ways = works[i].Ways[1:] // it sends one number through all steps; the others send many through one
		}
	}
	same(t, works)
	if len(works) != 26 {
		t.Errorf("%d points", len(works))
	}
}

func TestSpins(t *testing.T) {
	want := goSpin(1000, 7)
	for _, got := range []uint64{byhand.Spin(1000, 7), byhand.SpinFast(1000, 7), byhand.SpinPolls(1000, 7)} {
		if got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
}

func TestTails(t *testing.T) {
	took := make([]uint64, 1000)
	stop := keepBusy(2)
	defer stop()
	for _, c := range callers {
		n := c.call(4, 50, took)
		if n < 4 {
			t.Errorf("%s: %d calls", c.name, n)
		}
	}
}

func TestBeside(t *testing.T) {
	took, stopped := beside(byhand.Spin, calibrate(), 3)
	if len(took) != 3 || len(stopped) != 3 || took[0] <= 0 {
		t.Errorf("got %v, %v", took, stopped)
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{1: "1", 999: "999", 4096: "4,096"} {
		if got := number(n); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
