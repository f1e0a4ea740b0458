//! The lanes of this process: each Go package that has something fast makes one, before `main`.

use std::sync::atomic::{AtomicPtr, Ordering};

/// Starts a goroutine that enters [`crate::hosted`]'s closure: 0, or the most that may run (clause 9.8).
pub(crate) type Host = unsafe extern "C-unwind" fn(data: usize, lane: usize, running: usize) -> usize;

/// One of them. It lives for ever; its address is the word that Go knows it by (clause 9.1).
#[derive(Clone, Copy)]
pub(crate) struct Lane {
    pub(crate) outside: usize,
    pub(crate) host: Host,
}

/// The lane for threads that Rust asks for: the first one.
static FIRST: AtomicPtr<Lane> = AtomicPtr::new(std::ptr::null_mut());

/// Makes a lane (clause 9.1).
#[unsafe(no_mangle)]
extern "C" fn gangplank_abi_lane(outside: usize, host: Host) -> usize {
    let lane = Box::into_raw(Box::new(Lane { outside, host }));
    // Release pairs with the acquire in `host`. Later packages change nothing.
    let _ = FIRST.compare_exchange(std::ptr::null_mut(), lane, Ordering::Release, Ordering::Relaxed);
    lane as usize
}

/// The lane that is known by this word.
pub(crate) fn lane(word: usize) -> &'static Lane {
    // SAFETY: entries get only words that `gangplank_abi_lane` returned (clause 9.2), and lanes live for ever.
    unsafe { &*(word as *const Lane) }
}

/// A lane that can host threads, and its word. In a Rust program with Go inside, waits until Go is up.
pub(crate) fn host() -> Option<(&'static Lane, usize)> {
    let mut first = FIRST.load(Ordering::Acquire);
    if first.is_null() && crate::import::start() {
        first = FIRST.load(Ordering::Acquire);
    }
    (!first.is_null()).then(|| (lane(first as usize), first as usize))
}
