package handle

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// shard is what one part of the goroutines needs to create handles. Each has a cache line of its own: the cursor is
// written often by those who create here, and never by others.
type shard struct {
	cursor atomic.Uint64 // segment and offset, as in a handle
	grow   sync.Mutex    // held while a segment is added
	_      [64 - 16]byte
}

// scatterFactor is 2^64 divided by the golden ratio. Multiples of it are spread evenly over the 64-bit numbers.
const scatterFactor = 0x9e3779b97f4a7c15

// pickShard chooses a shard for the calling goroutine by the address of its stack: goroutines that run at the same time
// have different stacks, the same goroutine mostly finds the same shard again, and it costs no memory access. The
// smallest stacks have 2 KiB.
func pickShard() uint64 {
	var here byte
	return uint64(uintptr(unsafe.Pointer(&here))) >> 11 * scatterFactor >> (64 - shardBits)
}
