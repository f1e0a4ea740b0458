//! The way in: what the shims of fast functions call.

use super::context::{self, Context};
use crate::shim;

/// Runs one call in an entry (clause 9.3).
///
/// # Safety
/// `frame` is a frame for `shim`; `context` is what fastcall gave to this entry, and `lane` the package's (clause 9.1).
#[inline]
pub unsafe fn enter(
    frame: *mut u64,
    lane: usize,
    context: *const (),
    shim: unsafe extern "C" fn(*mut u64, usize),
) {
    // SAFETY: the caller's promise.
    unsafe { context::within(context.cast::<Context>(), lane, || shim(frame, 1)) }
}

/// Runs one call that makes no callbacks. Behind the frame is the address of the scratch memory: a pointer for Go, which a moving stack takes along (clause 9.4).
///
/// # Safety
/// `frame` is a frame of `stride` words for `shim`, with such a word behind it.
#[inline]
pub unsafe fn leaf(frame: *mut u64, stride: usize, shim: unsafe extern "C" fn(*mut u64, usize)) {
    // SAFETY: the caller's promise. Word 1 is ours to write (clause 1.5).
    unsafe {
        *frame.add(1) = *frame.add(stride);
        shim(frame, 1);
    }
}

/// Runs a thread's closure in an entry, or in an ordinary call, where there is no context.
///
/// # Safety
/// As for [`enter`], with a context that may be null.
pub(crate) unsafe fn inhabit(lane: usize, context: *const Context, run: impl FnOnce()) {
    if context.is_null() {
        return shim::enter(run);
    }
    // SAFETY: the caller's promise.
    unsafe { context::within(context, lane, || shim::enter(run)) }
}
