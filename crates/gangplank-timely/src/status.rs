//! What a run did, and a line of it each second while it does.

use crate::context::Shared;
use crate::counters::Count;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What a process did in a run.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// This process.
    pub process: u32,
    /// Of all processes.
    pub workers: u32,
    /// From the first message to the last.
    pub elapsed: Duration,
    /// Of all workers of this process together: in Go.
    pub in_go: Duration,
    /// In Rust, timely's own work.
    pub in_rust: Duration,
    /// Parked.
    pub parked: Duration,
    /// In the order of the layout.
    pub nodes: Vec<NodeReport>,
}

/// What a node did on the workers of this process.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct NodeReport {
    /// Its name.
    pub name: String,
    /// Messages that it read.
    pub received: u64,
    /// Messages that it sent.
    pub sent: u64,
    /// Batches that it read.
    pub batches: u64,
    /// Calls of Go.
    pub crossings: u64,
    /// Time in Go.
    pub in_go: Duration,
    /// Messages that failed and were skipped.
    pub skipped: u64,
    /// Messages that failed and went to the dead letters.
    pub dead_letters: u64,
}

/// Time of all workers, in nanoseconds.
#[derive(Debug, Default)]
pub(crate) struct Times {
    pub(crate) running: AtomicU64,
    pub(crate) parked: AtomicU64,
}

impl Report {
    pub(crate) fn new(shared: &Shared, times: &Times, workers: u32, elapsed: Duration) -> Report {
        let nodes: Vec<NodeReport> = shared
            .layout
            .nodes
            .iter()
            .zip(&shared.counters)
            .map(|(node, counter)| {
                let Count { received, sent, batches, crossings, nanoseconds } = counter.count();
                NodeReport {
                    name: node.name.clone(),
                    received,
                    sent,
                    batches,
                    crossings,
                    in_go: Duration::from_nanos(nanoseconds),
                    skipped: counter.skipped.load(Relaxed),
                    dead_letters: counter.dead.load(Relaxed),
                }
            })
            .collect();
        let in_go = nodes.iter().map(|node| node.in_go).sum();
        let running = Duration::from_nanos(times.running.load(Relaxed));
        let parked = Duration::from_nanos(times.parked.load(Relaxed));
        let in_rust = running.saturating_sub(parked).saturating_sub(in_go);
        Report { process: shared.process, workers, elapsed, in_go, in_rust, parked, nodes }
    }
}

/// A thread that writes a line each second; dropped, it writes the last one and ends.
pub(crate) struct Ticker {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    pub(crate) fn start(shared: Arc<Shared>, times: Arc<Times>, workers: usize, every: Duration) -> Ticker {
        let (end, ended) = channel();
        let thread = std::thread::spawn(move || {
            let mut before: Vec<Count> = shared.counters.iter().map(|counter| counter.count()).collect();
            let (mut then, mut parked) = (Instant::now(), 0);
            // The last line is of what came since the one before, however short that was.
            let mut goes_on = true;
            while goes_on {
                goes_on = ended.recv_timeout(every) == Err(RecvTimeoutError::Timeout);
                let now: Vec<Count> = shared.counters.iter().map(|counter| counter.count()).collect();
                let (time, parked_now) = (then.elapsed(), times.parked.load(Relaxed));
                let whole = time.as_nanos() as f64 * workers as f64;
                let pauses = (parked_now - parked) as f64;
                eprintln!("{}", line(&shared, &before, &now, time, whole, pauses));
                (before, then, parked) = (now, Instant::now(), parked_now);
            }
        });
        Ticker { end: Some(end), thread: Some(thread) }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Where the workers were, in hundredths of their time.
#[derive(Debug, PartialEq)]
struct Shares {
    go: f64,
    rust: f64,
    parked: f64,
}

impl Shares {
    /// A call or a pause that began earlier counts whole when it ends: what is left of the time is Rust's, and never less than nothing.
    fn of(before: &[Count], now: &[Count], parked: f64, whole: f64) -> Shares {
        let in_go = |counts: &[Count]| counts.iter().map(|count| count.nanoseconds).sum::<u64>();
        let (go, parked) = (share((in_go(now) - in_go(before)) as f64, whole), share(parked, whole));
        Shares { go, rust: (100.0 - go - parked).max(0.0), parked }
    }
}

/// A part of the workers' time, in hundredths.
fn share(time: f64, whole: f64) -> f64 {
    (100.0 * time / whole.max(1.0)).min(100.0)
}

/// `timely[0] 71 % in Go, 4 % in Rust, 25 % parked; split 1.2M/s, 412 a batch, 3.1k crossings/s, 38 % in Go; ..`
fn line(shared: &Shared, before: &[Count], now: &[Count], time: Duration, whole: f64, parked: f64) -> String {
    let Shares { go, rust, parked } = Shares::of(before, now, parked, whole);
    let process = shared.process;
    let mut line = format!("timely[{process}] {go:.0} % in Go, {rust:.0} % in Rust, {parked:.0} % parked");
    let seconds = time.as_secs_f64().max(1e-9);
    for ((node, before), now) in shared.layout.nodes.iter().zip(before).zip(now) {
        let per_second = |now: u64, before: u64| short((now - before) as f64 / seconds);
        let batches = now.batches - before.batches;
        let messages = now.received - before.received;
        let (messages, batches) = match node.inputs.is_empty() {
            true => (now.sent - before.sent, now.crossings - before.crossings),
            false => (messages, batches),
        };
        let size = messages.checked_div(batches).unwrap_or(0);
        let rate = short(messages as f64 / seconds);
        let crossings = per_second(now.crossings, before.crossings);
        let share = share((now.nanoseconds - before.nanoseconds) as f64, whole);
        let _ = write!(
            line,
            "; {} {rate}/s, {size} a batch, {crossings} crossings/s, {share:.0} % in Go",
            node.name
        );
    }
    line
}

fn short(number: f64) -> String {
    match number {
        n if n >= 1e6 => format!("{:.1}M", n / 1e6),
        n if n >= 1e3 => format!("{:.1}k", n / 1e3),
        n => format!("{n:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_make_a_whole() {
        let count = |nanoseconds| Count { nanoseconds, ..Count::default() };
        let shares = Shares::of(&[count(5), count(0)], &[count(15), count(20)], 50.0, 100.0);
        assert_eq!(shares, Shares { go: 30.0, rust: 20.0, parked: 50.0 });
        assert_eq!(Shares::of(&[], &[], 300.0, 100.0), Shares { go: 0.0, rust: 0.0, parked: 100.0 });
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([short(12.0), short(12_345.0), short(1_250_000.0)], ["12", "12.3k", "1.2M"]);
    }
}
