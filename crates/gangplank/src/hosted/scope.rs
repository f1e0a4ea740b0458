//! Hosted threads that borrow from their caller.

use super::error::{Panicked, SpawnError};
use super::handle::{Hosted, Packet};
use super::start::{Counted, start};
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Runs `f`, in which hosted threads can be started that borrow what lives outside of it. Returns when all of them are done.
///
/// ```no_run
/// let words = vec!["ahoy", "avast"];
/// let longest = gangplank::hosted::scope(|s| {
///     let lengths = s.spawn(|_| words.iter().map(|w| w.len()).max())?;
///     Ok::<_, gangplank::hosted::SpawnError>(lengths.join().expect("it does not panic"))
/// })?;
/// # Ok::<(), gangplank::hosted::SpawnError>(())
/// ```
///
/// # Panics
/// If `f` does, or a thread that nobody joined; after all of them are done.
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let scope = Scope { shared: Arc::default(), scope: PhantomData, env: PhantomData };
    let result = catch_unwind(AssertUnwindSafe(|| f(&scope)));
    let panics = scope.shared.wait();
    match result {
        Err(payload) => resume_unwind(payload),
        Ok(_) if panics > 0 => panic!("a scoped hosted thread panicked"),
        Ok(result) => result,
    }
}

/// Where scoped hosted threads are started.
#[derive(Debug)]
pub struct Scope<'scope, 'env: 'scope> {
    shared: Arc<Shared>,
    /// Invariant, so that `'scope` cannot shrink.
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    running: usize,
    /// Those that nobody joined.
    panics: usize,
}

impl Shared {
    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let result = change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
        result
    }

    /// Waits for all of them. How many panicked that nobody joined?
    fn wait(&self) -> usize {
        super::blocking(|| {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            while state.running > 0 {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            state.panics
        })
    }
}

/// Lowers the count when the closure and its result are gone.
struct Done(Arc<Shared>);

impl Drop for Done {
    fn drop(&mut self) {
        self.0.change(|state| state.running -= 1);
    }
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a hosted thread that is done before [`scope`] returns.
    ///
    /// # Errors
    /// As of [`spawn`](super::spawn).
    pub fn spawn<T, F>(&'scope self, run: F) -> Result<ScopedJoinHandle<'scope, T>, SpawnError>
    where
        T: Send + 'scope,
        F: FnOnce(&Hosted) -> T + Send + 'scope,
    {
        let packet = Packet::new("<scoped>".into());
        let theirs = packet.clone();
        self.shared.change(|state| state.running += 1);
        let done = Done(self.shared.clone());
        let body: Box<dyn FnOnce(Counted) + Send + 'scope> = Box::new(move |counted| {
            // Counted before the result can be taken, where it is counted down again.
            theirs.fill(run, |panicked| {
                drop(counted);
                done.0.change(|state| state.panics += usize::from(panicked));
            });
            // What the result borrows is still there.
            drop(theirs);
            drop(done);
        });
        // SAFETY: the body borrows for `'scope`. `scope` does not return before `done` is dropped, which is after the body's use of what it borrowed; a refused body is dropped by `start`.
        let body: Box<dyn FnOnce(Counted) + Send + 'static> = unsafe { std::mem::transmute(body) };
        start(body)?;
        Ok(ScopedJoinHandle { packet, shared: self.shared.clone(), scope: PhantomData })
    }
}

/// Waits for a scoped hosted thread.
#[derive(Debug)]
pub struct ScopedJoinHandle<'scope, T> {
    packet: Arc<Packet<T>>,
    shared: Arc<Shared>,
    scope: PhantomData<&'scope ()>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// As [`JoinHandle::join`](super::JoinHandle::join).
    ///
    /// # Errors
    /// [`Panicked`] if the thread panicked.
    pub fn join(self) -> Result<T, Panicked> {
        let result = self.packet.take();
        if result.is_err() {
            self.shared.change(|state| state.panics -= 1);
        }
        result
    }

    /// As [`JoinHandle::unpark`](super::JoinHandle::unpark).
    pub fn unpark(&self) {
        self.packet.unpark();
    }
}
