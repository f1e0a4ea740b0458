package main

import (
	"runtime"
	"strings"
)

func init() { WorkImpl = worker{} }

type worker struct{}

func (worker) nop() uint64 { return 0 }

func (worker) scalar(x *uint64) uint64 { return *x + 1 }

func (worker) text(text *string) string { return strings.Clone(*text) }

func (worker) answer(packet *Packet) Packet {
	return Packet{from: packet.to, to: packet.from, payload: packet.payload}
}

func (worker) mallocs() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}
