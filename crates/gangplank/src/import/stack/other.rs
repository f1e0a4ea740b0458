//! Architectures without the instructions: calls work, `runtime.Goexit` in an imported function ends the process with a message.

use super::{Leave, Resume};
use crate::import::Shim;
use std::ffi::c_void;

pub(crate) unsafe fn call(shim: Shim, frames: *mut u64, n: usize, _resume: *mut Resume) {
    // SAFETY: the caller's promise.
    unsafe { shim(frames, n) }
}

pub(in crate::import) unsafe fn resume(_stack: u64) -> ! {
    eprintln!(
        "gangplank: runtime.Goexit was called in a Go function that Rust called; this is supported on x86_64 and aarch64 Unix only"
    );
    std::process::abort()
}

pub(in crate::import) unsafe fn suspend(high: u64, _word: *mut *mut c_void, _leave: Leave) {
    // SAFETY: it does not come back.
    unsafe { resume(high) }
}

pub(in crate::import) unsafe fn come_back(low: u64, _bytes: *const u8, _len: usize) -> ! {
    // SAFETY: it does not come back.
    unsafe { resume(low) }
}
