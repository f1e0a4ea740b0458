// Package impl implements the trait of the benchmark for the generated bridge.
package impl

import (
	"runtime"
	"runtime/debug"

	"gangplank.example/crossing-rust/bridge"
	"gangplank.example/crossing-rust/work"
)

func init() {
	bridge.RegisterWork(worker{})
}

type worker struct{}

func (worker) Nop() {}

func (worker) Scalar(x uint64) uint64 { return work.Scalar(x) }

func (worker) Text(text string) string { return work.Text(text) }

func (worker) Answer(packet bridge.Packet) bridge.Packet {
	return bridge.Packet{From: packet.To, To: packet.From, Payload: packet.Payload}
}

func (worker) Refuse(x uint64) (uint64, error) {
	if why := work.Reason(x); why != "" {
		return 0, &bridge.DeniedError{Why: why}
	}
	return x, nil
}

func (worker) Mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

func (worker) Live() uint64 {
	runtime.GC()
	debug.FreeOSMemory()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
