//! AArch64, AAPCS64.
//!
//! ```text
//! call, suspend:  | d15 d14 .. d8 | x28 .. x19 | x30 x29 |  <- Resume or low, 16-aligned, 160 bytes
//! ```
//! Both leave the same picture, so that one epilogue serves `call`, `resume` and `come_back`.

use super::{Leave, Resume};
use crate::import::Shim;
use std::ffi::c_void;

#[cfg(target_vendor = "apple")]
macro_rules! name {
    ($n:literal) => {
        concat!("_", $n)
    };
}
#[cfg(not(target_vendor = "apple"))]
macro_rules! name {
    ($n:literal) => {
        $n
    };
}

/// Saves what the ABI has the callee keep.
macro_rules! save {
    () => {
        "sub sp, sp, #160
         stp x29, x30, [sp, #0]
         stp x19, x20, [sp, #16]
         stp x21, x22, [sp, #32]
         stp x23, x24, [sp, #48]
         stp x25, x26, [sp, #64]
         stp x27, x28, [sp, #80]
         stp d8, d9, [sp, #96]
         stp d10, d11, [sp, #112]
         stp d12, d13, [sp, #128]
         stp d14, d15, [sp, #144]"
    };
}

std::arch::global_asm!(
    ".p2align 2",
    concat!(".globl ", name!("gangplank_stack_call")),
    concat!(name!("gangplank_stack_call"), ":"), // x0 shim, x1 frames, x2 n, x3 resume
    ".cfi_startproc",
    save!(),
    ".cfi_def_cfa_offset 160",
    ".cfi_offset x29, -160",
    ".cfi_offset x30, -152",
    "mov x29, sp", // keeps the chain of frame pointers whole for profilers
    "mov x9, sp",
    "str x9, [x3]", // the way back
    "mov x9, x0",
    "mov x0, x1",
    "mov x1, x2",
    "blr x9",
    "77:", // sp is what `resume` and `come_back` made it, or as before the call
    "ldp x29, x30, [sp, #0]",
    "ldp x19, x20, [sp, #16]",
    "ldp x21, x22, [sp, #32]",
    "ldp x23, x24, [sp, #48]",
    "ldp x25, x26, [sp, #64]",
    "ldp x27, x28, [sp, #80]",
    "ldp d8, d9, [sp, #96]",
    "ldp d10, d11, [sp, #112]",
    "ldp d12, d13, [sp, #128]",
    "ldp d14, d15, [sp, #144]",
    "add sp, sp, #160",
    ".cfi_def_cfa_offset 0",
    "ret",
    ".cfi_endproc",
    //
    concat!(".globl ", name!("gangplank_stack_resume")),
    concat!(name!("gangplank_stack_resume"), ":"), // x0 stack
    "mov sp, x0",                                  // drops every newer frame
    "b 77b",
    //
    concat!(".globl ", name!("gangplank_stack_suspend")),
    concat!(name!("gangplank_stack_suspend"), ":"), // x0 high, x1 word, x2 leave
    save!(),
    "mov x9, x2",
    "mov x2, x1", // leave(low, high, word)
    "mov x1, x0",
    "mov x0, sp",
    "blr x9", // does not return; comes back through `come_back`
    "brk #1",
    //
    concat!(".globl ", name!("gangplank_stack_come_back")),
    concat!(name!("gangplank_stack_come_back"), ":"), // x0 low, x1 bytes, x2 len (a multiple of 16: both ends are stack pointers)
    "mov sp, x0", // below everything that is about to be written: a signal handler may use the stack
    "cbz x2, 79f",
    "78:",
    "ldp x10, x11, [x1], #16",
    "stp x10, x11, [x0], #16",
    "subs x2, x2, #16",
    "b.ne 78b",
    "79:",
    "b 77b",
);

unsafe extern "C-unwind" {
    fn gangplank_stack_call(shim: Shim, frames: *mut u64, n: usize, resume: *mut Resume);
    fn gangplank_stack_resume(stack: u64) -> !;
    fn gangplank_stack_suspend(high: u64, word: *mut *mut c_void, leave: Leave);
    fn gangplank_stack_come_back(low: u64, bytes: *const u8, len: usize) -> !;
}

/// Calls `shim(frames, n)`; until it returns, `resume` can make it return.
///
/// # Safety
/// As clause 1.3 asks of a caller.
#[inline]
pub(crate) unsafe fn call(shim: Shim, frames: *mut u64, n: usize, resume: *mut Resume) {
    // SAFETY: the caller's promise.
    unsafe { gangplank_stack_call(shim, frames, n, resume) }
}

/// Makes the call that left this `Resume` return.
///
/// # Safety
/// That call is waiting on this thread, and no newer frame has anything to clean up.
pub(in crate::import) unsafe fn resume(stack: u64) -> ! {
    // SAFETY: the caller's promise.
    unsafe { gangplank_stack_resume(stack) }
}

/// Calls `leave(low, high, word)` with the low end of the stack in use, and returns when `come_back(low, ..)` is called.
///
/// # Safety
/// `leave` saves `low..high` and resumes an older call; `high` is in this thread's stack.
pub(in crate::import) unsafe fn suspend(high: u64, word: *mut *mut c_void, leave: Leave) {
    // SAFETY: the caller's promise.
    unsafe { gangplank_stack_suspend(high, word, leave) }
}

/// Writes `bytes` to the stack at `low` and returns from the `suspend` that named `low`.
///
/// # Safety
/// `bytes` is what `leave` saved there; nothing newer than `low + len` is in use.
pub(in crate::import) unsafe fn come_back(low: u64, bytes: *const u8, len: usize) -> ! {
    // SAFETY: the caller's promise.
    unsafe { gangplank_stack_come_back(low, bytes, len) }
}
