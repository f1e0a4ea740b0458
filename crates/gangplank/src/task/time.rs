//! Until when the call that is being polled has time.

use std::cell::Cell;
use std::time::{Duration, Instant};

thread_local! {
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Until when the async function that this thread polls has time: when Go's context ends by itself. `None`: for ever, or this thread polls none.
///
/// The future is dropped when that time is over, so there is no need to look; it is for what is asked of others. Futures that it hands to other tasks, as with `tokio::spawn`, do not see it.
pub fn deadline() -> Option<Instant> {
    DEADLINE.try_with(Cell::get).ok().flatten()
}

/// Runs a poll of a call that has time until then.
pub(super) fn until<R>(deadline: Option<Instant>, poll: impl FnOnce() -> R) -> R {
    struct Back(Option<Instant>);
    impl Drop for Back {
        fn drop(&mut self) {
            let _ = DEADLINE.try_with(|cell| cell.set(self.0));
        }
    }
    let before = super::deadline();
    if before == deadline {
        return poll();
    }
    let _back = Back(before);
    let _ = DEADLINE.try_with(|cell| cell.set(deadline));
    poll()
}

/// The time that is so many nanoseconds away (clause 10.2). `None`: there is no deadline, or one beyond what the clock can say.
pub(super) fn from_now(nanoseconds: i64) -> Option<Instant> {
    match nanoseconds {
        i64::MAX => None,
        left => Instant::now().checked_add(Duration::from_nanos(left.max(0).unsigned_abs())),
    }
}
