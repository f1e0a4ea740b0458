//! Calls that go to Go without a crossing (clause 11.8).
//!
//! A call that was posted lies in one block: the frame, and behind it all that it points at. Rust owns the block until the compare-and-swap that pushes it, and Go from then on. Nobody pops a single block, so there is no ABA.
//!
//! Go writes `sleeping` and then looks at the list; we push and then look at `sleeping`. All of it is sequentially consistent, so one of the two sees the other, and a call that was posted is never overlooked.

use crate::block;
use crate::frame::{HEADER_WORDS, MIN_BLOCK};
use crate::import::{Resume, Shim};
use crate::lane;
use std::alloc::{Layout, handle_alloc_error};
use std::sync::atomic::{AtomicU64, Ordering};

/// What a method learns from its first call: which package serves it, and its number there.
pub struct Post {
    /// Written before `keeper`, and never changed.
    number: AtomicU64,
    keeper: AtomicU64,
}

/// Words of a keeper (clauses 8.1, 11.6, 11.8).
#[repr(C)]
struct Keeper {
    shim: Shim,
    released: AtomicU64,
    cancel: Shim,
    posted: AtomicU64,
    sleeping: AtomicU64,
    wake: Shim,
}

/// Words before the frame: next, word 3 of clause 4.3, number, 0.
const BEFORE: usize = 4;

/// Where a method is posted.
#[derive(Clone, Copy)]
pub(super) struct Address {
    pub(super) keeper: u64,
    number: u64,
}

impl Post {
    /// Nothing is known.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Post {
        Post { number: AtomicU64::new(0), keeper: AtomicU64::new(0) }
    }

    /// Go has told.
    #[inline]
    pub(super) fn learn(&self, keeper: u64, number: u64) {
        if number != 0 {
            self.number.store(number, Ordering::Relaxed);
            // Release pairs with the acquire in `address`.
            self.keeper.store(keeper, Ordering::Release);
        }
    }

    #[inline]
    pub(super) fn address(&self) -> Option<Address> {
        let keeper = self.keeper.load(Ordering::Acquire);
        (keeper != 0).then(|| Address { keeper, number: self.number.load(Ordering::Relaxed) })
    }
}

/// A block for a frame and more bytes behind it.
pub(super) struct Letter {
    address: u64,
    packed: u64,
    stride: usize,
}

impl Letter {
    #[inline]
    pub(super) fn new(stride: usize, more: usize) -> Letter {
        let size = (BEFORE + stride) * 8 + more;
        let Some((address, packed)) = block::allocate(size, 8) else {
            handle_alloc_error(Layout::from_size_align(size, 8).unwrap_or(Layout::new::<u64>()))
        };
        Letter { address, packed, stride }
    }

    /// Where the frame is, not written yet, and what lies behind it.
    #[inline]
    pub(super) fn frame(&mut self) -> (*mut u64, *mut u8) {
        let frame = (self.address as *mut u64).wrapping_add(BEFORE);
        (frame, frame.wrapping_add(self.stride).cast())
    }

    /// Pushes it, and wakes Go if that is asleep.
    ///
    /// # Safety
    /// The frame is written as clause 11.8 says for this method.
    #[inline]
    pub(super) unsafe fn push(self, to: Address) {
        let block = self.address as *mut u64;
        // SAFETY: keepers live for ever (clause 8.1), and this one is of a package that has a post: it gave the method a number.
        let keeper = unsafe { &*(to.keeper as *const Keeper) };
        // SAFETY: the block is ours and larger than that.
        unsafe {
            block.add(1).write(self.packed);
            block.add(2).write(to.number);
            block.add(3).write(0);
        }
        let mut head = keeper.posted.load(Ordering::Relaxed);
        loop {
            // SAFETY: still ours.
            unsafe { block.write(head) };
            match keeper.posted.compare_exchange_weak(head, self.address, Ordering::SeqCst, Ordering::Relaxed)
            {
                Ok(_) => break,
                Err(now) => head = now,
            }
        }
        if keeper.sleeping.load(Ordering::SeqCst) != 0 && keeper.sleeping.swap(0, Ordering::SeqCst) != 0 {
            wake(keeper.wake);
        }
    }
}

const _: () = {
    assert!((BEFORE + HEADER_WORDS) * 8 >= MIN_BLOCK);
    assert!(std::mem::offset_of!(Keeper, cancel) == 16 && std::mem::offset_of!(Keeper, posted) == 24);
    assert!(std::mem::offset_of!(Keeper, sleeping) == 32 && std::mem::offset_of!(Keeper, wake) == 40);
};

#[cold]
fn wake(wake: Shim) {
    let mut framed = [Resume::default(); 2];
    let resume = framed.as_mut_ptr();
    // SAFETY: it looks at neither argument; the word before the one that it gets is the way back (clause 7.2).
    unsafe { lane::call(lane::current(), None, wake, resume.add(1).cast(), 1, resume) };
}
