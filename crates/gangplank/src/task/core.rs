//! A future, where it lives from its first poll to its end.

use super::mailbox::Mailbox;
use super::state::{Cancel, Started, State};
use super::time;
use super::{executor, shutdown};
use crate::frame::{HEADER_WORDS, Header, Status};
use crate::handle::{Handle, Table};
use crate::panic;
use crate::shim::{Output, panicked};
use std::any::Any;
use std::cell::UnsafeCell;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Instant;

/// The tasks that are pending, by their handles.
pub(super) static TASKS: LazyLock<Table<Arc<dyn Run>>> = LazyLock::new(Table::new);

/// Who waits for a call, and until when.
#[derive(Clone, Copy)]
pub(super) struct Caller {
    pub mailbox: &'static Mailbox,
    pub ticket: u64,
    pub deadline: Option<Instant>,
}

/// A task, whatever its future is.
pub(super) trait Run: Send + Sync {
    /// Polls it, for the executor.
    fn run(&self, cx: &mut Context<'_>) -> Poll<()>;

    /// Drops the future, if nobody polls it. True: no completion comes (clause 10.6).
    fn cancel(&self) -> bool;

    /// Ends it, because nobody will poll it any more (clause 10.7).
    fn abandon(&self, why: &str);
}

struct Core<F: Future> {
    state: State,
    caller: Caller,
    /// The task's handle, from when it is pending.
    handle: AtomicU64,
    /// Owned by who `state` says.
    future: UnsafeCell<Option<F>>,
    /// The executor's waker, with the future.
    outer: UnsafeCell<Option<Waker>>,
}

// SAFETY: `future` and `outer` are touched only by the one thread that `state` makes their owner, and both may change threads.
unsafe impl<F: Future + Send> Sync for Core<F> {}

/// Polls the future once, inside of the executor's context, and settles the frame or leaves it pending (clause 10.3).
pub(super) fn begin<F>(future: F, caller: Caller, header: &mut Header<'_>)
where
    F: Future + Send + 'static,
    F::Output: Output,
{
    if shutdown::is_shut() {
        return header.text(Status::Unavailable, SHUT_DOWN);
    }
    let core = Arc::new(Core {
        state: State::new(),
        caller,
        handle: AtomicU64::new(0),
        future: UnsafeCell::new(Some(future)),
        outer: UnsafeCell::new(None),
    });
    let executor = executor::get();
    // SAFETY: a waker that is only borrowed: it is never dropped, and `core` is there for as long as it is used. Its clones count as any.
    let waker = ManuallyDrop::new(Waker::from(unsafe { Arc::from_raw(Arc::as_ptr(&core)) }));
    let mut cx = Context::from_waker(&waker);
    let polled = executor::within(executor, || {
        // SAFETY: `STARTING` is ours.
        let polled = unsafe { core.poll(&mut cx) };
        if !matches!(polled, Ok(Poll::Pending)) {
            // SAFETY: still ours.
            unsafe { core.drop_future() };
            core.state.settle();
        }
        polled
    });
    match polled {
        Ok(Poll::Ready(output)) => output.put(header),
        Err(payload) => resume_unwind(payload),
        Ok(Poll::Pending) if executor.is_none() => {
            // SAFETY: still ours.
            unsafe { core.drop_future() };
            core.state.settle();
            header.text(Status::Unavailable, executor::MISSING);
        }
        Ok(Poll::Pending) => leave(core, header),
    }
}

/// Goes on without the shim.
fn leave<F>(core: Arc<Core<F>>, header: &mut Header<'_>)
where
    F: Future + Send + 'static,
    F::Output: Output,
{
    let handle = TASKS.insert(core.clone()).to_bits();
    // Relaxed: the change of state that follows publishes it.
    core.handle.store(handle, Ordering::Relaxed);
    header.pending(handle);
    match core.state.started() {
        Started::Waits if shutdown::is_shut() => core.abandon(SHUT_DOWN),
        Started::Waits => {}
        Started::Spawn => {
            executor::spawn(Task(core.clone()));
            if shutdown::is_shut() {
                core.abandon(SHUT_DOWN);
            }
        }
        Started::Drop => {
            // SAFETY: `Drop` leaves it ours.
            executor::within(executor::get(), || unsafe { core.drop_future() });
            core.forget();
            header.text(Status::Unavailable, SHUT_DOWN);
        }
    }
}

/// What a call gets that shutdown ends.
pub(crate) const SHUT_DOWN: &str = "the runtime of async functions was shut down while the call was waiting";

impl<F> Core<F>
where
    F: Future + Send + 'static,
    F::Output: Output,
{
    /// Polls the future.
    ///
    /// # Safety
    /// The caller owns it, as `state` says, and it is there.
    unsafe fn poll(&self, cx: &mut Context<'_>) -> Result<Poll<F::Output>, Box<dyn Any + Send>> {
        // SAFETY: the caller's promise. It is never moved: a `Core` lives in an `Arc`, and the future is dropped in place.
        let future = unsafe { Pin::new_unchecked((*self.future.get()).as_mut().unwrap_unchecked()) };
        let poll = AssertUnwindSafe(|| time::until(self.caller.deadline, || future.poll(cx)));
        panic::kept(|| catch_unwind(poll))
    }

    /// Drops the future, and says so if that panics.
    ///
    /// # Safety
    /// The caller owns it, as `state` says.
    unsafe fn drop_future(&self) {
        // SAFETY: the caller's promise.
        let drop = AssertUnwindSafe(|| unsafe { *self.future.get() = None });
        if let Err(payload) = panic::kept(|| catch_unwind(drop)) {
            panic::report(std::any::type_name::<F>(), payload);
        }
    }

    /// Ends the handle.
    fn forget(&self) {
        let _ = TASKS.delete(Handle::from_bits(self.handle.load(Ordering::Relaxed)));
    }

    /// Files the completion. The caller made the state `DONE`.
    fn complete(&self, write: impl FnOnce(&mut Header<'_>)) {
        let mut words = [0; HEADER_WORDS];
        // SAFETY: four words of ours, without scratch (clause 10.4).
        let mut header = unsafe { Header::at(words.as_mut_ptr()) };
        if let Err(payload) = panic::kept(|| catch_unwind(AssertUnwindSafe(|| write(&mut header)))) {
            // SAFETY: as above.
            panicked(unsafe { Header::at(words.as_mut_ptr()) }, payload);
        }
        self.forget();
        self.caller.mailbox.push(self.caller.ticket, words);
    }
}

impl<F> Run for Core<F>
where
    F: Future + Send + 'static,
    F::Output: Output,
{
    fn run(&self, cx: &mut Context<'_>) -> Poll<()> {
        if !self.state.run() {
            return Poll::Ready(());
        }
        // SAFETY: `RUNNING` is ours, and the future is there until the state is `DONE`.
        let polled = unsafe { self.poll(cx) };
        if matches!(polled, Ok(Poll::Pending)) {
            // SAFETY: still ours.
            let outer = unsafe { &mut *self.outer.get() };
            match outer {
                Some(waker) => waker.clone_from(cx.waker()),
                None => *outer = Some(cx.waker().clone()),
            }
            if self.state.pause() {
                return Poll::Pending;
            }
            // SAFETY: it was cancelled, which leaves it ours.
            unsafe { self.drop_future() };
            self.complete(|header| header.empty(Status::Cancelled));
            return Poll::Ready(());
        }
        // SAFETY: still ours.
        unsafe { self.drop_future() };
        let wanted = self.state.finish();
        self.complete(move |header| match polled {
            Ok(Poll::Ready(output)) if wanted => output.put(header),
            Ok(_) => header.empty(Status::Cancelled),
            Err(payload) => resume_unwind(payload),
        });
        Poll::Ready(())
    }

    fn cancel(&self) -> bool {
        let cancel = self.state.cancel();
        if cancel == Cancel::Coming {
            return false;
        }
        // SAFETY: `DONE` by us makes both ours.
        let outer = unsafe { (*self.outer.get()).take() };
        // SAFETY: as above.
        executor::within(executor::get(), || unsafe { self.drop_future() });
        self.forget();
        if let Some(waker) = outer {
            // The executor's shell of the task finds nothing to poll, and ends.
            waker.wake();
        }
        true
    }

    fn abandon(&self, why: &str) {
        match self.state.cancel() {
            Cancel::Coming => {}
            Cancel::Drop | Cancel::DropAndWake => {
                // SAFETY: `DONE` by us makes both ours.
                let outer = unsafe { (*self.outer.get()).take() };
                // SAFETY: as above.
                executor::within(executor::get(), || unsafe { self.drop_future() });
                self.complete(|header| header.text(Status::Unavailable, why));
                if let Some(waker) = outer {
                    waker.wake();
                }
            }
        }
    }
}

/// The waker of the first poll: most futures that wait are woken once, and cost the executor nothing until then.
impl<F> Wake for Core<F>
where
    F: Future + Send + 'static,
    F::Output: Output,
{
    fn wake(self: Arc<Self>) {
        if self.state.wake() {
            executor::spawn(Task(self));
        }
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.state.wake() {
            executor::spawn(Task(self.clone()));
        }
    }
}

/// An async call that waits, for an [`Executor`](super::Executor) to poll. Dropped before it is done, it ends the call with an error.
pub struct Task(Arc<dyn Run>);

impl Future for Task {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.run(cx)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        // One that is done notices nothing.
        self.0.abandon(SHUT_DOWN);
    }
}

impl std::fmt::Debug for Task {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Task")
    }
}
