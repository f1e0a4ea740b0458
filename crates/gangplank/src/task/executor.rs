//! What polls the async functions that wait.

use super::Task;
use std::fmt;
use std::sync::OnceLock;

/// Polls tasks: a runtime, of tokio or of another kind. See [`set_executor`].
pub trait Executor: Send + Sync + 'static {
    /// Polls the task until it is done, from any thread. It does not block, and polls nothing before it returns. A task that it drops ends its call with an error.
    fn spawn(&self, task: Task);

    /// Runs `inside` in the runtime's context, if futures need one to be made, polled or dropped. It calls it once.
    fn within(&self, inside: &mut dyn FnMut()) {
        inside();
    }
}

static EXECUTOR: OnceLock<Option<Box<dyn Executor>>> = OnceLock::new();

/// An executor is in use already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlreadyStarted;

impl fmt::Display for AlreadyStarted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("async functions run already: set their runtime before the first of them is called")
    }
}

impl std::error::Error for AlreadyStarted {}

/// Says what polls async functions, before the first of them is called.
///
/// For tokio there is `gangplank::task::set_runtime`, with the feature `tokio`.
///
/// # Errors
/// An executor is in use already.
pub fn set_executor(executor: impl Executor) -> Result<(), AlreadyStarted> {
    let mut given = Some(executor);
    let in_use =
        EXECUTOR.get_or_init(|| given.take().map(|executor| Box::new(executor) as Box<dyn Executor>));
    match (given, in_use) {
        (None, _) => Ok(()),
        (Some(_), _) => Err(AlreadyStarted),
    }
}

/// The executor, which is made if there is none and it can be.
#[inline]
pub(super) fn get() -> Option<&'static dyn Executor> {
    match EXECUTOR.get() {
        Some(executor) => executor.as_deref(),
        None => start(),
    }
}

#[cold]
fn start() -> Option<&'static dyn Executor> {
    let executor = EXECUTOR.get_or_init(default).as_deref();
    super::report_signals("the runtime of async functions has started");
    executor
}

#[cfg(feature = "tokio")]
fn default() -> Option<Box<dyn Executor>> {
    super::tokio::default()
}

#[cfg(not(feature = "tokio"))]
fn default() -> Option<Box<dyn Executor>> {
    None
}

/// What a call gets that has to wait where nothing can poll it.
pub(super) const MISSING: &str = "this async function has to wait, and there is no runtime to wake it: enable the feature `tokio` of the crate gangplank in Cargo.toml, or call `gangplank::task::set_executor`";

/// Runs `f` in the executor's context.
#[inline]
pub(super) fn within<R>(executor: Option<&dyn Executor>, f: impl FnOnce() -> R) -> R {
    let Some(executor) = executor else { return f() };
    let (mut f, mut result) = (Some(f), None);
    executor.within(&mut || {
        if let Some(f) = f.take() {
            result = Some(f());
        }
    });
    result.expect("an executor runs what it is given")
}

/// Hands a task to the executor; there is one, or the task would not wait.
pub(super) fn spawn(task: Task) {
    if let Some(executor) = get() {
        executor.spawn(task);
    }
}
