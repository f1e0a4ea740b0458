//! Results that come without a crossing (clause 11.9).
//!
//! A call that was posted may be answered in its block: Go writes the record where the arguments were, and pushes the block on our list with a compare-and-swap. Whoever swaps the list for an empty one owns its blocks: a
//! thread that polls a call anyway, or Go's crossing, which comes if nobody else was there in time. So nobody has to look, and a result is never overlooked.

use super::settle::{self, RECORD};
use crate::block;
use crate::handle::sync::{AtomicU64, Ordering};
use std::cell::Cell;

/// The newest block, 0 if there is none. On lines of its own: Go writes it all the time.
#[repr(align(128))]
pub(super) struct List(AtomicU64);

#[cfg(not(all(test, loom)))]
static FILED: List = List(AtomicU64::new(0));

/// Words of a block: next address, word 3 of clause 4.3, the record, bytes.
const RECORD_AT: usize = 2;
const BYTES_AT: usize = RECORD_AT + RECORD;

/// The most calls that a thread posts between two looks at the list. A look takes the line from Go, which wants it back.
const MOST_UNSEEN: usize = 16;

thread_local! {
    /// How many calls this thread has posted since it last looked.
    static UNSEEN: Cell<usize> = const { Cell::new(0) };
}

/// The address that Go pushes to.
#[cfg(not(all(test, loom)))]
pub(super) fn list() -> u64 {
    std::ptr::from_ref(&FILED) as u64
}

/// Settles what was filed. One load when there is nothing.
#[cfg(not(all(test, loom)))]
#[inline]
pub(super) fn take() {
    FILED.take(settle::settle_one);
}

// A model has lists of its own.
#[cfg(all(test, loom))]
pub(super) fn list() -> u64 {
    0
}
#[cfg(all(test, loom))]
pub(super) fn take() {}

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

impl List {
    #[cfg(all(test, loom))]
    pub(super) fn new() -> List {
        List(AtomicU64::new(0))
    }

    #[cfg(all(test, loom))]
    pub(super) fn head(&self) -> &AtomicU64 {
        &self.0
    }

    #[inline]
    pub(super) fn take(&self, settle: impl FnMut(u64, [u64; 4], bool)) {
        if self.0.load(Ordering::Relaxed) != 0 {
            self.take_all(settle);
        }
    }

    /// Settles what is there, oldest first.
    #[inline(never)]
    fn take_all(&self, mut settle: impl FnMut(u64, [u64; 4], bool)) {
        // Acquire pairs with Go's compare-and-swap: records and links are visible.
        let mut next = self.0.swap(0, Ordering::Acquire);
        let mut oldest = 0;
        while next != 0 {
            let link = next as *mut u64;
            // SAFETY: the blocks are ours since the swap, and word 0 of each is the address of the next one.
            let following = unsafe { link.replace(oldest) };
            (oldest, next) = (next, following);
        }
        while oldest != 0 {
            let words = oldest as *const u64;
            // SAFETY: ours as above; a block that carries a record is at least as long.
            let (following, packed) = unsafe { (*words, *words.add(1)) };
            // SAFETY: as above.
            let record = unsafe { *words.add(RECORD_AT).cast::<[u64; RECORD]>() };
            // SAFETY: behind the record lie as many bytes as it says (clause 11.9).
            let result = unsafe { settle::result(&record, words.wrapping_add(BYTES_AT).cast()) };
            // SAFETY: all of it was read, and nobody else knows the block.
            unsafe { block::free(oldest, packed) };
            settle(record[0], result, false);
            oldest = following;
        }
    }
}
