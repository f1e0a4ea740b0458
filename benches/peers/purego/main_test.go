package main

import (
	"os"
	"strings"
	"testing"

	"gangplank.example/crossing-go/byhand"
)

// All ways do the same, or their times would mean nothing.
func TestThePeerAnswersAsWeDo(t *testing.T) {
	path := os.Getenv(libraryVariable)
	if path == "" {
		t.Skip("no library: set " + libraryVariable)
	}
	peer, err := load(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []uint64{0, 41, 1<<64 - 1} {
		if got := peer.scalar(x); got != byhand.Scalar(x) {
			t.Errorf("%d: got %d", x, got)
		}
	}
	for _, text := range []string{"a", text, strings.Repeat("b", 65), strings.Repeat("c", 100_000)} {
		if got := peer.Text(text); got != text {
			t.Errorf("got %d bytes for %d", len(got), len(text))
		}
	}
	for _, work := range works(peer) {
		for _, way := range work.Ways {
			sinkNumber, sinkText = 0, ""
			way.Run(3)
			if strings.HasPrefix(work.Name, "u64") && sinkNumber != 3 || strings.HasPrefix(work.Name, "string") && sinkText != text {
				t.Errorf("%s, %s: %d, %q", work.Name, way.Name, sinkNumber, sinkText)
			}
		}
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	if _, err := load("/nowhere/at/all.so"); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("got %v", err)
	}
}
