//! x86-64, System V.
//!
//! ```text
//! call:     | return address | rbp | rbx | r12 | r13 | r14 | r15 | pad |  <- Resume, 16-aligned
//! suspend:  | return address | rbp | rbx | r12 | r13 | r14 | r15 | pad |  <- low
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

std::arch::global_asm!(
    concat!(".globl ", name!("gangplank_stack_call")),
    concat!(name!("gangplank_stack_call"), ":"), // rdi shim, rsi frames, rdx n, rcx resume
    ".cfi_startproc",
    "push rbp", // the callee-saved registers: `resume` comes from a place where they hold anything
    ".cfi_def_cfa_offset 16",
    ".cfi_offset rbp, -16",
    "mov rbp, rsp", // keeps the chain of frame pointers whole for profilers
    ".cfi_def_cfa_register rbp",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    "sub rsp, 8",     // pad: the stack is 16-aligned at a call
    "mov [rcx], rsp", // the way back
    "mov rax, rdi",
    "mov rdi, rsi",
    "mov rsi, rdx",
    "call rax",
    "77:", // rsp is what `resume` and `come_back` made it, or as before the call
    "add rsp, 8",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    ".cfi_def_cfa rsp, 8",
    "ret",
    ".cfi_endproc",
    //
    concat!(".globl ", name!("gangplank_stack_resume")),
    concat!(name!("gangplank_stack_resume"), ":"), // rdi stack
    "mov rsp, rdi",                                // drops every newer frame
    "jmp 77b",
    //
    concat!(".globl ", name!("gangplank_stack_suspend")),
    concat!(name!("gangplank_stack_suspend"), ":"), // rdi high, rsi word, rdx leave
    "push rbp",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    "sub rsp, 8",
    "mov rax, rdx",
    "mov rdx, rsi", // leave(low, high, word)
    "mov rsi, rdi",
    "mov rdi, rsp",
    "call rax", // does not return; comes back through `come_back`
    "ud2",
    //
    concat!(".globl ", name!("gangplank_stack_come_back")),
    concat!(name!("gangplank_stack_come_back"), ":"), // rdi low, rsi bytes, rdx len
    "mov rsp, rdi", // below everything that is about to be written: a signal handler may use the stack
    "mov rcx, rdx",
    "cld",
    "rep movsb", // no stack needed
    "jmp 77b",
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
