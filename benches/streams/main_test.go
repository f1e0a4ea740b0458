package main

import "testing"

// All ways of a work leave the same sum, the one that a formula gives, or their times would mean nothing.
func TestWaysAgree(t *testing.T) {
	for _, n := range []int{1, 2, 63, 1000, 20_001} {
		numbers := uint64(n) * uint64(n-1) / 2
		sums := []uint64{numbers, numbers + 16*uint64(n), numbers, numbers + 16*uint64(n), uint64(n), uint64(n), uint64(n)}
		all := works()
		if len(all) != len(sums) {
			t.Fatalf("%d works", len(all))
		}
		for i, work := range all {
			for _, way := range work.Ways {
				sink = 1 << 63
				if way.Run(n); sink != sums[i] {
					t.Errorf("%s, %d times: %s ends at %d, not %d", work.Name, n, way.Name, sink, sums[i])
				}
			}
		}
	}
}
