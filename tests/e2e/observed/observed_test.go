package observed_test

import (
	"os"
	"testing"

	"gangplank.example/e2e/lanes"
	"gangplank.example/e2e/observed/bridge"
	"gangplank.example/e2e/observed/suite"
	"gangplank.example/e2e/stack"
)

// TestTranscript runs the suite, for TestLanesAgree, which compares what it says on either lane.
func TestTranscript(t *testing.T) {
	if !lanes.Compared() {
		t.Skip("TestLanesAgree runs it")
	}
	if err := suite.Run(lanes.Transcript(t)); err != nil {
		t.Fatal(err)
	}
}

func TestLanesAgree(t *testing.T) { lanes.Agree(t) }

func TestLane(t *testing.T) { lanes.Check(t, bridge.FastLane) }

// plain says whether nothing unusual is asked of this run: what tries settings of its own, or has to do with the system more than with
// Go, is run once.
func plain() bool {
	return !stack.Race && os.Getenv("GOGC") == "" && os.Getenv("GOEXPERIMENT") == ""
}

// TestSurroundings runs the suite under settings that move the collector and the scheduler about: what it says is what the cgo lane says without them.
func TestSurroundings(t *testing.T) {
	if !plain() {
		t.Skip("in the plain run")
	}
	for _, env := range [][]string{
		{"GOGC=1"},
		{"GOMAXPROCS=1"},
		{"GODEBUG=asyncpreemptoff=0"},
		{"GODEBUG=asyncpreemptoff=1"},
		{"GODEBUG=gcstoptheworld=1"},
		{"GODEBUG=clobberfree=1"},
		{"GODEBUG=cgocheck=1,gcshrinkstackoff=1"},
	} {
		t.Run(env[0], func(t *testing.T) { lanes.AgreeUnder(t, env...) })
	}
}
