//! Stepping out of an entry: Go makes an ordinary cgo call, in which anything may be done.

use super::context::current;
use super::registry::{Lane, lane};
use crate::shim;
use std::ffi::c_void;

/// A function that is run outside.
pub(crate) type Run = unsafe extern "C" fn(*mut c_void);

/// Runs `run(data)` on this thread and outside of its entry, if it is in one: the Go runtime then knows that it is in native code, and can do without it.
pub(crate) fn outside(run: Run, data: *mut c_void) {
    match current() {
        // SAFETY: `run` is given what it takes by whoever called us.
        None => unsafe { run(data) },
        Some(entry) => {
            let Lane { outside, .. } = *lane(entry.lane());
            // SAFETY: the lane's package registered this number for `gangplank_abi_outside` (clause 9.6).
            unsafe { entry.callback(outside, run as usize, data as usize) }
        }
    }
}

/// What the callback `outside` calls (clause 9.6).
///
/// # Safety
/// `run` and `data` are what `outside` passed.
#[unsafe(no_mangle)]
unsafe extern "C" fn gangplank_abi_outside(run: Run, data: *mut c_void) {
    // SAFETY: the caller's promise.
    shim::enter(|| unsafe { run(data) });
}
