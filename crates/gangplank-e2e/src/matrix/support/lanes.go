package values_test

import (
	"os"
	"os/exec"
	"testing"

	"gangplank.example/PROJECT/bridge"
	"gangplank.example/PROJECT/lanes"
	"gangplank.example/PROJECT/observers"
	"gangplank.example/PROJECT/stack"
)

func TestLane(t *testing.T) { lanes.Check(t, bridge.FastLane) }

// TestTheOtherLane: every value comes back as it was on the cgo lane, too.
func TestTheOtherLane(t *testing.T) {
	if stack.Race {
		t.Skip("takes long")
	}
	program := exec.Command(os.Args[0], "-test.run=^TestValues$")
	program.Env = append(os.Environ(), "GANGPLANK_LANE=cgo")
	if out, err := program.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// TestObserved tries every function while something looks on. The random values are shared out: some of them are large, and observers slow.
func TestObserved(t *testing.T) {
	if stack.Race {
		t.Skip("takes long")
	}
	turn := 0
	work := func() error {
		_, err := tryAll(1, func(trial int) bool { return trial%len(observers.Each) == turn })
		return err
	}
	stack.Fresh(func() {
		err := observers.Under(observers.Each, work, func(string, string) error {
			turn++
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
