//! Calls of Go whose results come later (clauses 11.2 to 11.5).
//!
//! Parties: the future of a call, which is polled and dropped by one thread at a time, and the goroutines of Go that settle. They meet in the call's entry in a table, under its lock. Go knows the entry by a handle, so a
//! record for a call that is over is found out.
//!
//! ```text
//!             poll                      record, final or early
//!   (new) ---------> Waiting(waker) --------------------------> Settled --- poll takes it --> Over
//!                      |       ^  \                                |                            |
//!                 drop |  poll |   \ record 9                      | drop: the result           | the last record:
//!                      v       |    v                              v is dropped                 v the entry ends
//!                     Over    Again (call Go anew)               Over                        (deleted)
//! ```
//! `more` says whether Go will settle the call once more. Whoever makes it `Over` when nothing more comes deletes the entry, and so does the last record of a call that is over. No lock is held while
//! a waker is woken, a waker is dropped, or a result is dropped: all of these may run anything.

use crate::block;
use crate::error::GoError;
use crate::frame::BUSY;
use crate::handle::{Handle, Table};
use crate::import::Answer;
use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{OnceLock, PoisonError};
use std::task::{Context, Poll, Waker};

#[cfg(all(test, loom))]
use loom::sync::{Mutex, MutexGuard};
#[cfg(not(all(test, loom)))]
use std::sync::{Mutex, MutexGuard};

static TABLE: OnceLock<Table<Waiting>> = OnceLock::new();

#[inline]
fn table() -> &'static Table<Waiting> {
    TABLE.get_or_init(Table::new)
}

/// How many entries there are. A hint: nothing depends on it but who looks for results.
static ENTRIES: AtomicUsize = AtomicUsize::new(0);

/// How many calls wait, as far as is known.
#[inline]
pub(super) fn in_flight() -> usize {
    ENTRIES.load(Ordering::Relaxed)
}

fn end(handle: Handle) {
    if table().delete(handle).is_ok() {
        ENTRIES.fetch_sub(1, Ordering::Relaxed);
    }
}

/// An entry. Its methods say whether it is over for good; only one of them ever does, and its caller deletes the entry.
pub(super) struct Waiting {
    name: &'static str,
    /// Takes a result that nobody wants, and drops it.
    discard: fn(Answer<'static>),
    inner: Mutex<Inner>,
}

struct Inner {
    state: State,
    /// Go will settle it again.
    more: bool,
}

enum State {
    Waiting(Waker),
    Again,
    Settled(Outcome),
    Over,
}

/// How a call ended.
pub(super) enum Outcome {
    /// A record: status and words 1 to 3, where a block is ours.
    Record([u64; 4]),
    /// It was given up by Rust.
    Failed(GoError),
}

impl Waiting {
    #[inline]
    pub(super) fn new(name: &'static str, discard: fn(Answer<'static>), waker: Waker) -> Waiting {
        let inner = Mutex::new(Inner { state: State::Waiting(waker), more: true });
        Waiting { name, discard, inner }
    }

    #[inline]
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn discard(&self, outcome: Outcome) {
        if let Outcome::Record(words) = outcome {
            let drops = || (self.discard)(Answer::settled(self.name, words));
            if let Err(payload) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(drops)) {
                crate::panic::report("the result of a call that was given up", payload);
            }
        }
    }

    /// The future looks whether the call is settled. With what it finds: is the entry over?
    #[inline]
    pub(super) fn poll(&self, cx: &mut Context<'_>) -> Poll<(Found, bool)> {
        let mut inner = self.lock();
        match &mut inner.state {
            State::Waiting(waker) => {
                if !waker.will_wake(cx.waker()) {
                    let old = mem::replace(waker, cx.waker().clone());
                    drop(inner);
                    drop(old);
                }
                return Poll::Pending;
            }
            State::Again => {
                // The next call is answered again.
                inner.state = State::Waiting(cx.waker().clone());
                return Poll::Ready((Found::Again, false));
            }
            State::Settled(_) | State::Over => {}
        }
        match mem::replace(&mut inner.state, State::Over) {
            State::Settled(outcome) => Poll::Ready((Found::Outcome(outcome), !inner.more)),
            _ => unreachable!("a future that is ready is not polled again"),
        }
    }

    /// The future is dropped. Says whether Go still runs the call for nobody, and whether the entry is over.
    pub(super) fn give_up(&self) -> (bool, bool) {
        let mut inner = self.lock();
        let found = mem::replace(&mut inner.state, State::Over);
        let more = inner.more && !matches!(found, State::Again);
        drop(inner);
        let runs = match found {
            State::Waiting(waker) => {
                drop(waker);
                true
            }
            State::Settled(outcome) => {
                self.discard(outcome);
                false
            }
            State::Again | State::Over => false,
        };
        (runs, !more)
    }

    /// Takes one record: status and words 1 to 3; a block in them is ours. Is the entry over?
    #[inline]
    pub(super) fn settle(&self, mut words: [u64; 4], early: bool) -> bool {
        let mut inner = self.lock();
        inner.more = early;
        if let State::Waiting(_) = inner.state {
            let outcome = State::Settled(Outcome::Record(mem::take(&mut words)));
            let found = mem::replace(&mut inner.state, outcome);
            drop(inner);
            if let State::Waiting(waker) = found {
                waker.wake();
            }
            return false;
        }
        let over = matches!(inner.state, State::Over) && !early;
        drop(inner);
        // An early record came before it, or the future is gone.
        self.discard(Outcome::Record(words));
        over
    }

    /// There is room for a call that was answered with 9. Is the entry over?
    fn room(&self) -> bool {
        let mut inner = self.lock();
        match mem::replace(&mut inner.state, State::Again) {
            State::Waiting(waker) => {
                drop(inner);
                waker.wake();
                false
            }
            State::Over => true,
            // It failed meanwhile: nothing more comes.
            other => {
                inner.state = other;
                inner.more = false;
                false
            }
        }
    }

    /// Ends the call with an error of ours, if it waits.
    pub(super) fn fail(&self, error: &GoError) {
        let mut inner = self.lock();
        if !matches!(inner.state, State::Waiting(_)) {
            return;
        }
        let failed = State::Settled(Outcome::Failed(error.clone()));
        let found = mem::replace(&mut inner.state, failed);
        drop(inner);
        if let State::Waiting(waker) = found {
            waker.wake();
        }
    }
}

/// A future's part of its call. Exactly one of `withdraw`, a ready `poll` and `give_up` ends it.
pub(super) struct Ticket(Handle);

/// What a future finds.
pub(super) enum Found {
    /// Call Go anew.
    Again,
    Outcome(Outcome),
}

impl Ticket {
    #[inline]
    pub(super) fn new(name: &'static str, discard: fn(Answer<'static>), waker: Waker) -> Ticket {
        ENTRIES.fetch_add(1, Ordering::Relaxed);
        Ticket(table().insert(Waiting::new(name, discard, waker)))
    }

    /// The word that Go knows it by.
    #[inline]
    pub(super) fn word(&self) -> u64 {
        self.0.to_bits()
    }

    /// Go answered at once: no record comes.
    #[inline]
    pub(super) fn withdraw(self) {
        end(self.0);
    }

    /// Looks whether the call is settled. After [`Found::Outcome`] the ticket is used up.
    #[inline]
    pub(super) fn poll(&self, cx: &mut Context<'_>) -> Poll<Found> {
        let Ok(call) = table().get(self.0) else { unreachable!("a ticket has an entry") };
        let polled = call.poll(cx);
        drop(call);
        polled.map(|(found, over)| {
            if over {
                end(self.0);
            }
            found
        })
    }

    /// The future is dropped. Says whether Go still runs the call for nobody.
    pub(super) fn give_up(&self) -> bool {
        let Ok(call) = table().get(self.0) else { return false };
        let (runs, over) = call.give_up();
        drop(call);
        if over {
            end(self.0);
        }
        runs
    }
}

/// Takes one record of Go: `words` are status and words 1 to 3; a block in them is ours.
pub(super) fn settle(call: u64, words: [u64; 4], early: bool) {
    let handle = Handle::from_bits(call);
    let Some(call) = TABLE.get().and_then(|table| table.get(handle).ok()) else { return free(words) };
    let over = if words[0] == BUSY { call.room() } else { call.settle(words, early) };
    drop(call);
    if over {
        end(handle);
    }
}

/// Ends all calls that wait, with this error.
pub(super) fn fail_all(error: &GoError) {
    let Some(table) = TABLE.get() else { return };
    let waiting: Vec<Handle> = table.range().map(|(handle, _)| handle).collect();
    for handle in waiting {
        let Ok(call) = table.get(handle) else { continue };
        call.fail(error);
    }
}

/// How many calls have an entry.
pub(super) fn count() -> usize {
    TABLE.get().map_or(0, Table::len)
}

/// Frees the block of a record that nobody knows.
fn free([_, a, _, packed]: [u64; 4]) {
    if packed != 0 {
        // SAFETY: the block came with the record, and is ours (clause 11.5).
        unsafe { block::free(a, packed) };
    }
}
