//! Waiting on a hosted thread: outside, where Go's scheduler can do without it.

use crate::lane::outside;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

/// Runs `run` on this thread, outside of the fast lane: Go gives the thread's place in its scheduler to another goroutine meanwhile.
///
/// For everything that waits: locks that are held for long, channels, sleep, files and sockets; and for computations without a [`checkpoint`](crate::checkpoint).
/// In it, Go is called through cgo. On a thread that is not on the fast lane it just runs `run`.
///
/// ```
/// let answer = gangplank::hosted::blocking(|| 42);
/// assert_eq!(answer, 42);
/// ```
///
/// # Panics
/// If `run` does.
///
/// # Cost
/// A callback and a cgo call: some 30 ns, and what it takes to get a place again.
pub fn blocking<R>(run: impl FnOnce() -> R) -> R {
    struct Task<F, R> {
        run: Option<F>,
        result: Option<std::thread::Result<R>>,
    }

    unsafe extern "C" fn work<F: FnOnce() -> R, R>(data: *mut c_void) {
        // SAFETY: `blocking` passed its task, of these types, and waits.
        let task = unsafe { &mut *data.cast::<Task<F, R>>() };
        task.result = task.run.take().map(|run| catch_unwind(AssertUnwindSafe(run)));
    }

    fn step_out<F: FnOnce() -> R, R>(run: F) -> Option<std::thread::Result<R>> {
        let mut task = Task { run: Some(run), result: None };
        outside(work::<F, R>, (&raw mut task).cast());
        task.result
    }

    match step_out(run) {
        Some(Ok(result)) => result,
        Some(Err(payload)) => resume_unwind(payload),
        None => unreachable!("`outside` runs what it is given"),
    }
}

/// Waits until somebody unparks this thread, by [`JoinHandle::unpark`](super::JoinHandle::unpark) or [`std::thread::Thread::unpark`]. It may come back without.
pub fn park() {
    blocking(std::thread::park);
}

/// [`park`], for at most that long.
pub fn park_timeout(limit: Duration) {
    blocking(|| std::thread::park_timeout(limit));
}

/// Waits for a time.
pub fn sleep(time: Duration) {
    blocking(|| std::thread::sleep(time));
}
