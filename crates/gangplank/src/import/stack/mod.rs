//! The few instructions that no language has: call with a way back, jump to it, save and restore a stretch of stack.
//!
//! One file per architecture with the same surface, and `other` for the rest. Pictures and protocol: `import/goexit.rs`.

#[cfg_attr(all(target_arch = "x86_64", unix, not(miri)), path = "x86_64.rs")]
#[cfg_attr(all(target_arch = "aarch64", unix, not(miri)), path = "aarch64.rs")]
#[cfg_attr(
    not(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix, not(miri))),
    path = "other.rs"
)]
mod arch;

// From wherever this thread is, calls go through `lane::call`.
pub(crate) use arch::call as call_here;
pub(super) use arch::{come_back, resume, suspend};

/// Where a call can be made to return: its stack pointer after the callee-saved registers were pushed.
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub(crate) struct Resume(u64);

impl Resume {
    pub(super) fn stack(self) -> u64 {
        self.0
    }
}

/// What runs on top of a stack that `suspend` is about to leave: low end, high end, the word that `suspend` was given.
pub(super) type Leave = unsafe extern "C" fn(u64, u64, *mut *mut std::ffi::c_void) -> !;
