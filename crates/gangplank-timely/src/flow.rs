//! Back-pressure: a source waits for the sinks.
//!
//! timely itself moves whatever it is given. So a source raises its time after every [`BATCHES`] batches, all sinks are probed, and a source that is [`WINDOW`] times ahead of the slowest sink of
//! any worker waits. This bounds what is under way, across processes too, to `sources * WINDOW * BATCHES` batches and what they become.
//!
//! A source without input must not hold the others back. When the probe says that it alone is behind (everything before its time is done), it raises its time as far as it may. It looks at that
//! after some time, a millisecond at first and longer the less there is to do.

use std::cell::RefCell;
use std::time::Duration;
use timely::dataflow::operators::probe::Handle;
use timely::scheduling::Activator;

/// Batches that a source sends at one time.
pub(crate) const BATCHES: u32 = 4;
/// Times that a source may be ahead.
pub(crate) const WINDOW: u64 = 8;

const SOON: Duration = Duration::from_millis(1);
const LATE: Duration = Duration::from_millis(64);

/// The sinks as the sources of a worker see them.
#[derive(Default)]
pub(crate) struct Flow {
    pub(crate) probe: Handle<u64>,
    /// Sources that are too far ahead, and the time that they wait for.
    waiting: RefCell<Vec<(u64, Activator)>>,
    /// Sources without input.
    idle: RefCell<Vec<Activator>>,
}

impl Flow {
    /// May a source send at this time?
    pub(crate) fn may_send(&self, time: u64) -> bool {
        !self.probe.less_than(&time.saturating_sub(WINDOW))
    }

    /// Runs the source again when it may send.
    pub(crate) fn wait(&self, time: u64, source: Activator) {
        self.waiting.borrow_mut().push((time, source));
    }

    /// Runs the source again when Go has something.
    pub(crate) fn rest(&self, source: Activator) {
        self.idle.borrow_mut().push(source);
    }

    /// Runs those that waited for the sinks, as far as they may; says whether there were any.
    pub(crate) fn release(&self) -> bool {
        let mut any = false;
        self.waiting.borrow_mut().retain(|(time, source)| {
            let ready = self.may_send(*time);
            if ready {
                source.activate();
                any = true;
            }
            !ready
        });
        any
    }

    /// Runs those that waited for Go.
    pub(crate) fn wake(&self) {
        self.idle.borrow_mut().drain(..).for_each(|source| source.activate());
    }

    /// How far a source without input raises its time: not at all, if others are behind.
    pub(crate) fn idle_time(&self, time: u64) -> u64 {
        if self.probe.less_than(&time) { time } else { time + WINDOW }
    }
}

/// How long a source without input sleeps.
#[derive(Debug)]
pub(crate) struct Pause(Duration);

impl Pause {
    pub(crate) fn new() -> Pause {
        Pause(SOON)
    }

    /// The next pause; `busy` if there was anything to do on the worker since the last.
    pub(crate) fn next(&mut self, busy: bool) -> Duration {
        let pause = if busy { SOON } else { self.0 };
        self.0 = (pause * 2).min(LATE);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_shrink() {
        let mut pause = Pause::new();
        let pauses: Vec<u128> = (0..9).map(|_| pause.next(false).as_millis()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 64, 64]);
        assert_eq!(pause.next(true), SOON);
    }
}
