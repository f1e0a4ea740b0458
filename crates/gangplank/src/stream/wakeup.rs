//! What wakes a goroutine that waits for a stream (clause 12.6).
//!
//! One pull has one. It is in one of these states:
//!
//! ```text
//! polling ──waker──▶ woken            what was polled is polled again
//! polling ──the pull answers "pending"──▶ armed ──waker──▶ over: files the completion
//! polling, woken ──the pull has items──▶ over
//! ```
//!
//! Armed, it files exactly one completion: when it is woken, or when the last waker is dropped, which can wake nobody any more. Otherwise it files none. So Go knows for each ticket
//! whether a completion comes.

use crate::frame::{HEADER_WORDS, Status};
use crate::task::Mailbox;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::AcqRel, Ordering::Acquire};
use std::task::Wake;

const POLLING: u8 = 0;
const WOKEN: u8 = 1;
const ARMED: u8 = 2;
const OVER: u8 = 3;

/// The waker of one pull.
pub(super) struct Wakeup {
    state: AtomicU8,
    mailbox: &'static Mailbox,
    ticket: u64,
}

impl Wakeup {
    pub(super) fn new(mailbox: &'static Mailbox, ticket: u64) -> Arc<Wakeup> {
        Arc::new(Wakeup { state: AtomicU8::new(POLLING), mailbox, ticket })
    }

    /// The pull is about to answer "pending". Says whether it may: it was not woken meanwhile.
    pub(super) fn arm(&self) -> bool {
        if self.state.compare_exchange(POLLING, ARMED, AcqRel, Acquire).is_ok() {
            return true;
        }
        self.state.store(POLLING, std::sync::atomic::Ordering::Release);
        false
    }

    /// The pull answers otherwise.
    pub(super) fn disarm(&self) {
        self.state.store(OVER, std::sync::atomic::Ordering::Release);
    }

    fn fire(&self) {
        if self.state.compare_exchange(POLLING, WOKEN, AcqRel, Acquire) == Err(ARMED)
            && self.state.compare_exchange(ARMED, OVER, AcqRel, Acquire).is_ok()
        {
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
