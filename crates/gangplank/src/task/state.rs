//! Who owns a task's future: the state of the protocol in [`super`].

use crate::handle::sync::{AtomicU64, Ordering};

/// The shim polls it for the first time.
const STARTING: u64 = 0;
/// It waits for our own waker. No executor knows it.
const WAITING: u64 = 1;
/// The executor has it, and does not poll it now.
const SPAWNED: u64 = 2;
/// The executor polls it.
const RUNNING: u64 = 3;
/// There is no future any more, or whoever made it so is about to drop it.
const DONE: u64 = 4;
/// With `STARTING`: our waker was called.
const WOKEN: u64 = 8;
/// With `STARTING` and `RUNNING`: the future is to be dropped when the poll is over.
const CANCEL: u64 = 16;

#[derive(Debug)]
pub(super) struct State(AtomicU64);

/// What becomes of a future whose first poll was not enough.
#[derive(Debug, PartialEq)]
#[must_use]
pub(super) enum Started {
    /// It waits.
    Waits,
    /// It was woken meanwhile: the caller hands it to the executor.
    Spawn,
    /// It was cancelled meanwhile: the caller drops it.
    Drop,
}

/// What a cancel found.
#[derive(Debug, PartialEq)]
#[must_use]
pub(super) enum Cancel {
    /// The caller drops the future. No completion comes.
    Drop,
    /// The same, and the executor has a shell of it.
    DropAndWake,
    /// A completion comes, or was there before.
    Coming,
}

impl State {
    pub(super) fn new() -> State {
        State(AtomicU64::new(STARTING))
    }

    /// The first poll settled the call: the shim owns the future, for good.
    pub(super) fn settle(&self) {
        // Relaxed: nobody acquires anything from it; wakers only read the word.
        self.0.store(DONE, Ordering::Relaxed);
    }

    /// The first poll is over, and did not settle the call. Unless it says `Drop`, the future is no longer the caller's.
    pub(super) fn started(&self) -> Started {
        self.change(|state| match state {
            state if state & CANCEL != 0 => Some((DONE, Started::Drop)),
            state if state & WOKEN != 0 => Some((SPAWNED, Started::Spawn)),
            _ => Some((WAITING, Started::Waits)),
        })
        .expect("always a next state")
    }

    /// Our waker was called. True: the caller hands the task to the executor.
    #[must_use]
    pub(super) fn wake(&self) -> bool {
        self.change(|state| match state {
            WAITING => Some((SPAWNED, true)),
            state if state & (RUNNING | SPAWNED | DONE) == STARTING => Some((state | WOKEN, false)),
            _ => None,
        })
        .unwrap_or(false)
    }

    /// The executor polls it. False: there is nothing left to poll.
    #[must_use]
    pub(super) fn run(&self) -> bool {
        self.change(|state| (state == SPAWNED).then_some((RUNNING, ()))).is_some()
    }

    /// A poll by the executor is over, and did not settle the call. False: it was cancelled, and the caller drops the future.
    #[must_use]
    pub(super) fn pause(&self) -> bool {
        self.change(|state| Some(if state == RUNNING { (SPAWNED, true) } else { (DONE, false) }))
            .expect("always a next state")
    }

    /// A poll by the executor settled the call. False: it was cancelled meanwhile.
    #[must_use]
    pub(super) fn finish(&self) -> bool {
        // Acquire and release: as in `change`.
        self.0.swap(DONE, Ordering::AcqRel) & CANCEL == 0
    }

    /// Somebody gives the call up.
    pub(super) fn cancel(&self) -> Cancel {
        self.change(|state| match state {
            WAITING => Some((DONE, Cancel::Drop)),
            SPAWNED => Some((DONE, Cancel::DropAndWake)),
            state if state & (DONE | CANCEL) == 0 => Some((state | CANCEL, Cancel::Coming)),
            _ => None,
        })
        .unwrap_or(Cancel::Coming)
    }

    /// Changes the state to the one that `next` has for it, if it has one.
    fn change<R>(&self, next: impl Fn(u64) -> Option<(u64, R)>) -> Option<R> {
        let mut state = self.0.load(Ordering::Relaxed);
        loop {
            let (to, result) = next(state)?;
            // Release hands the future over to whoever reads this state; acquire takes it over from the one before.
            match self.0.compare_exchange_weak(state, to, Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => return Some(result),
                Err(now) => state = now,
            }
        }
    }
}
