package observed_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"gangplank.example/e2e/lanes"
	"gangplank.example/e2e/observed/bridge"
	"gangplank.example/e2e/observed/suite"
	"gangplank.example/e2e/resident"
	"gangplank.example/e2e/stack"
)

// TestSoak goes on for as long as GANGPLANK_SOAK says ("10m"): results stay what they were, and so does memory.
func TestSoak(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("GANGPLANK_SOAK"))
	if err != nil {
		t.Skip("cargo xtask soak")
	}
	lanes.Check(t, bridge.FastLane)
	lanes.Agree(t) // what one round says is what the cgo lane says
	memory := memory{race: stack.Race}
	from, told := time.Now(), time.Now()
	rounds, err := suite.Soak(length, func(round int, observer string) error {
		now, _ := resident.Bytes()
		if time.Since(told) > length/10 {
			told = time.Now()
			fmt.Printf("%v: %d rounds, %d MiB resident\n", time.Since(from).Round(time.Second), round+1, now>>20)
		}
		return memory.look(round, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%v: %d rounds; %s\n", time.Since(from).Round(time.Second), rounds, memory.sum())
}

// memory looks for growth. What is taken once, by allocators, profiles and threads, is taken in the first rounds.
type memory struct {
	race          bool // the detector keeps what it likes
	first, last   int64
	least, rounds int64
}

// Rounds that fill the caches, and those of which the smallest counts, so that what a collector has not come to yet does not.
const (
	warm   = 33
	window = 33
	room   = 32 << 20
)

func (m *memory) look(round int, now int64) error {
	switch {
	case round < warm:
		m.first = max(m.first, now)
		return nil
	case round%window == 0:
		m.last, m.least = m.least, now
	}
	m.least = min(m.least, now)
	m.rounds++
	if m.last > m.first+room && m.least > m.first+room && !m.race {
		return fmt.Errorf("memory grew from %d to %d MiB", m.first>>20, m.least>>20)
	}
	return nil
}

func (m *memory) sum() string {
	if m.rounds < window {
		return fmt.Sprintf("at most %d MiB, too few rounds to say whether memory grows", m.first>>20)
	}
	return fmt.Sprintf("memory: at most %d MiB in the first %d rounds, at least %d MiB in the last ones", m.first>>20, warm, m.least>>20)
}
