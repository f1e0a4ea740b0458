//! A Rust program with Go inside: the first call waits until the Go runtime is up.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

static START: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

/// Notes the Go function that returns when every `init` of the archive has run. Called by a constructor that `include_go!` brings.
pub fn set_host_start(start: unsafe extern "C" fn()) {
    START.store(start as *mut (), Ordering::Release);
}

/// Waits for Go, if this program has Go inside. Says whether it has.
pub(crate) fn start() -> bool {
    let start = START.load(Ordering::Acquire);
    if start.is_null() {
        return false;
    }
    // SAFETY: only `set_host_start` stores here, and it stores such a function. It may be called any number of times.
    unsafe { std::mem::transmute::<*mut (), unsafe extern "C" fn()>(start)() };
    true
}
