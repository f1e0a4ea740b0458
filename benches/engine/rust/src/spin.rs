//! Native code that computes for long.

use crate::batch::Context;
use crate::step;

/// What native code writes when the Go runtime wants the thread (`GANGPLANK_PREEMPT`).
const PREEMPT: usize = -1314_isize as usize;
/// The callback that only lets the runtime in (`GANGPLANK_YIELD`).
const YIELD: usize = 0;

/// `n` steps, one after the other.
#[unsafe(no_mangle)]
pub extern "C" fn engine_spin(n: usize, x: u64) -> u64 {
    (0..n).fold(x, |x, _| step(x))
}

/// [`engine_spin`] as an entry of the fast lane, without checkpoints.
#[unsafe(no_mangle)]
pub extern "C" fn engine_spin_fast(n: usize, x: u64, _: *mut Context) -> u64 {
    engine_spin(n, x)
}

/// [`engine_spin`] as an entry of the fast lane, with a checkpoint at every step.
///
/// # Safety
///
/// `context` is the lane's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn engine_spin_polls(n: usize, x: u64, context: *mut Context) -> u64 {
    (0..n).fold(x, |x, _| {
        // SAFETY: the context is that of this entry, on its thread.
        unsafe { checkpoint(context) };
        step(x)
    })
}

/// `gangplank_checkpoint`.
unsafe fn checkpoint(context: *mut Context) {
    // SAFETY: the lane's context and the word that it points at live as long as the entry.
    unsafe {
        if (*context).preempt.read_volatile() == PREEMPT {
            ((*context).call)(context, YIELD, 0, 0);
        }
    }
}
