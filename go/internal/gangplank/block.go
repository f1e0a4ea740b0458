package gangplank

import "sync/atomic"

// The return list (clause 4.4).
//
// Parties: any goroutine that got a block pushes it, with a compare-and-swap
// of the head. Native code takes the whole list with one swap, when it is next
// called. Nobody pops a single block, so a block that comes back to the head
// at the same address does no harm: there is no ABA.
//
// A block belongs to whoever got it until its push succeeds, and to native
// code from then on. Its three words are written before the swap that
// publishes them, and read after the swap that takes the list.

// returnList is the head: a word of native memory, set before main runs.
var returnList *uint64

// Release gives the block at address back to Rust. Its word 3 says what it is.
func Release(address, word3 uint64) {
	block := (*[3]uint64)(native(address))
	block[1], block[2] = word3, 0
	for {
		head := atomic.LoadUint64(returnList)
		block[0] = head
		if atomic.CompareAndSwapUint64(returnList, head, address) {
			return
		}
	}
}
