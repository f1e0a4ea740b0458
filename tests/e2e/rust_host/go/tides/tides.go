// Package tides knows the tides.
package tides

import "gangplank.example/rust_host/bridge"

func init() { bridge.RegisterTides(tides{}) }

// tides implements bridge.Tides.
type tides struct{}

func (tides) HighWater(hour float64) float64 { return hour + 12.42 }

func (tides) Heights(hours []uint32) []float32 {
	heights := make([]float32, len(hours))
	for i, hour := range hours {
		heights[i] = 1 - float32(hour)/2
	}
	return heights
}
