//! Async functions that Go calls: who polls them, how Go hears of their end, and what gives them up (clause 10).
//!
//! ```no_run
//! #[gangplank::export]
//! pub async fn fetch(url: String) -> Result<Vec<u8>, gangplank::Error> {
//! #   let client = |_: String| async { Ok(Vec::new()) };
//!     client(url).await
//! }
//! ```
//!
//! In Go that is `func Fetch(ctx context.Context, url string) ([]byte, error)`. The goroutine waits without a thread. When `ctx` ends the future is dropped, and the call returns `ctx.Err()`.
//!
//! With the feature `tokio` futures run on a tokio runtime: the one that `set_runtime` got, the one that is current when an async function is first called, or one that gangplank starts.
//! Without it, [`set_executor`] names what polls them. Futures that are ready when they are first polled need neither.
//!
//! # Cancel safety
//! A future is dropped at an `.await`, when Go gives the call up: what stands behind that `.await` does not run, and what the future owns is dropped.
//!
//! # Protocol
//!
//! The parties of a call: the *shim*, on a thread of Go, which polls the future once; the *executor*, whose threads poll it later; *wakers*, on any thread; and Go, which may *cancel*. They meet in
//! the task's state (`state.rs`), which says who owns the future:
//!
//! | state | who owns the future |
//! | --- | --- |
//! | starting | the shim |
//! | waiting | nobody: the first poll was not enough, and nobody has woken it |
//! | spawned | nobody: the executor has the task, and will poll it, or waits for its own waker |
//! | running | the executor's thread that polls it |
//! | done | whoever made it so drops it; afterwards there is none |
//!
//! ```text
//! starting ──shim: settled──▶ done
//! starting ──shim: pending──▶ waiting ──our waker──▶ spawned ◀──▶ running ──▶ done
//! starting + woken ──shim: pending──▶ spawned
//! waiting, spawned ──cancel──▶ done                  running + cancel ──poll is over──▶ done
//! ```
//!
//! Our own waker is for the first poll only. It hands the task to the executor, which from then on uses wakers of its own; so a future that is ready at once costs no spawn, and one that waits costs one when
//! it is woken. A wake-up while the shim polls is kept as *woken*.
//!
//! Who makes a pending task `done` files its completion, once, unless it is a cancel: then Go knows by the answer that none comes. A cancel that finds the future in use leaves *cancel* in the state, and
//! the completion that comes says *cancelled*, or how the call ended just then. Go drops either.
//!
//! A pending task is in the table of tasks, where its handle leads to it; it leaves the table before its completion is filed. Completions go to the mailbox of the Go package (`mailbox.rs`).
//!
//! # What can race, and why that is fine
//! A completion may be filed before the shim has returned "pending": Go has written the ticket down before the call. A cancel may come after the completion: its handle is stale then, and it says that a completion
//! comes. A waker may be called after the task is done: it holds the task's memory, and finds nothing to do.
//!
//! # Async methods of Go
//!
//! | file | what stands in it |
//! | --- | --- |
//! | `calling.rs` | the future of an async method of Go |
//! | `method.rs` | what is known of the method before |
//! | `outgoing.rs` | its arguments, until Go has taken them over |
//! | `waiting.rs` | calls whose results come later: states, and who may do what |
//! | `settle.rs` | results that come, many at once |
//! | `filed.rs` | results that come without a crossing |
//! | `cancel.rs` | calls that nobody waits for any more |

mod blocking;
mod calling;
mod calls;
mod cancel;
mod context;
mod core;
mod executor;
mod filed;
mod mailbox;
mod method;
mod outgoing;
mod post;
mod serve;
mod settle;
mod shutdown;
mod signals;
mod state;
mod time;
#[cfg(feature = "tokio")]
mod tokio;
mod waiting;

#[cfg(test)]
pub(crate) mod tests;

#[cfg(feature = "stream")]
pub(crate) use self::core::SHUT_DOWN;
pub use self::core::Task;
pub use blocking::{blocking, spawn_blocking};
pub use calling::Calling;
pub(crate) use calling::function as call_function;
#[doc(hidden)]
pub use calling::method;
pub use calls::shutdown_calls;
pub use context::{Cancelled, Canceller, Context};
pub use executor::{AlreadyStarted, Executor, set_executor};
pub(crate) use mailbox::Mailbox;
#[doc(hidden)]
pub use method::AsyncMethod;
#[doc(hidden)]
pub use outgoing::Outgoing;
#[doc(hidden)]
pub use post::Post;
pub use post::set_post_limit;
#[doc(hidden)]
pub use serve::serve_async;
#[cfg(feature = "stream")]
pub(crate) use shutdown::is_shut;
pub use shutdown::shutdown;
pub(crate) use signals::report as report_signals;
pub use signals::{repair_signals, unsafe_signals};
pub use time::deadline;
#[cfg(feature = "tokio")]
pub use tokio::{set_runtime, set_threads};

/// Runs `f` in the context of the runtime that polls async functions, if there is one.
#[doc(hidden)]
pub fn within_executor<R>(f: impl FnOnce() -> R) -> R {
    executor::within(executor::get(), f)
}
