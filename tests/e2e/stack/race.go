//go:build race

package stack

// Race says whether the race detector is on.
const Race = true
