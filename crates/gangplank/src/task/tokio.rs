//! The tokio runtime that polls async functions: the user's, or one of ours.

use super::Task;
use super::executor::{AlreadyStarted, Executor, set_executor};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::runtime::{Builder, Handle, Runtime};

/// Polls async functions on a tokio runtime of the program's own, which it says before the first of them is called. The runtime must go on running: calls that wait when it is shut down end with an error.
///
/// ```no_run
/// #[tokio::main]
/// async fn main() {
///     gangplank::task::set_runtime(tokio::runtime::Handle::current()).unwrap();
/// }
/// ```
///
/// # Errors
/// Async functions run already.
pub fn set_runtime(runtime: Handle) -> Result<(), AlreadyStarted> {
    set_executor(Theirs(runtime))
}

/// How many threads gangplank's own runtime has; 0: as many as tokio likes.
static THREADS: AtomicUsize = AtomicUsize::new(0);

/// Says how many threads the tokio runtime has that gangplank starts when an async function is first called, if [`set_runtime`] was not.
///
/// `GANGPLANK_TASK_THREADS` in the environment has the last word. Without either there are as many as there are processors.
///
/// # Panics
/// If `threads` is 0.
pub fn set_threads(threads: usize) {
    assert!(threads > 0, "a runtime has a thread");
    THREADS.store(threads, Ordering::Relaxed);
}

/// The runtime that is current on this thread, or a new one.
pub(super) fn default() -> Option<Box<dyn Executor>> {
    if let Ok(current) = Handle::try_current() {
        return Some(Box::new(Theirs(current)));
    }
    let mut builder = Builder::new_multi_thread();
    let wished = std::env::var("GANGPLANK_TASK_THREADS").ok().and_then(|text| text.parse().ok());
    match wished.filter(|&threads| threads > 0).unwrap_or(THREADS.load(Ordering::Relaxed)) {
        0 => &mut builder,
        threads => builder.worker_threads(threads),
    };
    let runtime = builder.thread_name("gangplank-task").enable_all().build().ok()?;
    Some(Box::new(Ours { handle: runtime.handle().clone(), _runtime: runtime }))
}

/// The user's runtime.
struct Theirs(Handle);

/// The runtime that gangplank started. It is never dropped.
struct Ours {
    handle: Handle,
    _runtime: Runtime,
}

impl Executor for Theirs {
    fn spawn(&self, task: Task) {
        drop(self.0.spawn(task));
    }

    fn within(&self, inside: &mut dyn FnMut()) {
        let _entered = self.0.enter();
        inside();
    }
}

impl Executor for Ours {
    fn spawn(&self, task: Task) {
        drop(self.handle.spawn(task));
    }

    fn within(&self, inside: &mut dyn FnMut()) {
        let _entered = self.handle.enter();
        inside();
    }
}
