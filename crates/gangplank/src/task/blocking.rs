//! Calls that block their thread, on a runtime whose threads must not be blocked.

use super::time;

/// Runs `f`, which may block, on this thread. On a thread of a tokio runtime it tells the runtime first, whose other tasks then run elsewhere (`tokio::task::block_in_place`).
///
/// For calls of Go that may block in an async function: methods of imported traits that are not async, [`GoIter`](crate::GoIter)s. Methods that are marked `#[import(blocking)]` do it themselves, and so does
/// `GoIter`. A runtime with one thread, a `LocalSet`, and runtimes other than tokio have no other threads for their tasks: there it just runs `f`, and [`spawn_blocking`] is better.
///
/// ```
/// # struct Store;
/// # impl Store { fn commit(&self) -> u64 { 7 } }
/// # let store = Store;
/// let at = gangplank::task::blocking(|| store.commit());
/// # assert_eq!(at, 7);
/// ```
///
/// # Cost
/// Elsewhere some nanoseconds. On a thread of tokio some microseconds: another thread takes over.
pub fn blocking<R>(f: impl FnOnce() -> R) -> R {
    #[cfg(feature = "tokio")]
    if on_many_threads() {
        return elsewhere::in_place(f);
    }
    f()
}

/// Runs `f`, which may block, on a thread that is there for such calls (`tokio::task::spawn_blocking`). Where no tokio runtime is current it runs `f` on the spot.
///
/// tokio has at most 512 such threads (`Builder::max_blocking_threads`); further calls wait, without a thread. [`deadline`](super::deadline) in `f` is that of the async function that awaits it.
///
/// ```
/// # struct Store;
/// # impl Store { fn commit(&self) -> u64 { 7 } }
/// # async fn example() {
/// # let store = Store;
/// let at = gangplank::task::spawn_blocking(move || store.commit()).await;
/// # }
/// ```
///
/// # Panics
/// With what `f` panics with; or if the runtime was shut down before `f` ran.
///
/// # Cancel safety
/// Dropped, the future does not wait for `f` any more. `f` runs to its end nevertheless, if it has begun.
pub async fn spawn_blocking<R: Send + 'static>(f: impl FnOnce() -> R + Send + 'static) -> R {
    let deadline = super::deadline();
    let f = move || time::until(deadline, f);
    #[cfg(feature = "tokio")]
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        return match runtime.spawn_blocking(f).await {
            Ok(result) => result,
            Err(error) => match error.try_into_panic() {
                Ok(payload) => std::panic::resume_unwind(payload),
                Err(_) => panic!("the tokio runtime was shut down before the closure ran"),
            },
        };
    }
    f()
}

#[cfg(feature = "tokio")]
fn on_many_threads() -> bool {
    use tokio::runtime::{Handle, RuntimeFlavor};
    Handle::try_current().is_ok_and(|runtime| runtime.runtime_flavor() == RuntimeFlavor::MultiThread)
}

#[cfg(feature = "tokio")]
mod elsewhere {
    use crate::panic::{kept, not_kept};
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

    /// Runs `f` once, by tokio's `block_in_place` where that may be.
    pub(super) fn in_place<R>(f: impl FnOnce() -> R) -> R {
        let (mut f, mut result) = (Some(f), None);
        let mut run = || {
            if let Some(f) = f.take() {
                result = Some(not_kept(|| catch_unwind(AssertUnwindSafe(f))));
            }
        };
        // In a `LocalSet` it panics before it runs anything; there is no way to ask first.
        if kept(|| catch_unwind(AssertUnwindSafe(|| tokio::task::block_in_place(&mut run)))).is_err() {
            run();
        }
        match result {
            Some(Ok(result)) => result,
            Some(Err(payload)) => resume_unwind(payload),
            None => unreachable!("it ran, or runs now"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_runtime() {
        assert_eq!(blocking(|| 7), 7);
        let mut future = std::pin::pin!(spawn_blocking(|| 8));
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        assert_eq!(future.as_mut().poll(&mut cx), std::task::Poll::Ready(8));
    }

    #[cfg(feature = "tokio")]
    mod on_tokio {
        use super::*;
        use std::sync::mpsc;
        use std::time::{Duration, Instant};
        use tokio::runtime::{Builder, Runtime};

        fn threads(count: usize) -> Runtime {
            Builder::new_multi_thread().worker_threads(count).build().unwrap()
        }

        /// The one worker blocks until another task has run: for ever, if nobody takes over.
        #[test]
        fn other_tasks_run_meanwhile() {
            let runtime = threads(1);
            let (send, receive) = mpsc::channel();
            let blocks =
                runtime.spawn(async move { blocking(|| receive.recv_timeout(Duration::from_secs(60))) });
            let sends = runtime.spawn(async move { send.send(5) });
            assert_eq!(runtime.block_on(blocks).unwrap(), Ok(5));
            runtime.block_on(sends).unwrap().unwrap();
        }

        #[test]
        fn on_one_thread_it_just_runs() {
            let runtime = Builder::new_current_thread().build().unwrap();
            assert_eq!(runtime.block_on(async { blocking(|| 7) }), 7);
            assert_eq!(runtime.block_on(async { spawn_blocking(|| 8).await }), 8);
        }

        #[test]
        fn in_a_local_set_it_just_runs() {
            let local = tokio::task::LocalSet::new();
            assert_eq!(threads(1).block_on(local.run_until(async { blocking(|| 7) })), 7);
        }

        #[test]
        fn panics_are_those_of_the_closure() {
            let runtime = threads(1);
            let place = runtime.spawn(async { blocking(|| panic!("as asked for")) });
            let spawned = runtime.spawn(async { spawn_blocking(|| panic!("as asked for")).await });
            for task in [place, spawned] {
                let payload: Box<dyn std::any::Any + Send> = runtime.block_on(task).unwrap_err().into_panic();
                assert_eq!(payload.downcast_ref(), Some(&"as asked for"));
            }
        }

        #[test]
        fn the_deadline_goes_along() {
            let runtime = threads(1);
            let deadline = Some(Instant::now() + Duration::from_secs(60));
            let mut future = Box::pin(spawn_blocking(crate::task::deadline));
            let seen = runtime
                .block_on(std::future::poll_fn(|cx| time::until(deadline, || future.as_mut().poll(cx))));
            assert_eq!(seen, deadline);
        }
    }
}
