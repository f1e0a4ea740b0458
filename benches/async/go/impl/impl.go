// Package impl implements the trait of the benchmark for the generated bridge.
package impl

import (
	"context"
	"runtime"
	"strings"

	"gangplank.example/async/bridge"
)

func init() { bridge.RegisterWork(worker{}) }

type worker struct{}

func (worker) Add(_ context.Context, x uint64) uint64 { return x + 1 }

func (worker) AddAtOnce(_ context.Context, x uint64) uint64 { return x + 1 }

func (worker) Text(_ context.Context, text string) string { return strings.Clone(text) }

func (worker) Plain(x uint64) uint64 { return x + 1 }

func (worker) Mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}
