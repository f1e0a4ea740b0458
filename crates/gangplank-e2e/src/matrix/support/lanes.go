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
	program := exec.Command(os.Args[0], "-test.run=^TestValues$")
	program.Env = append(os.Environ(), "GANGPLANK_LANE=cgo")
	if out, err := program.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// TestObserved tries every function while something looks on.
func TestObserved(t *testing.T) {
	work := func() error {
		_, err := tryAll(1)
		return err
	}
	stack.Fresh(func() {
		if err := observers.Under(work, func(string, string) error { return nil }); err != nil {
			t.Error(err)
		}
	})
}
