//! The end of async calls of Go.

use super::waiting;
use crate::error::{ErrorKind, GoError};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

static OVER: AtomicBool = AtomicBool::new(false);

/// Ends all async calls of Go: those that wait fail at once, and their contexts end in Go; new ones are refused. Then waits until the Go functions have returned, but not longer than `patience`. Says how many had not.
///
/// For the end of a Rust program with Go inside, when its own tasks are done or do not matter any more. In a Go program its `main` decides, and its own `Shutdown`.
/// Calls that fail so have an error of which [`GoError::is_unavailable`] is true; methods that return none panic with it.
///
/// A future that was told cancels its Go function when it is polled, or dropped.
pub fn shutdown(patience: Duration) -> usize {
    OVER.store(true, Ordering::SeqCst);
    let until = Instant::now().checked_add(patience);
    loop {
        waiting::fail_all(&GoError::of(ErrorKind::Unavailable, TEXT));
        let left = waiting::count();
        if left == 0 || until.is_some_and(|until| Instant::now() >= until) {
            return left;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

const TEXT: &str = "async calls of Go were shut down";

/// Why a call cannot be made any more.
#[inline]
pub(super) fn refusal(name: &str) -> Option<GoError> {
    if !OVER.load(Ordering::Acquire) {
        return None;
    }
    Some(GoError::of(ErrorKind::Unavailable, format!("{name}: {TEXT}")))
}
