//! The end of all async calls, and of all streams.

use super::core::TASKS;
use std::sync::atomic::{AtomicBool, Ordering};

static SHUT: AtomicBool = AtomicBool::new(false);

/// Ends all async calls from Go that wait, and all streams that Go ranges over, with an error, and makes all later ones fail with it: before a runtime that was handed over is shut down, or where a program
/// ends in order.
///
/// Futures are dropped here, but for those that are being polled, which are dropped after that poll. A stream is dropped by the goroutine that ranges over it, when it wants the next item.
pub fn shutdown() {
    SHUT.store(true, Ordering::SeqCst);
    // A call that comes into the table after we went through it sees `SHUT` and ends itself: both sides are sequentially consistent.
    let tasks: Vec<_> = TASKS.range().map(|(_, task)| task.clone()).collect();
    tasks.iter().for_each(|task| task.abandon(super::core::SHUT_DOWN));
    #[cfg(feature = "stream")]
    crate::stream::wake_all();
}

#[inline]
pub(crate) fn is_shut() -> bool {
    SHUT.load(Ordering::SeqCst)
}

/// For Go (clause 10.7).
#[unsafe(no_mangle)]
extern "C" fn gangplank_abi_shutdown() {
    crate::shim::enter(shutdown);
}
