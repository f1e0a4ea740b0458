// Package resident measures the memory that a test's process takes.
package resident

import (
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
)

// Bytes is the memory that the process takes, after Go gave back what it could; ok is false where the system does not say.
func Bytes() (n int64, ok bool) {
	debug.FreeOSMemory()
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, false
	}
	pages, err := strconv.ParseInt(strings.Fields(string(statm))[1], 10, 64)
	return pages * int64(os.Getpagesize()), err == nil
}

// Settles fails the test if memory grows in each of many rounds of n calls: 20,000, or GANGPLANK_CALLS. What the collectors have
// not come to yet is no leak: that would grow in every round.
func Settles(t *testing.T, round func(n int)) {
	t.Helper()
	if _, ok := Bytes(); !ok {
		t.Skip("no /proc")
	}
	n := 20_000
	if calls := os.Getenv("GANGPLANK_CALLS"); calls != "" {
		n, _ = strconv.Atoi(calls)
	}
	var rounds []int64
	for range 8 {
		round(n)
		now, _ := Bytes()
		rounds = append(rounds, now>>10)
		if last := len(rounds) - 1; last > 0 && rounds[last]-rounds[last-1] < 1<<10 {
			return
		}
	}
	t.Errorf("memory grows in every round: %v KiB", rounds)
}
