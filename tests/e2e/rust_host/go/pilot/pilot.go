// Package pilot steers.
package pilot

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gangplank.example/rust_host/bridge"
)

func init() {
	bridge.RegisterPilot(&pilot{})
	go background()
}

// pilot implements bridge.Pilot.
type pilot struct{}

// rounds counts calls of Rust from a goroutine that no Rust thread waits for.
var rounds atomic.Uint64

func background() {
	for {
		if berth, err := bridge.FindBerth("Ever Given"); err == nil && berth.Number == 10 {
			rounds.Add(1)
		}
		time.Sleep(time.Millisecond)
	}
}

func (*pilot) Background() uint64 { return rounds.Load() }

func (*pilot) Copy(chart bridge.Chart) bridge.Chart { return chart }

func (*pilot) Plan(chart bridge.Chart) (bridge.Course, error) {
	if len(chart.Legs) == 0 {
		return bridge.Course{}, fmt.Errorf("planning: %w", errors.New("no legs"))
	}
	legs := slices.Clone(chart.Legs)
	slices.Reverse(legs)
	for i, leg := range legs {
		if sail, ok := leg.(bridge.LegSail); ok {
			sail.Heading = (sail.Heading + 180) % 360
			legs[i] = &sail // pointers are variants, too
		}
	}
	return bridge.Course{Legs: legs, Goal: "Bremerhaven"}, nil
}

func (*pilot) Moor(ship string) (string, error) {
	berth, err := bridge.FindBerth(ship)
	var no bridge.HarbourError
	if errors.As(err, &no) {
		return "", &bridge.NoMooringError{Value: no}
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s lies at %d", *berth.Ship, berth.Number), nil
}

func (*pilot) MoorAll(ships []string) (uint32, error) {
	var moored atomic.Uint32
	var wait sync.WaitGroup
	for _, ship := range ships {
		wait.Add(1)
		go func() {
			defer wait.Done()
			if _, err := bridge.FindBerth(ship); err == nil {
				moored.Add(1)
			}
		}()
	}
	wait.Wait()
	return moored.Load(), nil
}

func (*pilot) Down(levels uint32) (uint32, error) {
	n, err := bridge.Down(levels - 1)
	return n + 1, err
}

func (*pilot) Misbehave(how string) error {
	switch how {
	case "fail":
		return errors.New("as told")
	case "panic":
		panic("as told")
	case "exit":
		runtime.Goexit()
	case "rust":
		bridge.Sink()
	}
	return nil
}

func (*pilot) Collect() { runtime.GC() }
