//! Results that come without a crossing (clause 11.9).
//!
//! A call that was posted may be answered in its block: Go writes the record where the arguments were, and pushes the block on our list with a compare-and-swap. Whoever swaps the list for an empty one owns its blocks: a
//! thread that polls a call anyway, or Go's crossing, which comes if nobody else was there in time. So nobody has to look, and a result is never overlooked.

use super::settle::{RECORD, settle_one};
use crate::block;
use crate::handle::sync::{AtomicU64, Ordering};
use std::cell::Cell;

/// The newest block, 0 if there is none. On lines of its own: Go writes it all the time.
#[repr(align(128))]
struct List(AtomicU64);

static FILED: List = List(AtomicU64::new(0));

/// The most calls that a thread posts between two looks at the list. A look takes the line from Go, which wants it back.
const MOST_UNSEEN: usize = 16;

thread_local! {
    /// How many calls this thread has posted since it last looked.
    static UNSEEN: Cell<usize> = const { Cell::new(0) };
}

/// Words of a block: next address, word 3 of clause 4.3, the record, bytes.
const RECORD_AT: usize = 2;
const BYTES_AT: usize = RECORD_AT + RECORD;

/// What Go pushes to.
pub(super) fn list() -> &'static AtomicU64 {
    &FILED.0
}

/// Settles what was filed, after a call was posted: now and then, where many are in flight.
#[inline]
pub(super) fn take_sometimes(in_flight: usize) {
    let look = UNSEEN.try_with(|unseen| {
        let n = unseen.get() + 1;
        let look = n >= MOST_UNSEEN.min(in_flight / 4);
        unseen.set(if look { 0 } else { n });
        look
    });
    if look.unwrap_or(true) {
        take();
    }
}

/// Settles what was filed. One load when there is nothing.
#[inline]
pub(super) fn take() {
    if FILED.0.load(Ordering::Relaxed) != 0 {
        take_all();
    }
}

#[cold]
#[inline(never)]
fn take_all() {
    // Acquire pairs with Go's compare-and-swap: records and links are visible.
    let mut oldest = 0;
    let mut next = FILED.0.swap(0, Ordering::Acquire);
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
