//! What each node did, counted on each worker.
//!
//! A worker adds once for each batch, relaxed: nothing is read from the counters but numbers for people, and the last ones after the workers were joined.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// A node on all workers of this process.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    received: AtomicU64,
    sent: AtomicU64,
    batches: AtomicU64,
    crossings: AtomicU64,
    nanoseconds: AtomicU64,
    pub(crate) skipped: AtomicU64,
    pub(crate) dead: AtomicU64,
}

/// The numbers of a [`Counter`] at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) received: u64,
    pub(crate) sent: u64,
    pub(crate) batches: u64,
    pub(crate) crossings: u64,
    pub(crate) nanoseconds: u64,
}

impl Counter {
    /// A crossing, and the time it took.
    pub(crate) fn crossed(&self, time: Duration) {
        self.crossings.fetch_add(1, Relaxed);
        self.nanoseconds.fetch_add(time.as_nanos() as u64, Relaxed);
    }

    /// A batch was read.
    pub(crate) fn received(&self, messages: i64) {
        self.received.fetch_add(messages as u64, Relaxed);
        self.batches.fetch_add(1, Relaxed);
    }

    /// A batch was sent.
    pub(crate) fn sent(&self, messages: u64) {
        self.sent.fetch_add(messages, Relaxed);
    }

    pub(crate) fn count(&self) -> Count {
        Count {
            received: self.received.load(Relaxed),
            sent: self.sent.load(Relaxed),
            batches: self.batches.load(Relaxed),
            crossings: self.crossings.load(Relaxed),
            nanoseconds: self.nanoseconds.load(Relaxed),
        }
    }
}
