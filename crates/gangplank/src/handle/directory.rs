//! Where slots are.

use super::bits::{OFFSET_BITS, Place, SEGMENTS, SHARDS};
use super::slot::Slot;
use super::sync::{AtomicPtr, Ordering, unshared};
use std::ptr::{null_mut, slice_from_raw_parts_mut};

/// The segments of all shards. An entry goes from null to its segment once.
#[derive(Debug)]
pub(crate) struct Directory<T> {
    entries: Box<[AtomicPtr<Slot<T>>]>,
    /// Of the first segment of a shard: a power of two.
    first: usize,
}

/// As in Go.
pub(crate) const FIRST_SEGMENT: usize = 64;

impl<T> Directory<T> {
    pub(crate) fn new(first: usize) -> Directory<T> {
        let entries = (0..SHARDS * SEGMENTS).map(|_| AtomicPtr::new(null_mut())).collect();
        Directory { entries, first }
    }

    /// The number of slots in a segment, which is the same for ever.
    #[inline]
    pub(crate) fn len(&self, segment: usize) -> usize {
        (self.first << segment).min(1 << OFFSET_BITS)
    }

    /// The slot at a place, `None` if there is no such slot yet.
    #[inline]
    pub(crate) fn slot(&self, place: Place) -> Option<&Slot<T>> {
        // Acquire pairs with the release in `add`: the slots are there.
        let base = self.entries[place.entry()].load(Ordering::Acquire);
        if base.is_null() || place.offset() >= self.len(place.segment()) {
            return None;
        }
        // SAFETY: a segment has `len` slots, never moves, and lives as long as `self`.
        Some(unsafe { &*base.add(place.offset()) })
    }

    /// The number of segments of a shard. It rises.
    pub(crate) fn segments(&self, shard: usize) -> usize {
        let entries = &self.entries[shard * SEGMENTS..][..SEGMENTS];
        entries.iter().take_while(|entry| !entry.load(Ordering::Acquire).is_null()).count()
    }

    /// Adds a segment to a shard. The caller holds the shard's lock, so there is one that adds.
    pub(crate) fn add(&self, shard: usize, segment: usize) {
        let slots: Box<[Slot<T>]> = (0..self.len(segment)).map(|_| Slot::new()).collect();
        let entry = &self.entries[shard * SEGMENTS + segment];
        debug_assert!(entry.load(Ordering::Relaxed).is_null());
        // Release pairs with the acquire in `slot`.
        entry.store(Box::into_raw(slots).cast(), Ordering::Release);
    }
}

impl<T> Drop for Directory<T> {
    fn drop(&mut self) {
        for i in 0..self.entries.len() {
            let base = unshared(&mut self.entries[i]);
            if base.is_null() {
                continue;
            }
            // SAFETY: `add` made it from a box of this length, and nobody can use it any more.
            let mut slots = unsafe { Box::from_raw(slice_from_raw_parts_mut(base, self.len(i % SEGMENTS))) };
            slots.iter_mut().for_each(Slot::clear);
        }
    }
}
