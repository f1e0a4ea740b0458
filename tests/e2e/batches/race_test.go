//go:build race

package batches_test

const raceEnabled = true
