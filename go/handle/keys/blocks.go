package keys

import (
	"sync/atomic"
	"unsafe"
)

const (
	blockSize  = 1024
	stripeBits = 6
)

// Blocks gives each of 64 stripes a block of 1,024 keys at a time, and goroutines find a stripe by the address of their stack,
// so that those that run at once mostly have different ones. Keys do not come in order, and the rest of a block is lost when
// two goroutines end it at once. The zero Blocks is ready.
type Blocks struct {
	stripes [1 << stripeBits]stripe
	blocks  atomic.Uint64
}

// stripe has a cache line of its own. Its word is the key given out last; the next is in the same block unless that was the
// block's last.
type stripe struct {
	last atomic.Uint64
	_    [64 - 8]byte
}

// Next takes a key of the goroutine's block.
func (b *Blocks) Next() uint64 {
	s := &b.stripes[pick()]
	for {
		last := s.last.Load()
		next := last + 1
		if next%blockSize == 0 || last == 0 {
			next = b.blocks.Add(1) * blockSize
		}
		if s.last.CompareAndSwap(last, next) {
			return next
		}
	}
}

// pick hashes the address of the stack; the smallest stacks have 2 KiB. The factor is 2^64 divided by the golden ratio.
func pick() uint64 {
	var here byte
	return uint64(uintptr(unsafe.Pointer(&here))) >> 11 * 0x9e3779b97f4a7c15 >> (64 - stripeBits)
}
