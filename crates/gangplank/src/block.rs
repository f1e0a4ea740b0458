//! Memory that changes owner with a result (clauses 4.3 to 4.5).
//!
//! Parties: Go, which pushes blocks it has read on the *return list*; Rust shims, which take the whole list at the start of a call.
//! A block is owned by Go from the return of the shim that made it until the compare-and-swap that pushes it, and by Rust from the swap that takes it. Nobody pops
//! the head alone, so a head that is pushed again meanwhile (ABA) cannot hurt: only "empty" and "take all" look at it.

use crate::frame::{MIN_BLOCK, pack_block, unpack_block};
use std::alloc::{Layout, alloc, dealloc};
use std::sync::atomic::{AtomicU64, Ordering};

/// Address of the first returned block, 0 if there is none.
pub(crate) static RETURNED: AtomicU64 = AtomicU64::new(0);

/// Is there anything to drain?
#[inline]
pub(crate) fn is_returned() -> bool {
    // Relaxed: only a hint; `drain_all` synchronises.
    RETURNED.load(Ordering::Relaxed) != 0
}

/// Frees what Go has given back. One load when there is nothing.
#[inline]
pub(crate) fn drain() {
    if is_returned() {
        drain_all();
    }
}

#[cold]
#[inline(never)]
fn drain_all() {
    // Acquire pairs with Go's release compare-and-swap: its writes to the headers are visible.
    let mut next = RETURNED.swap(0, Ordering::Acquire);
    while next != 0 {
        let header = next as *const u64;
        // SAFETY: a listed block is ours since the swap, and its first 24 bytes are its header (clause 4.4). A block of bytes may be unaligned.
        let (following, packed) = unsafe { (header.read_unaligned(), header.add(1).read_unaligned()) };
        // SAFETY: the word is the one this block was handed over with (clause 4.3).
        unsafe { free(next, packed) };
        next = following;
    }
}

/// Frees a block.
///
/// # Safety
/// `packed` describes the block at `address` (clause 4.3), and nobody uses it any more.
pub(crate) unsafe fn free(address: u64, packed: u64) {
    let (capacity, align) = unpack_block(packed);
    // SAFETY: the caller promised that the block was allocated with this layout.
    unsafe { dealloc(address as *mut u8, Layout::from_size_align_unchecked(capacity, align)) }
}

/// Allocates a block for `size` bytes: its address and the word of clause 4.3. `None` when there is no memory.
pub(crate) fn allocate(size: usize, align: usize) -> Option<(u64, u64)> {
    let capacity = size.max(MIN_BLOCK).next_multiple_of(align);
    let layout = Layout::from_size_align(capacity, align).ok()?;
    // SAFETY: the size is at least `MIN_BLOCK`.
    let address = unsafe { alloc(layout) };
    (!address.is_null()).then(|| (address as u64, pack_block(capacity, align)))
}
