package main

import (
	"go/build"
	"path/filepath"
	"testing"
)

// All ways count the same words, or their times would mean nothing.
func TestWaysAgree(t *testing.T) {
	if err := load(filepath.Join(build.Default.GOROOT, "src", "sort")); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 100, 3 * chunk, 20_001} {
		want := plainCount(n)
		for _, work := range works() {
			for _, way := range work.Ways {
				sink = 0
				if way.Run(n); sink != want {
					t.Errorf("%d lines: %s ends at %d, not %d", n, way.Name, sink, want)
				}
			}
		}
	}
}

// plainCount counts in a loop.
func plainCount(n int) (total uint64) {
	counts := map[string]uint64{}
	for i := range n {
		word := []byte{}
		for _, b := range append([]byte(corpus[i%len(corpus)]), ' ') {
			if isWord[b] {
				word = append(word, b)
			} else if len(word) > 0 {
				counts[string(word)]++
				word = word[:0]
			}
		}
	}
	for word, n := range counts {
		total += count{word, n}.sum()
	}
	return total
}
