//go:build linux && (amd64 || arm64) && cgo && gc && go1.24 && !go1.28 && !msan && !asan

package fastcall

import (
	"fmt"
	"testing"
)

// TestWrongOffsets corrupts each offset in turn and wants a refusal.
func TestWrongOffsets(t *testing.T) {
	if fault := known.check(); fault != "" {
		t.Fatal(fault)
	}
	offsets := map[string]func(*facts) *uintptr{
		"g.stack.lo":    func(f *facts) *uintptr { return &f.stackLo },
		"g.stack.hi":    func(f *facts) *uintptr { return &f.stackHi },
		"g.stackguard0": func(f *facts) *uintptr { return &f.guard },
		"g.m":           func(f *facts) *uintptr { return &f.m },
		"g.sched.sp":    func(f *facts) *uintptr { return &f.schedSP },
		"g.sched.pc":    func(f *facts) *uintptr { return &f.schedPC },
		"m.g0":          func(f *facts) *uintptr { return &f.g0 },
	}
	for name, field := range offsets {
		right := *field(&known)
		for wrong := uintptr(0); wrong <= 0xa0; wrong += 8 {
			if wrong == right {
				continue
			}
			f := known
			*field(&f) = wrong
			// On this goroutine, and on new ones, whose stacks are small.
			for range 3 {
				fault := make(chan string)
				go func() { fault <- f.check() }()
				if <-fault == "" {
					t.Errorf("%s at %#x instead of %#x is not refused", name, wrong, right)
					break
				}
			}
		}
	}
}

// TestSelfTestTwice: it leaves nothing behind that it trips over.
func TestSelfTestTwice(t *testing.T) {
	defer restoreLane()
	for range 20 {
		if fault := selfTest(); fault != "" {
			t.Fatal(fault)
		}
	}
	if len(departures) != 0 || len(carried.held) != 0 {
		t.Fatal("left behind: ", departures, carried.held)
	}
}

// TestChooseLane is what the environment can say.
func TestChooseLane(t *testing.T) {
	defer restoreLane()
	for wanted, want := range map[string]string{
		"cgo":  "cgo: GANGPLANK_LANE=cgo",
		"slow": "cgo: GANGPLANK_LANE=slow is not a lane: use fast or cgo",
		"fast": "fast: ",
		"":     "fast: ",
	} {
		name, why := chooseLane(wanted)
		if got := fmt.Sprint(name, ": ", why); got != want {
			t.Errorf("GANGPLANK_LANE=%s: %s, not %s", wanted, got, want)
		}
	}
}

// restoreLane makes calls take the lane of this process again.
func restoreLane() {
	useCgo()
	if lane == fastLane {
		useFast()
	}
}

// TestNothingAllocates: neither calls nor callbacks do.
func TestNothingAllocates(t *testing.T) {
	if lane != fastLane {
		t.Skip(reason)
	}
	none := uintptr(Register(func(a, b uintptr) uintptr { return a }))
	for name, f := range map[string]func(){
		"leaf":      func() { Leaf6(probe.sum, 1, 2, 3, 4, 5, 6) },
		"entry":     func() { Enter(probe.loop, none, 0) },
		"callbacks": func() { Enter(probe.loop, none, 100) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
