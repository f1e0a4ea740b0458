//! What wakes a goroutine that waits for a stream (clause 12.6).
//!
//! One pull has one. It is in one of these states:
//!
//! ```text
//! polling ──waker──▶ woken            what was polled is polled again
//! polling ──the pull answers "pending"──▶ armed ──waker──▶ filed: the completion is filed
//! polling, woken ──the pull has items──▶ over
//! ```
//!
//! Armed, it files exactly one completion: when it is woken, or when the last waker is dropped, which can wake nobody any more. Otherwise it files none. So Go knows for each ticket
//! whether a completion comes.
//!
//! What was done before a waker was called is seen by the poll that follows. So every wake-up writes the state, also one that changes nothing: who takes the pull back to *polling* reads
//! the last of them, and with it all that came before each.

use crate::frame::{HEADER_WORDS, Status};
use crate::handle::sync::{AtomicU64, Ordering::AcqRel, Ordering::Acquire};
use crate::task::Mailbox;
use std::sync::Arc;
use std::task::Wake;

const POLLING: u64 = 0;
/// A waker was called. With `ARMED`: the completion is filed.
const WOKEN: u64 = 1;
const ARMED: u64 = 2;
const OVER: u64 = 4;

/// The waker of one pull.
pub(super) struct Wakeup {
    state: AtomicU64,
    mailbox: &'static Mailbox,
    ticket: u64,
}

impl Wakeup {
    pub(super) fn new(mailbox: &'static Mailbox, ticket: u64) -> Arc<Wakeup> {
        Arc::new(Wakeup { state: AtomicU64::new(POLLING), mailbox, ticket })
    }

    /// The pull is about to answer "pending". Says whether it may: it was not woken meanwhile.
    pub(super) fn arm(&self) -> bool {
        if self.state.compare_exchange(POLLING, ARMED, AcqRel, Acquire).is_ok() {
            return true;
        }
        // A swap: it acquires what the last waker released, which may have come since.
        self.state.swap(POLLING, AcqRel);
        false
    }

    /// The pull answers otherwise.
    pub(super) fn disarm(&self) {
        self.state.swap(OVER, AcqRel);
    }

    /// Wakes whoever waits, as a waker does.
    pub(super) fn fire(&self) {
        if self.state.fetch_or(WOKEN, AcqRel) == ARMED {
            let mut words = [0; HEADER_WORDS];
            words[0] = Status::Ok as u64;
            self.mailbox.push(self.ticket, words);
        }
    }
}

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        self.fire();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.fire();
    }
}

impl Drop for Wakeup {
    fn drop(&mut self) {
        self.fire();
    }
}
