// Package lanes runs a test on both lanes and compares: the cgo lane is the oracle.
package lanes

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
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
func Agree(t *testing.T) {
	said := map[string][]string{}
	for _, lane := range []string{"cgo", "fast"} {
		file := t.TempDir() + "/transcript"
		program := exec.Command(os.Args[0], "-test.run=^TestTranscript$")
		program.Env = append(os.Environ(), laneVariable+"="+lane, fileVariable+"="+file)
		if out, err := program.CombinedOutput(); err != nil {
			t.Fatalf("%s lane: %v\n%s", lane, err, out)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		said[lane] = strings.Split(string(text), "\n")
	}
	cgo, fast := said["cgo"], said["fast"]
	if len(cgo) != len(fast) || len(cgo) < 5 {
		t.Fatalf("%d lines and %d", len(cgo), len(fast))
	}
	for i := range cgo {
		if cgo[i] != fast[i] {
			t.Errorf("cgo lane:  %s\nfast lane: %s", cgo[i], fast[i])
		}
	}
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
