//! What one part of the threads needs to insert.

use super::bits::SHARDS;
use super::sync::{AtomicU64, Mutex, Ordering};
use std::cell::Cell;
// Not loom's: this is no part of the protocol.
use std::sync::atomic::AtomicUsize;

/// Cache lines of its own, two because processors fetch them in pairs: the cursor is written often by those who insert here,
/// and never by others.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Shard {
    cursor: AtomicU64,
    /// Held while a segment is added.
    pub(crate) grow: Mutex,
}

impl Shard {
    pub(crate) fn new() -> Shard {
        Shard { cursor: AtomicU64::new(0), grow: Mutex::new() }
    }

    /// Segment and offset. Relaxed: a hint where to look.
    #[inline]
    pub(crate) fn cursor(&self) -> u64 {
        self.cursor.load(Ordering::Relaxed)
    }

    pub(crate) fn set_cursor(&self, position: u64) {
        self.cursor.store(position, Ordering::Relaxed);
    }
}

/// The shard of the calling thread. Threads take them in turn.
#[inline]
pub(crate) fn pick() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        // Without a destructor, so it can be used in destructors of other thread-locals.
        static MINE: Cell<usize> = const { Cell::new(usize::MAX) };
    }
    MINE.with(|mine| {
        if mine.get() == usize::MAX {
            mine.set(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % SHARDS);
        }
        mine.get()
    })
}
