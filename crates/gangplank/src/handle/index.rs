//! How a [`Keyed`](super::Keyed) finds the handle of a key.
//!
//! A shard has an index: an open hash table of words. A word is empty (a search ends there), deleted, or a handle with bits of the hash
//! in the place of the table's tag. Readers look through the words without a lock; writers hold the shard's.
//!
//! - To put a key, a writer files the value and then stores the word, with release; readers acquire it. (A reader that did not would find that
//!   the handle is not valid yet, and try again.)
//! - To replace or delete, it changes the word and then deletes the old handle. A reader that finds a handle stale begins again. If that does not
//!   help it waits for the lock once: the writer is between the two. (To *take*, the value goes first: whether it may be taken is known only then.)
//! - A word does not move, except when an index is full of deleted words and is cleaned in place. The shard's version is odd meanwhile.
//!   A reader that has found nothing checks that the version is what it was, and even.
//! - An index that is too small is copied to one twice as large. The old one no longer changes, and is freed with the shard, because readers may
//!   still look through it. Who finds nothing in it, or a handle that is stale, has come at the same time as the writer.

use super::bits::Handle;
use super::sync::{AtomicPtr, AtomicU64, Mutex, Ordering, unshared};
use std::ptr::null_mut;

/// Cache lines of its own, two because processors fetch them in pairs.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Shard {
    index: AtomicPtr<Index>,
    version: AtomicU64,
    /// Words that lead to a key, and words that are not empty. Written by the holder of the lock.
    live: AtomicU64,
    used: AtomicU64,
    pub(crate) lock: Mutex,
}

#[derive(Debug)]
struct Index {
    words: Box<[AtomicU64]>,
    shift: u32,
    /// Readers may still be here.
    previous: *mut Index,
}

const EMPTY: u64 = 0;
/// Handles have a generation, so this is none.
const DELETED: u64 = 1;

const SMALLEST: usize = if cfg!(all(test, loom)) { 2 } else { 8 };

/// A place where a key is or could be.
pub(crate) struct Spot<'a>(&'a AtomicU64);

impl Index {
    fn new(len: usize, previous: *mut Index) -> Index {
        let words = (0..len).map(|_| AtomicU64::new(EMPTY)).collect();
        Index { words, shift: u64::BITS - len.trailing_zeros(), previous }
    }

    /// The words from where the search for a hash begins, round to there again.
    #[inline]
    fn search(&self, hash: u64) -> impl Iterator<Item = &AtomicU64> {
        let (start, mask) = ((hash >> self.shift) as usize, self.words.len() - 1);
        (0..self.words.len()).map(move |i| &self.words[(start + i) & mask])
    }

    /// Puts a word where it can be found; there is room.
    fn add(&self, word: u64, hash: u64) {
        if let Some(spot) = self.search(hash).find(|spot| spot.load(Ordering::Relaxed) == EMPTY) {
            spot.store(word, Ordering::Release);
        }
    }
}

/// Bits that `search` does not use unless the index is very large, and not all zero.
#[inline]
fn hash_bits(hash: u64) -> u64 {
    (hash >> 16) | 1
}

/// The word for a handle.
#[inline]
pub(crate) fn word(handle: Handle, hash: u64) -> u64 {
    handle.with_tag(hash_bits(hash)).to_bits()
}

/// The handle in a word, but for its tag. `None` if there is none, or one of a key with another hash.
#[inline]
fn handle(word: u64, hash: u64) -> Option<Handle> {
    let handle = Handle::from_bits(word);
    (handle.tag() == Handle::ZERO.with_tag(hash_bits(hash)).tag()).then_some(handle)
}

impl Shard {
    pub(crate) fn new() -> Shard {
        Shard {
            index: AtomicPtr::new(Box::into_raw(Box::new(Index::new(SMALLEST, null_mut())))),
            version: AtomicU64::new(0),
            live: AtomicU64::new(0),
            used: AtomicU64::new(0),
            lock: Mutex::new(),
        }
    }

    #[inline]
    fn index(&self) -> &Index {
        // SAFETY: acquire pairs with the release in `grow`: the index is there. It is freed with `self`.
        unsafe { &*self.index.load(Ordering::Acquire) }
    }

    /// The version that a search for nothing is checked against. Waits while the index is cleaned.
    #[inline]
    pub(crate) fn version(&self) -> u64 {
        loop {
            // Acquire pairs with the release at the end of `clean`.
            let version = self.version.load(Ordering::Acquire);
            if version % 2 == 0 {
                return version;
            }
            self.lock.hold(|| ());
        }
    }

    /// Whether words have stayed where they were since.
    #[inline]
    pub(crate) fn is_unmoved(&self, version: u64) -> bool {
        // Relaxed: `candidates` acquired the words, so who has seen one that `clean` stored sees the odd version that it stored before.
        self.version.load(Ordering::Relaxed) == version
    }

    /// The handles (but for their tags) that may be the key's.
    #[inline]
    pub(crate) fn candidates(&self, hash: u64) -> impl Iterator<Item = Handle> {
        // Acquire pairs with the release in `Spot::set`: what the handle leads to is there.
        let words = self.index().search(hash).map(|spot| spot.load(Ordering::Acquire));
        words.take_while(|&word| word != EMPTY).filter_map(move |word| handle(word, hash))
    }

    // What follows is for the holder of the lock.

    /// The spot of a key that is there. `is_key` knows the key's handle.
    pub(crate) fn find(
        &self,
        hash: u64,
        mut is_key: impl FnMut(Handle) -> bool,
    ) -> Option<(Spot<'_>, Handle)> {
        for spot in self.index().search(hash) {
            let word = spot.load(Ordering::Relaxed);
            if word == EMPTY {
                return None;
            }
            if let Some(handle) = handle(word, hash).filter(|&handle| is_key(handle)) {
                return Some((Spot(spot), handle));
            }
        }
        None
    }

    /// A spot for a key that is not there. `hash_of` knows the hashes of the others.
    pub(crate) fn make_spot(&self, hash: u64, hash_of: impl Fn(Handle) -> u64) -> Spot<'_> {
        loop {
            let index = self.index();
            let used = self.used.load(Ordering::Relaxed);
            let spot = index.search(hash).find(|spot| spot.load(Ordering::Relaxed) <= DELETED);
            if let Some(spot) = spot {
                let deleted = spot.load(Ordering::Relaxed) == DELETED;
                // A quarter is empty, so that searches are short.
                if deleted || (used + 1) * 4 <= index.words.len() as u64 * 3 {
                    self.used.store(used + u64::from(!deleted), Ordering::Relaxed);
                    self.live.store(self.live() + 1, Ordering::Relaxed);
                    return Spot(spot);
                }
            }
            if (self.live() + 1) * 2 > index.words.len() as u64 {
                self.grow(&hash_of);
            } else {
                self.clean(&hash_of);
            }
        }
    }

    pub(crate) fn live(&self) -> u64 {
        self.live.load(Ordering::Relaxed)
    }

    /// All handles, but for their tags.
    pub(crate) fn handles(&self) -> Vec<Handle> {
        let words = self.index().words.iter().map(|spot| spot.load(Ordering::Relaxed));
        words.filter(|&word| word > DELETED).map(Handle::from_bits).collect()
    }

    fn grow(&self, hash_of: impl Fn(Handle) -> u64) {
        let old = self.index.load(Ordering::Relaxed);
        let index = Index::new(self.index().words.len() * 2, old);
        self.handles().into_iter().for_each(|handle| index.add(handle.to_bits(), hash_of(handle)));
        self.used.store(self.live(), Ordering::Relaxed);
        self.index.store(Box::into_raw(Box::new(index)), Ordering::Release);
    }

    pub(crate) fn clean(&self, hash_of: impl Fn(Handle) -> u64) {
        let words: Vec<_> =
            self.handles().into_iter().map(|handle| (handle.to_bits(), hash_of(handle))).collect();
        let version = self.version.load(Ordering::Relaxed);
        self.version.store(version + 1, Ordering::Relaxed);
        let index = self.index();
        // Release pairs with the acquire in `candidates`: the version is odd.
        index.words.iter().for_each(|spot| spot.store(EMPTY, Ordering::Release));
        words.into_iter().for_each(|(word, hash)| index.add(word, hash));
        self.used.store(self.live(), Ordering::Relaxed);
        self.version.store(version + 2, Ordering::Release);
    }

    /// Counts a key that was deleted.
    pub(crate) fn forget(&self, spot: Spot<'_>) {
        spot.0.store(DELETED, Ordering::Release);
        self.live.store(self.live() - 1, Ordering::Relaxed);
    }

    #[cfg(all(test, not(loom)))]
    pub(crate) fn words(&self) -> usize {
        self.index().words.len()
    }
}

impl Spot<'_> {
    /// Makes a word known to readers.
    pub(crate) fn set(&self, word: u64) {
        self.0.store(word, Ordering::Release);
    }
}

impl Drop for Shard {
    fn drop(&mut self) {
        let mut index = unshared(&mut self.index);
        while !index.is_null() {
            // SAFETY: `new` and `grow` made it from a box, and nobody can use it any more.
            index = unsafe { Box::from_raw(index) }.previous;
        }
    }
}

// SAFETY: the only pointer, to the previous index, is followed when the shard is dropped, and only then.
unsafe impl Send for Index {}
// SAFETY: as above; all else in it is atomic.
unsafe impl Sync for Index {}
