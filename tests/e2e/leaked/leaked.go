// Package leaked finds goroutines that can never go on.
package leaked

import (
	"runtime/pprof"
	"strings"
	"testing"
)

// Goroutines fails the test, when it is over, for goroutines that wait for what nobody can reach any more, if there
// are more of them than before. It asks the profile goroutineleak, which Go 1.26 has as an experiment
// (GOEXPERIMENT=goroutineleakprofile), and does nothing without it.
func Goroutines(t testing.TB) {
	t.Helper()
	profile := pprof.Lookup("goroutineleak")
	if profile == nil {
		return
	}
	find := func() (int, string) {
		var text strings.Builder
		// This looks for them; Count says how many were found the last time.
		if err := profile.WriteTo(&text, 1); err != nil {
			t.Error(err)
		}
		return profile.Count(), text.String()
	}
	before, _ := find()
	t.Cleanup(func() {
		t.Helper()
		if after, text := find(); after > before {
			t.Errorf("%d goroutines wait for ever, %d before:\n%s", after, before, text)
		}
	})
}
