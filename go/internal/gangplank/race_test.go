//go:build race

package gangplank

const raceEnabled = true
