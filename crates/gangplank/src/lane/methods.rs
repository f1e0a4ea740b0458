//! Calling Go's shims: by callback inside an entry, else through cgo.

use super::context::Entry;
use super::outside::outside;
use crate::import::{Resume, Shim, call_here};
use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The callbacks of a fast trait (clause 9.5): none until Go registers them, and none on the cgo lane.
pub(crate) struct Methods {
    /// Written before `lane`, and never again.
    base: AtomicUsize,
    lane: AtomicUsize,
}

impl Methods {
    pub(crate) const fn new() -> Methods {
        Methods { base: AtomicUsize::new(0), lane: AtomicUsize::new(0) }
    }

    fn set(&self, lane: usize, base: usize) {
        self.base.store(base, Ordering::Relaxed);
        // Release pairs with the acquire in `call`.
        self.lane.store(lane, Ordering::Release);
    }
}

/// Takes the callbacks of a trait's methods.
pub fn register_methods(table: &crate::import::Table, lane: usize, base: usize) {
    table.fast().set(lane, base);
}

/// Runs `n` calls in Go, from this thread's entry.
///
/// # Safety
/// `entry` is what `current` says.
/// `shim` is Go's, `frames` are frames for it, with `resume` right before them. `method` are the callbacks of its trait and its index.
#[inline]
pub(crate) unsafe fn call(
    entry: Option<Entry>,
    method: Option<(&Methods, usize)>,
    shim: Shim,
    frames: *mut u64,
    n: usize,
    resume: *mut Resume,
) {
    let Some(entry) = entry else {
        // SAFETY: the caller's promise.
        return unsafe { call_here(shim, frames, n, resume) };
    };
    if let Some((methods, index)) = method {
        // No lane is 0, and every entry has one.
        if methods.lane.load(Ordering::Acquire) == entry.lane() {
            let number = methods.base.load(Ordering::Relaxed) + index;
            // SAFETY: the lane's package registered this number for this method (clause 9.5). `resume` stays empty: a goroutine that exits is fastcall's to bring back (clause 9.7).
            return unsafe { entry.callback(number, frames as usize, n) };
        }
    }
    let mut call = OutsideCall { shim, frames, n, resume };
    outside(run, (&raw mut call).cast());
}

struct OutsideCall {
    shim: Shim,
    frames: *mut u64,
    n: usize,
    resume: *mut Resume,
}

unsafe extern "C" fn run(data: *mut c_void) {
    // SAFETY: `call` passed it, and waits; the rest is its promise.
    unsafe {
        let call = &*data.cast::<OutsideCall>();
        call_here(call.shim, call.frames, call.n, call.resume);
    }
}
