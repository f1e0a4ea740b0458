//go:build race

package handle

// effort divides the work of long tests: the race detector makes them many times slower.
const effort = 20
