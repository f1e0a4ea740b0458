//! A Go value that Rust holds (clauses 8.2 to 8.5).
//!
//! Parties: the clones of a [`GoValue`], on any threads, and the Go package that keeps the value. All clones share one block of native memory. Its words are those of
//! a released block (clause 8.5), but while the value is held the first one counts the clones and the last one is the keeper's address. The clone that brings the count to zero owns the block. It
//! makes it a released block and pushes it on the keeper's list with a compare-and-swap, which passes it on to Go. So a release takes no memory, cannot fail, and does not cross.
//!
//! Go takes the whole list with one swap, and nobody pops its head alone, so there is no ABA.

use crate::block;
use crate::frame::HEADER_WORDS;
use crate::import::Shim;
use crate::keeper::Keeper;
use crate::message::Malformed;
use std::alloc::{Layout, handle_alloc_error};
use std::fmt;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering, fence};

/// Words 0 to 4 of clause 8.5.
#[repr(C)]
struct Block {
    /// Clones; then the next released block.
    count: AtomicU64,
    /// Capacity and alignment (clause 4.3).
    packed: u64,
    handle: u64,
    sent: AtomicU64,
    /// The keeper's address; then 0.
    keeper: AtomicU64,
}

const SIZE: usize = size_of::<Block>();
const _: () = assert!(SIZE == 5 * 8 && HEADER_WORDS == 4);

/// A Go value that was given. Dropping the last clone releases it.
pub(crate) struct GoValue(NonNull<Block>);

// SAFETY: the block is shared by atomics only; handle and capacity are never written while there are clones.
unsafe impl Send for GoValue {}
// SAFETY: as above.
unsafe impl Sync for GoValue {}

/// Keeper and handle of a Go value, without ownership: for the time that it is lent (clause 8.3).
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) keeper: u64,
    pub(crate) handle: u64,
}

impl Pair {
    /// The shim of a function value (clause 8.7).
    #[inline]
    pub(crate) fn shim(self) -> Shim {
        // SAFETY: word 0 of a keeper is the address of its shim, and keepers live for ever (clause 8.1).
        unsafe { *(self.keeper as *const Shim) }
    }
}

/// Keeper and handle of a function or an implementation, which may not be nil.
#[inline]
pub(crate) fn not_nil(keeper: u64, handle: u64, what: &str) -> Result<Pair, Malformed> {
    if keeper == 0 { Err(nil(what)) } else { Ok(Pair { keeper, handle }) }
}

#[cold]
fn nil(what: &str) -> Malformed {
    Malformed::Refused(format!("nil is not {what}; pass one, or make the Rust type an Option").into())
}

impl GoValue {
    /// Takes over a value that Go gives.
    pub(crate) fn new(keeper: u64, handle: u64) -> GoValue {
        let Some((address, packed)) = block::allocate(SIZE, 8) else {
            handle_alloc_error(Layout::new::<Block>())
        };
        let place = address as *mut Block;
        // SAFETY: the block is ours, large enough and aligned to 8.
        let block = unsafe {
            place.write(Block {
                count: AtomicU64::new(1),
                packed,
                handle,
                sent: AtomicU64::new(0),
                keeper: AtomicU64::new(keeper),
            });
            NonNull::new_unchecked(place)
        };
        GoValue(block)
    }

    #[inline]
    fn block(&self) -> &Block {
        // SAFETY: we are a clone, so the block is not released.
        unsafe { self.0.as_ref() }
    }

    #[inline]
    pub(crate) fn pair(&self) -> Pair {
        let block = self.block();
        // Relaxed: it does not change while there are clones.
        Pair { keeper: block.keeper.load(Ordering::Relaxed), handle: block.handle }
    }

    /// Counts the value as sent once more (clause 8.4). Relaxed: the release of the clone publishes it.
    pub(crate) fn send(&self) -> (u64, u64) {
        self.block().sent.fetch_add(1, Ordering::Relaxed);
        let pair = self.pair();
        (pair.keeper, pair.handle)
    }

    /// It was not sent after all.
    pub(crate) fn unsend(&self) {
        self.block().sent.fetch_sub(1, Ordering::Relaxed);
    }

    /// The clone as a word.
    pub(crate) fn into_word(self) -> u64 {
        std::mem::ManuallyDrop::new(self).0.as_ptr() as u64
    }

    /// The clone that became this word.
    ///
    /// # Safety
    /// The word is from `into_word`, and used once.
    pub(crate) unsafe fn from_word(word: u64) -> GoValue {
        // SAFETY: it was not null.
        GoValue(unsafe { NonNull::new_unchecked(word as *mut Block) })
    }

    /// The last clone is gone: the block goes to Go.
    #[cold]
    fn release(&mut self) {
        // Pairs with the release of the other clones: what they counted as sent is there.
        fence(Ordering::Acquire);
        let block = self.block();
        let keeper = block.keeper.swap(0, Ordering::Relaxed) as *const Keeper;
        // SAFETY: keepers live for ever (clause 8.1).
        let list = unsafe { &(*keeper).released };
        let mut head = list.load(Ordering::Relaxed);
        loop {
            block.count.store(head, Ordering::Relaxed);
            // Release pairs with the acquire of Go's swap: the five words are there (clause 8.5).
            match list.compare_exchange_weak(
                head,
                self.0.as_ptr() as u64,
                Ordering::Release,
                Ordering::Relaxed,
            ) {
                Ok(_) => return,
                Err(now) => head = now,
            }
        }
    }
}

impl Clone for GoValue {
    #[inline]
    fn clone(&self) -> GoValue {
        // Relaxed: whoever clones has a clone, which keeps the block.
        self.block().count.fetch_add(1, Ordering::Relaxed);
        GoValue(self.0)
    }
}

impl Drop for GoValue {
    #[inline]
    fn drop(&mut self) {
        if self.block().count.fetch_sub(1, Ordering::Release) == 1 {
            self.release();
        }
    }
}

impl fmt::Debug for GoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GoValue({:#x})", self.block().handle)
    }
}
