// Package lanes runs a test on both lanes and compares: the cgo lane is the oracle.
package lanes

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

const (
	laneVariable = "GANGPLANK_LANE"
	fileVariable = "GANGPLANK_TEST_TRANSCRIPT"
)

// Transcript returns a function that says what a call returned.
func Transcript(t *testing.T) func(what ...any) {
	var out strings.Builder
	t.Cleanup(func() {
		if file := os.Getenv(fileVariable); file != "" {
			if err := os.WriteFile(file, []byte(out.String()), 0o666); err != nil {
				t.Error(err)
			}
		}
	})
	return func(what ...any) { fmt.Fprintf(&out, "%v\n", what) }
}

// Agree runs TestTranscript on each lane, in programs of their own.
func Agree(t *testing.T) { AgreeUnder(t) }

// AgreeUnder is Agree with settings for the fast lane; the cgo lane has none.
func AgreeUnder(t *testing.T, env ...string) {
	t.Helper()
	oracle.once.Do(func() { oracle.said = transcript(t, "cgo", nil) })
	cgo, fast := oracle.said, transcript(t, "fast", env)
	if len(cgo) != len(fast) || len(cgo) < 5 {
		t.Fatalf("%d lines and %d", len(cgo), len(fast))
	}
	for i := range cgo {
		if cgo[i] != fast[i] {
			t.Errorf("cgo lane:  %s\nfast lane: %s", cgo[i], fast[i])
		}
	}
}

// oracle is what the cgo lane says.
var oracle struct {
	once sync.Once
	said []string
}

// Compared says whether this program runs TestTranscript for [Agree].
func Compared() bool { return os.Getenv(fileVariable) != "" }

// transcript is what TestTranscript says on a lane.
func transcript(t *testing.T, lane string, env []string) []string {
	t.Helper()
	file := t.TempDir() + "/transcript"
	program := exec.Command(os.Args[0], "-test.run=^TestTranscript$")
	program.Env = append(append(os.Environ(), laneVariable+"="+lane, fileVariable+"="+file), env...)
	if out, err := program.CombinedOutput(); err != nil {
		t.Fatalf("%s lane %v: %v\n%s", lane, env, err, out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}

// Check fails if the lane is not the fast one and nothing says why.
func Check(t *testing.T, lane func() (bool, string)) {
	on, why := lane()
	if on != (why == "") {
		t.Errorf("on: %v, because %q", on, why)
	}
	if os.Getenv(laneVariable) == "" && !on {
		t.Error(why)
	}
}
