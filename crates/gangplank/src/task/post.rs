//! Calls that go to Go without a crossing (clause 11.8).
//!
//! A call that was posted lies in one block: the frame, and behind it all that it points at. Rust owns the block until the compare-and-swap that pushes it, and Go from then on. Nobody pops a single block, so there is no ABA.
//!
//! Go writes `sleeping` and then looks at the list; we push and then look at `sleeping`. All of it is sequentially consistent, so one of the two sees the other, and a call that was posted is never overlooked.

use super::filed;
use crate::block;
use crate::frame::{HEADER_WORDS, MIN_BLOCK};
use crate::handle::sync::{AtomicU64, Ordering, fence};
use crate::import::{Resume, Shim};
use crate::lane;
use std::alloc::{Layout, handle_alloc_error};
use std::sync::atomic::{self, AtomicU32};

/// What a method learns from its first call: which package serves it, and its number there.
pub struct Post {
    /// Written before `keeper`, and never changed.
    number: atomic::AtomicU64,
    keeper: atomic::AtomicU64,
    /// So many calls do not look for their results right after they were posted.
    skip: AtomicU32,
    /// So many will not when it is in vain again.
    next_skip: AtomicU32,
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
    /// The address of our list of results (clause 11.9), once we look at it.
    filed: AtomicU64,
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
        Post {
            number: atomic::AtomicU64::new(0),
            keeper: atomic::AtomicU64::new(0),
            skip: AtomicU32::new(0),
            next_skip: AtomicU32::new(0),
        }
    }

    /// Go has told.
    #[inline]
    pub(super) fn learn(&self, keeper: u64, number: u64) {
        if number != 0 {
            // SAFETY: keepers live for ever (clause 8.1), and this one is of a package that has a post: it gave the method a number.
            let package = unsafe { &*(keeper as *const Keeper) };
            package.filed.store(filed::list(), Ordering::Release);
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

    /// Shall a call look for its result before it waits? Where that was in vain the next ones do not, and twice as many when it is in vain again. Nobody minds if two threads count at once.
    #[inline]
    pub(super) fn spins(&self) -> bool {
        let skip = self.skip.load(Ordering::Relaxed);
        if skip > 0 {
            self.skip.store(skip - 1, Ordering::Relaxed);
        }
        skip == 0
    }

    /// It did, and the result came meanwhile or not.
    #[inline]
    pub(super) fn spun(&self, came: bool) {
        let next = self.next_skip.load(Ordering::Relaxed);
        if came {
            if next != 0 {
                self.next_skip.store(0, Ordering::Relaxed);
            }
            return;
        }
        let next = (2 * next + 1).min(MOST_SKIPPED);
        self.next_skip.store(next, Ordering::Relaxed);
        self.skip.store(next, Ordering::Relaxed);
    }
}

/// The most calls that wait for Go when another one is still posted.
static LIMIT: atomic::AtomicUsize = atomic::AtomicUsize::new(USUAL_LIMIT);

const USUAL_LIMIT: usize = 1 << 16;

/// Bounds the memory of async calls that Go has not come to: while so many calls wait for Go, further ones are not put on its list, which has no bound of its own, but ask Go, which answers when it has room (`SetGoroutines` of the
/// generated package says how much). Until then they are futures that wait, and hold nothing but their arguments. 65,536 if nobody sets it; 0: no call is posted.
///
/// # Cost
/// A call beyond the limit crosses, as the first call of each method does.
pub fn set_post_limit(calls: usize) {
    LIMIT.store(calls, Ordering::Relaxed);
}

/// May one more call be posted?
#[inline]
pub(super) fn has_room(in_flight: usize) -> bool {
    in_flight <= LIMIT.load(Ordering::Relaxed)
}

/// The most calls in a row that do not look for their results.
const MOST_SKIPPED: u32 = 64;

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

    /// Pushes it, and wakes Go if that is asleep. Says whether it was awake.
    ///
    /// # Safety
    /// The frame is written as clause 11.8 says for this method.
    #[inline]
    pub(super) unsafe fn push(self, to: Address) -> bool {
        // SAFETY: keepers live for ever (clause 8.1), and this one is of a package that has a post: it gave the method a number.
        let keeper = unsafe { &*(to.keeper as *const Keeper) };
        let sleeps = self.push_on(&keeper.posted, &keeper.sleeping, to.number);
        if sleeps {
            wake(keeper.wake);
        }
        !sleeps
    }

    /// Pushes it on a list. True: who does so has to wake Go, and nobody else does.
    #[inline]
    pub(super) fn push_on(self, posted: &AtomicU64, sleeping: &AtomicU64, number: u64) -> bool {
        let block = self.address as *mut u64;
        // SAFETY: the block is ours and larger than that.
        unsafe {
            block.add(1).write(self.packed);
            block.add(2).write(number);
            block.add(3).write(0);
        }
        let mut head = posted.load(Ordering::Relaxed);
        loop {
            // SAFETY: still ours.
            unsafe { block.write(head) };
            match posted.compare_exchange_weak(head, self.address, Ordering::SeqCst, Ordering::Relaxed) {
                Ok(_) => break,
                Err(now) => head = now,
            }
        }
        // Only in the model: loom takes accesses that are sequentially consistent for weaker ones, but knows fences.
        if cfg!(all(test, loom)) {
            fence(Ordering::SeqCst);
        }
        sleeping.load(Ordering::SeqCst) != 0 && sleeping.swap(0, Ordering::SeqCst) != 0
    }
}

const _: () = {
    assert!((BEFORE + HEADER_WORDS) * 8 >= MIN_BLOCK);
    assert!(std::mem::offset_of!(Keeper, cancel) == 16 && std::mem::offset_of!(Keeper, posted) == 24);
    assert!(std::mem::offset_of!(Keeper, sleeping) == 32 && std::mem::offset_of!(Keeper, wake) == 40);
    assert!(std::mem::offset_of!(Keeper, filed) == 48);
};

#[cold]
fn wake(wake: Shim) {
    let mut framed = [Resume::default(); 2];
    let resume = framed.as_mut_ptr();
    // SAFETY: it looks at neither argument; the word before the one that it gets is the way back (clause 7.2).
    unsafe { lane::call(lane::current(), None, wake, resume.add(1).cast(), 1, resume) };
}
