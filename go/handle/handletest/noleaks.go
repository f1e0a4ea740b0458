// Package handletest fails tests that leave handles behind.
package handletest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gangplank.dev/go/handle"
)

// Patience is how long [NoLeaks] waits at the end of a test for handles that another goroutine is about to delete.
var Patience = time.Second

// NoLeaks fails the test if a handle that is created from now on is still live when the test ends, and reports its type
// and where it was created. It counts the handles of all tables of the process, so it does not fit tests that run in
// parallel with others.
func NoLeaks(t testing.TB) {
	t.Helper()
	was := handle.TrackLeaks(true)
	before := map[uint64]bool{}
	for _, l := range handle.Leaks() {
		before[l.Order] = true
	}
	t.Cleanup(func() {
		handle.TrackLeaks(was)
		leaks := since(before)
		for deadline := time.Now().Add(Patience); len(leaks) > 0 && time.Now().Before(deadline); leaks = since(before) {
			time.Sleep(time.Millisecond)
		}
		if len(leaks) > 0 {
			t.Error(report(leaks))
		}
	})
}

func since(before map[uint64]bool) (leaks []handle.Leak) {
	for _, l := range handle.Leaks() {
		if !before[l.Order] {
			leaks = append(leaks, l)
		}
	}
	return leaks
}

func report(leaks []handle.Leak) string {
	const most = 10
	var b strings.Builder
	fmt.Fprintf(&b, "gangplank: %d handles are still live at the end of the test; Delete them:", len(leaks))
	for i, l := range leaks {
		if i == most {
			fmt.Fprintf(&b, "\nand %d more", len(leaks)-most)
			break
		}
		fmt.Fprintf(&b, "\n%v", l)
	}
	return b.String()
}
