//! `runtime.Goexit` in an imported Go function (clause 7.2).
//!
//! Goexit runs the deferred functions of the whole goroutine and then ends it. Left alone, it would skip the Rust frames between two stretches of Go, or kill the
//! process when the thread is not Go's. Go cannot stop a Goexit, but the deferred function of the Go shim runs on its behalf, and from there one can call C. So:
//!
//! ```text
//! thread stack                              goroutine stack
//!   (older)   serve: Entry                    Go caller of the export, if there is one
//!             Rust frames                     ..
//!             stack::call  <- Resume          Go shim
//!             crosscall2, cgocallback         user's function, runtime.Goexit
//!             asmcgocall                      deferred function of the shim
//!   (newer)   gangplank_abi_goexit            cgocall
//! ```
//!
//! 1. The deferred function writes status 4 into the frame and calls `gangplank_abi_goexit`.
//! 2. *No Go beneath* (the thread is Rust's): it jumps to `Resume`, so that `stack::call` returns and Rust goes on. The goroutine stays for ever in its C call; for the Go runtime
//!    this thread simply is in C, and later calls from it nest on top. Price: the goroutine's stack frames, a few KiB for each Goexit on such a thread.
//! 3. *Go beneath* (a shim of ours is on the stack): the runtime's frames on the thread stack, newer than `Resume`, are still needed, so their bytes are saved first. Then as in 2. When the innermost
//!    shim is done it does not return to Go: it puts the bytes back and returns from `gangplank_abi_goexit`, and Goexit goes on through the older Go frames, with no Rust frame left to skip.
//! 4. Between the jump and the return the goroutine is exiting: `check` refuses to call Go again from this shim.

use super::stack::{self, Resume};
use crate::error::{ErrorKind, GoError};
use crate::{lane, shim};
use std::ffi::c_void;
use std::ptr;

/// A goroutine that waits to go on exiting: the part of the thread stack to put back.
pub(crate) struct Pending {
    low: u64,
    bytes: Vec<u8>,
}

impl Pending {
    /// Puts the stack back and returns from the `gangplank_abi_goexit` that saved it. The frames of the caller are gone.
    ///
    /// # Safety
    /// The shim that `pending` was set for is done, on this thread.
    pub(crate) unsafe fn come_back(pending: *mut Pending) -> ! {
        // SAFETY: everything newer than the shim's frame, where `low` lies, is dead; `bytes` was the stack from `low` when `suspend`
        // was called. `gangplank_abi_goexit` still holds the address and frees it.
        unsafe { stack::come_back((*pending).low, (*pending).bytes.as_ptr(), (*pending).bytes.len()) }
    }
}

/// A goroutine that is exiting must not be entered again, and neither must Go from a thread that is ending. `entry` is this thread's.
#[inline]
pub(crate) fn check(name: &str, entry: Option<lane::Entry>) -> Result<(), GoError> {
    super::ending::check(name)?;
    // Inside an entry the context knows, and nothing is ever pending there (clause 9.7).
    let exits = match entry {
        Some(entry) => entry.exiting(),
        None => shim::innermost(|entry| entry.is_some_and(|e| !e.pending.get().is_null())),
    };
    if exits { Err(exiting(name)) } else { Ok(()) }
}

#[cold]
fn exiting(name: &str) -> GoError {
    GoError::of(
        ErrorKind::Goexit,
        format!(
            "{name}: the goroutine is exiting (an earlier Go function called runtime.Goexit); Go cannot be called again before Rust returns"
        ),
    )
}

/// Resumes the native caller of a Go shim whose function called `runtime.Goexit` (clause 7.2).
///
/// # Safety
/// `frames` is the frame that the shim was called with; the shim is still running, in a deferred function.
#[unsafe(no_mangle)]
unsafe extern "C-unwind" fn gangplank_abi_goexit(frames: *mut u64) {
    // SAFETY: frames are made by `Call`, which puts a `Resume` right before the words.
    let high = unsafe { (*frames.cast::<Resume>().sub(1)).stack() };
    if high == 0 {
        // The call was a callback of the fast lane, which has its own way back (clause 9.7).
        return;
    }
    if !shim::inside() {
        // SAFETY: `stack::call` of this frame is waiting on this thread; the frames between are the runtime's (case 2 above).
        unsafe { stack::resume(high) }
    }
    let mut saved: *mut c_void = ptr::null_mut();
    // SAFETY: `leave` does what `suspend` asks: it saves the stack between its argument and `high`, and then resumes.
    unsafe { stack::suspend(high, &mut saved, leave) };
    // We are back: the innermost shim is done.
    // SAFETY: `leave` made it, and the entry that pointed at it is gone.
    drop(unsafe { Box::from_raw(saved.cast::<Pending>()) });
}

/// Runs on top of the stack that is saved.
unsafe extern "C" fn leave(low: u64, high: u64, out: *mut *mut c_void) -> ! {
    let pending = Box::into_raw(Box::new(Pending { low, bytes: Vec::with_capacity((high - low) as usize) }));
    // SAFETY: `out` is the local of `gangplank_abi_goexit`. It is written before the stack is saved, so that it is there again afterwards.
    unsafe { *out = pending.cast() };
    // SAFETY: `low..high` is stack of this thread, older than this frame, and stays as it is while it is copied.
    unsafe {
        (*pending)
            .bytes
            .extend_from_slice(std::slice::from_raw_parts(low as *const u8, (high - low) as usize));
        shim::innermost(|entry| entry.expect("inside a shim").pending.set(pending));
        stack::resume(high)
    }
}
