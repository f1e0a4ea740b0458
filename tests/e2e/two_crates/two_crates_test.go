package two_crates_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gangplank.example/e2e/two_crates/bridge/harbour"
	"gangplank.example/e2e/two_crates/bridge/ship"
)

// highest implements ship.Pilot.
type highest struct{}

func (highest) Choose(berths []uint32) (uint32, error) {
	if len(berths) == 0 {
		return 0, errors.New("nowhere to go")
	}
	return slices.Max(berths), nil
}

func TestEachPackageHasItsCrate(t *testing.T) {
	if harbour.Name() != "harbour" || ship.Name() != "ship" {
		t.Error(harbour.Name(), ship.Name())
	}
	if b := harbour.GetBerth(2); b == nil || *b != (harbour.Berth{Number: 2, Length: 80.5}) {
		t.Error(b)
	}
}

func TestOneCrateCallsTheOtherAndGo(t *testing.T) {
	ship.RegisterPilot(highest{})
	for _, c := range []struct {
		berths []uint32
		known  bool
	}{{[]uint32{1, 2}, true}, {[]uint32{1, 9}, false}} {
		berth, err := ship.Moor(c.berths)
		if err != nil || berth != (ship.Berth{Known: c.known}) {
			t.Error(c.berths, berth, err)
		}
	}
	if _, err := ship.Moor(nil); err == nil || err.Error() != "nowhere to go" {
		t.Error(err)
	}
}

func TestThereIsOneCopyOfACrate(t *testing.T) {
	first := harbour.Count()
	if second := ship.CountInHarbour(); second != first+1 {
		t.Error(first, second)
	}
}

func TestPanicsSayWhere(t *testing.T) {
	var panicked *harbour.PanicError
	err := harbour.Sink()
	if !errors.As(err, &panicked) || panicked.Message != "the harbour sank" || !strings.Contains(panicked.Stack, "harbour/src/lib.rs") {
		t.Error(err)
	}
}
