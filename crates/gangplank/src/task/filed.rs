//! Results that come without a crossing (clause 11.9).
//!
//! A call that was posted may be answered in its block: Go writes the record where the arguments were, and pushes the block on our list with a compare-and-swap. Whoever swaps the list for an empty one owns its blocks: a
//! thread that polls a call anyway, or Go's crossing, which comes if nobody else was there in time. So nobody has to look, and a result is never overlooked.

use super::settle::{RECORD, settle_one};
use crate::block;
use crate::handle::sync::{AtomicU64, Ordering};

/// The newest block, 0 if there is none.
static FILED: AtomicU64 = AtomicU64::new(0);

/// Words of a block: next address, word 3 of clause 4.3, the record, bytes.
const RECORD_AT: usize = 2;
const BYTES_AT: usize = RECORD_AT + RECORD;

/// What Go pushes to.
pub(super) fn list() -> &'static AtomicU64 {
    &FILED
}

/// Settles what was filed. One load when there is nothing.
#[inline]
pub(super) fn take() {
    if FILED.load(Ordering::Relaxed) != 0 {
        take_all();
    }
}

#[cold]
#[inline(never)]
fn take_all() {
    // Acquire pairs with Go's compare-and-swap: records and links are visible.
    let mut oldest = 0;
    let mut next = FILED.swap(0, Ordering::Acquire);
    while next != 0 {
        let link = next as *mut u64;
        // SAFETY: the blocks are ours since the swap, and word 0 of each is the address of the next one.
        let following = unsafe { link.replace(oldest) };
        (oldest, next) = (next, following);
    }
    while oldest != 0 {
        let words = oldest as *const u64;
        // SAFETY: ours as above; behind the record lie as many bytes as it says.
        let (following, packed, record, bytes) =
            unsafe { (*words, *words.add(1), *words.add(RECORD_AT).cast::<[u64; RECORD]>(), words.add(BYTES_AT)) };
        // SAFETY: as above.
        let result = unsafe { super::settle::result(&record, bytes.cast()) };
        // SAFETY: nothing refers to it any more.
        unsafe { block::free(oldest, packed) };
        settle_one(record[0], result, false);
        oldest = following;
    }
}
