//! A hosted thread as its owner and as its own closure see it.

use super::error::{Panicked, SpawnError};
use super::start::{start, stopping};
use super::{blocking, park, park_timeout, sleep};
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::Thread;
use std::time::Duration;

/// Starts a hosted thread.
///
/// # Errors
/// [`SpawnError`]: too many run already, or there is no Go.
///
/// # Cost
/// Some microseconds: a crossing, a goroutine, a thread.
pub fn spawn<T, F>(run: F) -> Result<JoinHandle<T>, SpawnError>
where
    T: Send + 'static,
    F: FnOnce(&Hosted) -> T + Send + 'static,
{
    Builder::new().spawn(run)
}

/// Starts hosted threads with a name.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    name: Option<String>,
}

impl Builder {
    /// Without a name.
    pub fn new() -> Builder {
        Builder::default()
    }

    /// The name stands in messages about the thread.
    pub fn name(mut self, name: impl Into<String>) -> Builder {
        self.name = Some(name.into());
        self
    }

    /// As [`spawn`].
    ///
    /// # Errors
    /// As of [`spawn`].
    pub fn spawn<T, F>(self, run: F) -> Result<JoinHandle<T>, SpawnError>
    where
        T: Send + 'static,
        F: FnOnce(&Hosted) -> T + Send + 'static,
    {
        let packet = Packet::new(self.name.unwrap_or_else(|| "<unnamed>".into()));
        let theirs = packet.clone();
        start(Box::new(move |counted| theirs.fill(run, |_| drop(counted))))?;
        Ok(JoinHandle { packet })
    }
}

/// A thread that Go hosts, in its own closure. It stays on its thread.
#[derive(Debug)]
pub struct Hosted {
    name: String,
    _stays: PhantomData<*const ()>,
}

impl Hosted {
    /// The thread's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// See [`crate::checkpoint`].
    #[inline(always)]
    pub fn checkpoint(&self) {
        crate::checkpoint();
    }

    /// See [`blocking`](super::blocking).
    pub fn blocking<R>(&self, run: impl FnOnce() -> R) -> R {
        blocking(run)
    }

    /// See [`park`](super::park).
    pub fn park(&self) {
        park();
    }

    /// See [`park_timeout`](super::park_timeout).
    pub fn park_timeout(&self, limit: Duration) {
        park_timeout(limit);
    }

    /// See [`sleep`](super::sleep).
    pub fn sleep(&self, time: Duration) {
        sleep(time);
    }

    /// Should the thread end, because of [`shutdown`](super::shutdown)?
    pub fn stopping(&self) -> bool {
        stopping()
    }
}

/// Waits for a hosted thread. Dropped, it lets the thread go on alone.
#[derive(Debug)]
pub struct JoinHandle<T> {
    packet: Arc<Packet<T>>,
}

impl<T> JoinHandle<T> {
    /// Waits until the thread is done, and takes its result. On a hosted thread, or in a fast function, it steps out for that.
    ///
    /// # Errors
    /// [`Panicked`] if the thread panicked.
    pub fn join(self) -> Result<T, Panicked> {
        self.packet.take()
    }

    /// Is it done?
    pub fn is_finished(&self) -> bool {
        self.packet.lock().result.is_some()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.packet.name
    }

    /// Wakes it from [`park`](super::park); if it does not park now, it will not the next time.
    pub fn unpark(&self) {
        self.packet.unpark();
    }
}

/// The place of a thread's result. Both sides own it.
#[derive(Debug)]
pub(super) struct Packet<T> {
    name: String,
    state: Mutex<State<T>>,
    filled: Condvar,
}

#[derive(Debug)]
pub(super) struct State<T> {
    result: Option<Result<T, Panicked>>,
    thread: Option<Thread>,
    /// Unparked before there was a thread.
    early: bool,
}

impl<T> Packet<T> {
    pub(super) fn new(name: String) -> Arc<Packet<T>> {
        let state = State { result: None, thread: None, early: false };
        Arc::new(Packet { name, state: Mutex::new(state), filled: Condvar::new() })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the closure, on the hosted thread; then `done`, told whether it panicked; then gives out the result.
    pub(super) fn fill(&self, run: impl FnOnce(&Hosted) -> T, done: impl FnOnce(bool)) {
        let thread = std::thread::current();
        {
            let mut state = self.lock();
            if state.early {
                thread.unpark();
            }
            state.thread = Some(thread);
        }
        let hosted = Hosted { name: self.name.clone(), _stays: PhantomData };
        let result = catch_unwind(AssertUnwindSafe(|| run(&hosted))).map_err(|payload| {
            let (message, stack) = crate::panic::describe(payload);
            let panicked = Panicked { name: self.name.clone(), message, stack };
            eprintln!("{panicked}");
            panicked
        });
        done(result.is_err());
        let mut state = self.lock();
        state.result = Some(result);
        state.thread = None;
        self.filled.notify_all();
    }

    pub(super) fn take(&self) -> Result<T, Panicked> {
        if let Some(result) = self.lock().result.take() {
            return result;
        }
        blocking(|| {
            let mut state = self.lock();
            loop {
                if let Some(result) = state.result.take() {
                    return result;
                }
                state = self.filled.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        })
    }

    pub(super) fn unpark(&self) {
        let mut state = self.lock();
        match &state.thread {
            Some(thread) => thread.unpark(),
            None => state.early = state.result.is_none(),
        }
    }
}
