package fastcall

import (
	"fmt"
	"os"
)

// Names of the lanes.
const (
	fastLane = "fast"
	cgoLane  = "cgo"
	noLane   = "none"
)

// LaneVariable is the environment variable that chooses the lane: "fast" (if
// it is sound here, which is the default) or "cgo".
const LaneVariable = "GANGPLANK_LANE"

var lane, reason string

// Lane returns the lane that calls take: "fast", "cgo", or "none" in a
// program built without cgo. The reason says why it is not the fast one.
func Lane() (name, why string) { return lane, reason }

func init() {
	lane, reason = chooseLane(os.Getenv(LaneVariable))
	if lane == fastLane {
		useFast()
	}
	startWatch(os.Getenv(WatchVariable))
}

// chooseLane decides, once.
func chooseLane(wanted string) (name, reason string) {
	if !useCgo() {
		return noLane, "the program was built without cgo: set CGO_ENABLED=1 and have a C compiler"
	}
	switch wanted {
	case "", fastLane:
	case cgoLane:
		return cgoLane, LaneVariable + "=cgo"
	default:
		return cgoLane, fmt.Sprintf("%s=%s is not a lane: use fast or cgo", LaneVariable, wanted)
	}
	if !haveFast {
		return cgoLane, unsupported()
	}
	if fault := selfTest(); fault != "" {
		return cgoLane, "the self-test refused: " + fault
	}
	return fastLane, ""
}
