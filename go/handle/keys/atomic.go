package keys

import "sync/atomic"

// Atomic is an atomic counter. The zero Atomic is ready.
type Atomic struct {
	last atomic.Uint64
}

// Next counts.
func (a *Atomic) Next() uint64 { return a.last.Add(1) }
