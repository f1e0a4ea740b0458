// Package work does next to nothing, so that the crossing is what is measured.
package work

import "strings"

// Scalar returns one more than x.
func Scalar(x uint64) uint64 { return x + 1 }

// Text returns the same text as a new string.
func Text(text string) string { return strings.Clone(text) }

// Reason says why an odd number is refused; it is empty for an even one.
func Reason(x uint64) string {
	if x%2 == 1 {
		return "odd numbers are not served!"
	}
	return ""
}
