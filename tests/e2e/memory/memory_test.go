package memory_test

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"gangplank.example/e2e/memory/bridge"
	"gangplank.example/e2e/resident"
)

// carrier implements bridge.Carrier.
type carrier struct{}

func (carrier) Add(a, b int64) int64                       { return a + b }
func (carrier) Text(text string) string                    { return text }
func (carrier) Load(load bridge.Load) (bridge.Load, error) { return load, nil }
func (carrier) Crash() (bridge.Load, error)                { panic("carrier") }

func (carrier) Exit() error {
	runtime.Goexit()
	return nil
}

func (carrier) Fail(n uint64) (bridge.Load, error) {
	if n%2 == 0 {
		return bridge.Load{}, &bridge.HeavyError{By: n, What: strings.Repeat("heavy ", 30)}
	}
	return bridge.Load{}, fmt.Errorf("wrapped: %w", errors.New("odd"))
}

func TestMain(m *testing.M) {
	bridge.RegisterCarrier(carrier{})
	os.Exit(m.Run())
}

// calls is how often each kind is called: GANGPLANK_CALLS=10000000 for the whole proof.
func calls() int {
	if n, err := strconv.Atoi(os.Getenv("GANGPLANK_CALLS")); err == nil {
		return n
	}
	return 20_000
}

// kinds are the kinds of call. What is slow by nature is called less often.
var kinds = []struct {
	name  string
	every int
	call  func(times int)
}{
	{"a scalar", 1, each(func() { bridge.Add(1, 2) })},
	{"a short text", 1, each(func() { bridge.Text("plank") })},
	{"a long text", 1, each(func() { bridge.Text(long) })},
	{"numbers", 1, each(func() { bridge.Numbers(row) })},
	{"a short record", 1, each(func() { bridge.Carry(bridge.Load{Name: "short"}) })},
	{"a long record", 1, each(func() { bridge.Carry(heavy) })},
	{"an error", 1, each(func() { bridge.Fail("short") })},
	{"a long error", 1, each(func() { bridge.Fail(long) })},
	{"a refused argument", 1, each(func() { bridge.Fail("\xff") })},
	{"a panic", 100, each(func() { bridge.Crash("short") })},
	{"a scalar in Go", 1, func(times int) { bridge.AddInGo(uint64(times)) }},
	{"a short text in Go", 1, func(times int) { bridge.TextInGo("plank", uint64(times)) }},
	{"a long text in Go", 1, func(times int) { bridge.TextInGo(long, uint64(times)) }},
	{"a short record in Go", 1, func(times int) { bridge.LoadInGo(bridge.Load{Name: "short"}, uint64(times)) }},
	{"a long record in Go", 1, func(times int) { bridge.LoadInGo(heavy, uint64(times)) }},
	{"an error in Go", 1, func(times int) { bridge.FailInGo(uint64(times)) }},
	{"a panic in Go", 100, func(times int) { bridge.CrashInGo(uint64(times)) }},
	{"an exit in Go", 100, each(func() {
		done := make(chan struct{})
		go func() {
			defer close(done)
			bridge.ExitInGo()
		}()
		<-done
	})},
}

var (
	long  = strings.Repeat("long text ", 200)
	row   = make([]float64, 300)
	heavy = bridge.Load{Name: long, Data: make([]byte, 3000), Lines: []*string{nil, &long, &long}}
)

func each(call func()) func(int) {
	return func(times int) {
		for range times {
			call()
		}
	}
}

// usage is what Rust and Go hold, and what the process takes.
type usage struct{ rust, golang, process int64 }

func now() usage {
	debug.FreeOSMemory()
	bridge.Add(0, 0) // frees what Go has given back
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	u := usage{rust: bridge.Live(), golang: int64(m.HeapAlloc)}
	u.process, _ = resident.Bytes()
	return u
}

// rounds is how often memory must grow before it counts as a leak.
const rounds = 4

func TestEveryKindOfCallLeavesMemoryAsItWas(t *testing.T) {
	total := calls()
	for _, kind := range kinds {
		times := total / kind.every
		kind.call(times/10 + 10)
		// What an allocator or the race detector keeps is taken once. A leak grows in every round, whatever else does.
		for round := 1; ; round++ {
			before := now()
			kind.call(times)
			after := now()
			rust, golang, process := after.rust-before.rust, after.golang-before.golang, after.process-before.process
			t.Logf("%-24s %9d calls: Rust %+6d B, Go %+8d B, process %+5d KiB", kind.name, times, rust, golang, process>>10)
			// A single block of each call would be 24 bytes of Rust.
			if rust <= 8<<10 && golang <= 256<<10 && process <= 12<<20 {
				break
			}
			if round == rounds {
				t.Errorf("%s: memory grows in each of %d rounds", kind.name, rounds)
				break
			}
		}
	}
}
