//! Gathers the calls of many threads, each with one item, into batches.
//!
//! # Protocol
//! Parties: *callers*, each with a [`Seat`]; one of them at a time is the *leader*, and `running` says that there is one.
//!
//! - A caller that finds no leader becomes it, with a batch of its own item: nobody else is there (while nobody leads the queue is empty).
//! - Every other caller queues its seat and sleeps on it.
//! - A leader whose batch is done hands over under the lock of the queue: it takes the first seat from the queue and makes it `Lead`, or ends `running`.
//!   It never runs a second batch, so no caller works for others for long.
//! - A new leader whose predecessor's batch had more than one item may wait `max_delay` for as many. It then takes what is queued, up to `max_items`.
//!
//! A seat belongs to its caller until it is queued, to the queue until a leader takes its item, and to its caller again when it is `Done` or `Lead`. Whoever changes a seat holds its lock;
//! nobody takes the queue's lock while holding a seat's.

use std::collections::VecDeque;
use std::fmt;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// How a [`Batcher`] gathers.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The most items of a batch. 256 by default.
    pub max_items: NonZeroUsize,
    /// How long a batch may wait for as many items as the one before it had. Zero, the default, never waits: a batch is what arrived while the one before it ran. Who is alone is never made to wait.
    pub max_delay: Duration,
    /// The most items that may wait at a time. 4,096 by default.
    pub max_pending: NonZeroUsize,
    /// What a caller gets when so many wait: [`Failed::Full`] at once, or (the default) room, when there is some.
    pub fail_when_full: bool,
}

impl Default for Options {
    fn default() -> Options {
        let number = |n| NonZeroUsize::new(n).unwrap_or(NonZeroUsize::MIN);
        Options {
            max_items: number(256),
            max_delay: Duration::ZERO,
            max_pending: number(4096),
            fail_when_full: false,
        }
    }
}

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failed {
    /// The batcher was closed before the item was accepted.
    Closed,
    /// `max_pending` items wait, and the batcher does not make its callers wait for room.
    Full,
    /// The function panicked while it ran the batch that the item was in, and said this.
    Panicked(String),
    /// The function returned another number of results than it got items.
    WrongCount {
        /// How many it got.
        items: usize,
        /// How many it returned.
        results: usize,
    },
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failed::Closed => f.write_str("the batcher is closed"),
            Failed::Full => f.write_str("too many items wait for a batch"),
            Failed::Panicked(text) => write!(f, "the batch panicked: {text}"),
            Failed::WrongCount { items, results } => {
                write!(f, "the function of the batcher returned {results} results for {items} items")
            }
        }
    }
}

impl std::error::Error for Failed {}

/// Gathers the calls of many threads into batches: each thread has one item and gets its own result.
///
/// A call runs at once where no other is running. What arrives meanwhile is the next batch, run by the first of those who wait: there is no thread of its own,
/// and nothing runs when nobody calls. Results that are `Result`s keep each caller's error its own.
///
/// ```
/// use gangplank::batch::{Batcher, Options};
///
/// let lengths = Batcher::new(|words: Vec<String>| words.iter().map(String::len).collect(), Options::default());
/// std::thread::scope(|s| {
///     for word in ["a", "bb", "ccc"] {
///         let lengths = &lengths;
///         s.spawn(move || assert_eq!(lengths.call(word.to_owned()), Ok(word.len())));
///     }
/// });
/// ```
///
/// # Cost
/// Alone: two uncontended locks and an allocation for the list. In company: one allocation and one wake-up for each call, and a share of the batch.
pub struct Batcher<In, Out> {
    run: Box<Run<In, Out>>,
    options: Options,
    state: Mutex<State<In, Out>>,
    /// There is room in the queue, or there never will be.
    room: Condvar,
    /// What a waiting leader wants has arrived.
    arrived: Condvar,
    /// Nobody leads.
    idle: Condvar,
}

type Run<In, Out> = dyn Fn(Vec<In>) -> Vec<Out> + Send + Sync;

struct State<In, Out> {
    queue: VecDeque<Arc<Seat<In, Out>>>,
    running: bool,
    closed: bool,
    /// How many queued items a waiting leader wants; 0 if none waits.
    wanted: usize,
}

/// Where a caller waits.
struct Seat<In, Out> {
    stage: Mutex<Stage<In, Out>>,
    changed: Condvar,
}

enum Stage<In, Out> {
    /// In the queue.
    Waiting(In),
    /// The caller is the leader now; the batch before had so many items.
    Lead(In, usize),
    /// A leader has the item.
    Taken,
    /// The result.
    Done(Result<Out, Failed>),
}

/// A lock that a panic leaves as good as it was: nothing is changed halfway.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl<In, Out> Seat<In, Out> {
    fn set(&self, stage: Stage<In, Out>) -> Stage<In, Out> {
        let before = std::mem::replace(&mut *hold(&self.stage), stage);
        self.changed.notify_one();
        before
    }

    /// Sleeps until there is something to do: the result, or the lead.
    fn wait(&self) -> Stage<In, Out> {
        let mut stage = hold(&self.stage);
        loop {
            if matches!(*stage, Stage::Lead(..) | Stage::Done(_)) {
                return std::mem::replace(&mut *stage, Stage::Taken);
            }
            stage = self.changed.wait(stage).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}

impl<In, Out> Batcher<In, Out> {
    /// A batcher for this function: it returns one result for each item, in order.
    ///
    /// It is run by one of the callers, never by two at a time.
    pub fn new(
        run: impl Fn(Vec<In>) -> Vec<Out> + Send + Sync + 'static,
        options: Options,
    ) -> Batcher<In, Out> {
        Batcher {
            run: Box::new(run),
            options,
            state: Mutex::new(State { queue: VecDeque::new(), running: false, closed: false, wanted: 0 }),
            room: Condvar::new(),
            arrived: Condvar::new(),
            idle: Condvar::new(),
        }
    }

    /// The result for this item. Blocks until the batch that it is in has run.
    ///
    /// The function must not call the batcher that runs it: it would wait for itself.
    ///
    /// # Errors
    /// [`Failed`]: there is no result. Errors of the function itself are in `Out`.
    pub fn call(&self, item: In) -> Result<Out, Failed> {
        let mut state = hold(&self.state);
        while !state.closed && state.queue.len() >= self.options.max_pending.get() {
            if self.options.fail_when_full {
                return Err(Failed::Full);
            }
            state = self.room.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        if state.closed {
            return Err(Failed::Closed);
        }
        if !state.running {
            state.running = true;
            drop(state);
            return self.lead(item, Vec::new());
        }
        let seat = Arc::new(Seat { stage: Mutex::new(Stage::Waiting(item)), changed: Condvar::new() });
        state.queue.push_back(seat.clone());
        if state.wanted > 0 && state.queue.len() >= state.wanted {
            self.arrived.notify_one();
        }
        drop(state);
        match seat.wait() {
            Stage::Done(result) => result,
            Stage::Lead(item, before) => {
                let company = self.company(before);
                self.lead(item, company)
            }
            Stage::Waiting(_) | Stage::Taken => unreachable!("a seat is woken for one of the two"),
        }
    }

    /// Those who share the leader's batch: all who wait, up to the limit. Perhaps some time is left for more to come.
    fn company(&self, before: usize) -> Vec<Arc<Seat<In, Out>>> {
        let most = self.options.max_items.get() - 1;
        let mut state = hold(&self.state);
        if before > 1 && !self.options.max_delay.is_zero() {
            let until = Instant::now() + self.options.max_delay;
            state.wanted = (before - 1).min(most);
            while !state.closed && state.queue.len() < state.wanted {
                let left = until.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    break;
                }
                state =
                    self.arrived.wait_timeout(state, left).unwrap_or_else(|poisoned| poisoned.into_inner()).0;
            }
            state.wanted = 0;
        }
        let count = most.min(state.queue.len());
        let company = state.queue.drain(..count).collect();
        drop(state);
        self.room.notify_all();
        company
    }

    /// Runs a batch, gives everybody their result, and the lead to the next one.
    fn lead(&self, item: In, company: Vec<Arc<Seat<In, Out>>>) -> Result<Out, Failed> {
        let count = company.len() + 1;
        let mut items = Vec::with_capacity(count);
        items.push(item);
        for seat in &company {
            match seat.set(Stage::Taken) {
                Stage::Waiting(item) => items.push(item),
                _ => unreachable!("a seat in the queue waits"),
            }
        }
        let results = catch_unwind(AssertUnwindSafe(|| (self.run)(items)));
        // The next batch need not wait until everybody of this one was told.
        self.hand_over(count);
        let failed = match results {
            Ok(results) if results.len() == count => {
                let mut results = results.into_iter();
                let own = results.next();
                for (seat, result) in company.iter().zip(results) {
                    seat.set(Stage::Done(Ok(result)));
                }
                return own.ok_or(Failed::WrongCount { items: count, results: 0 });
            }
            Ok(results) => Failed::WrongCount { items: count, results: results.len() },
            Err(payload) => Failed::Panicked(crate::panic::describe(payload).0),
        };
        for seat in &company {
            seat.set(Stage::Done(Err(failed.clone())));
        }
        Err(failed)
    }

    fn hand_over(&self, count: usize) {
        let mut state = hold(&self.state);
        let Some(next) = state.queue.pop_front() else {
            state.running = false;
            drop(state);
            self.idle.notify_all();
            return;
        };
        drop(state);
        self.room.notify_one();
        let mut stage = hold(&next.stage);
        if let Stage::Waiting(item) = std::mem::replace(&mut *stage, Stage::Taken) {
            *stage = Stage::Lead(item, count);
        }
        next.changed.notify_one();
    }

    /// Accepts no more items, and waits until all that were accepted have run.
    pub fn close(&self) {
        let mut state = hold(&self.state);
        state.closed = true;
        self.room.notify_all();
        self.arrived.notify_all();
        while state.running {
            state = self.idle.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}

impl<In, Out> fmt::Debug for Batcher<In, Out> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batcher").field("options", &self.options).finish_non_exhaustive()
    }
}

/// How many items wait.
#[cfg(test)]
pub(super) fn pending<In, Out>(batcher: &Batcher<In, Out>) -> usize {
    hold(&batcher.state).queue.len()
}

/// Does it accept no more items?
#[cfg(test)]
pub(super) fn is_closed<In, Out>(batcher: &Batcher<In, Out>) -> bool {
    hold(&batcher.state).closed
}
