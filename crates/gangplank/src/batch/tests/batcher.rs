//! The batcher under many threads.

use crate::batch::batcher::{is_closed, pending};
use crate::batch::{Batcher, Failed, Options};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

fn number(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}

/// A batcher whose batches wait until the test lets them go, and which tells their items.
struct Gate {
    batcher: Arc<Batcher<u32, u32>>,
    started: Receiver<Vec<u32>>,
    go: Sender<()>,
}

fn gate(options: Options) -> Gate {
    let (started_in, started) = channel();
    let (go, wait) = channel::<()>();
    let (started_in, wait) = (Mutex::new(started_in), Mutex::new(wait));
    let run = move |items: Vec<u32>| {
        started_in.lock().unwrap().send(items.clone()).unwrap();
        wait.lock().unwrap().recv().unwrap();
        items.into_iter().map(|n| n * 2).collect()
    };
    Gate { batcher: Arc::new(Batcher::new(run, options)), started, go }
}

impl Gate {
    fn call(&self, n: u32) -> thread::JoinHandle<Result<u32, Failed>> {
        let batcher = self.batcher.clone();
        thread::spawn(move || batcher.call(n))
    }

    fn queued(&self, n: usize) {
        while pending(&self.batcher) < n {
            thread::yield_now();
        }
    }
}

#[test]
fn who_is_alone_runs_at_once() {
    let options = Options { max_delay: Duration::from_secs(3600), ..Options::default() };
    let batcher = Batcher::new(|items: Vec<u32>| items, options);
    for n in 0..1000 {
        assert_eq!(batcher.call(n), Ok(n));
    }
}

#[test]
fn what_arrives_meanwhile_is_the_next_batch() {
    let gate = gate(Options { max_items: number(3), ..Options::default() });
    let mut calls = vec![gate.call(0)];
    assert_eq!(gate.started.recv().unwrap(), [0]);
    for n in 1..6 {
        calls.push(gate.call(n));
        gate.queued(n as usize);
    }
    for expected in [vec![1, 2, 3], vec![4, 5]] {
        gate.go.send(()).unwrap();
        assert_eq!(gate.started.recv().unwrap(), expected);
    }
    gate.go.send(()).unwrap();
    for (n, call) in calls.into_iter().enumerate() {
        assert_eq!(call.join().unwrap(), Ok(n as u32 * 2));
    }
}

#[test]
fn a_batch_waits_for_as_many_as_the_last_one_had_but_not_for_ever() {
    let delay = Duration::from_millis(50);
    let gate = gate(Options { max_delay: delay, ..Options::default() });
    let first = gate.call(0);
    gate.started.recv().unwrap();
    let calls = [gate.call(1), gate.call(2)];
    gate.queued(2);
    gate.go.send(()).unwrap();
    assert_eq!(gate.started.recv().unwrap().len(), 2);
    let third = gate.call(3);
    gate.queued(1);
    let since = Instant::now();
    gate.go.send(()).unwrap();
    assert_eq!(gate.started.recv().unwrap(), [3]);
    assert!(since.elapsed() >= delay, "the batch after one of two did not wait for a second item");
    gate.go.send(()).unwrap();
    for call in calls.into_iter().chain([first, third]) {
        call.join().unwrap().unwrap();
    }
}

#[test]
fn a_full_queue_blocks_or_fails() {
    for fail_when_full in [false, true] {
        // One item a batch: whoever got the room may else join the batch that made it.
        let options =
            Options { max_items: number(1), max_pending: number(1), fail_when_full, ..Options::default() };
        let gate = gate(options);
        let mut calls = vec![gate.call(0)];
        gate.started.recv().unwrap();
        calls.push(gate.call(1));
        gate.queued(1);
        if fail_when_full {
            assert_eq!(gate.batcher.call(2), Err(Failed::Full));
        } else {
            calls.push(gate.call(2));
        }
        for _ in 1..calls.len() {
            gate.go.send(()).unwrap();
            gate.started.recv().unwrap();
        }
        gate.go.send(()).unwrap();
        for (n, call) in calls.into_iter().enumerate() {
            assert_eq!(call.join().unwrap(), Ok(n as u32 * 2));
        }
    }
}

#[test]
fn close_lets_all_that_was_accepted_run_and_accepts_no_more() {
    let gate = gate(Options::default());
    let calls = [gate.call(0)];
    gate.started.recv().unwrap();
    let second = gate.call(1);
    gate.queued(1);
    let batcher = gate.batcher.clone();
    let closing = thread::spawn(move || batcher.close());
    while !is_closed(&gate.batcher) {
        thread::yield_now();
    }
    assert_eq!(gate.batcher.call(9), Err(Failed::Closed));
    gate.go.send(()).unwrap();
    assert_eq!(gate.started.recv().unwrap(), [1]);
    gate.go.send(()).unwrap();
    closing.join().unwrap();
    for call in calls.into_iter().chain([second]) {
        assert!(call.join().unwrap().is_ok());
    }
}

#[test]
fn a_panic_is_told_to_its_batch_and_hurts_no_other() {
    let batcher = Batcher::new(
        |items: Vec<u32>| {
            assert!(!items.contains(&13), "thirteen");
            items
        },
        Options::default(),
    );
    assert_eq!(batcher.call(1), Ok(1));
    assert_eq!(batcher.call(13), Err(Failed::Panicked("thirteen".into())));
    assert_eq!(batcher.call(2), Ok(2));
}

#[test]
fn another_number_of_results_is_an_error() {
    let batcher = Batcher::new(|_: Vec<u32>| vec![1, 2], Options::default());
    assert_eq!(batcher.call(1), Err(Failed::WrongCount { items: 1, results: 2 }));
}

#[test]
fn everybody_gets_their_own_result() {
    let (running, batches) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    for max_delay in [Duration::ZERO, Duration::from_micros(50)] {
        let (now, count) = (running.clone(), batches.clone());
        let run = move |items: Vec<u64>| {
            assert_eq!(now.fetch_add(1, Ordering::SeqCst), 0, "two batches at a time");
            assert!(items.len() <= 4);
            count.fetch_add(1, Ordering::Relaxed);
            let results = items.iter().map(|n| if n % 7 == 0 { Err(*n) } else { Ok(n * 2) }).collect();
            now.fetch_sub(1, Ordering::SeqCst);
            results
        };
        let options =
            Options { max_items: number(4), max_pending: number(3), max_delay, ..Options::default() };
        let batcher = Batcher::new(run, options);
        let start = Barrier::new(8);
        thread::scope(|scope| {
            for thread in 0..8u64 {
                let (batcher, start) = (&batcher, &start);
                scope.spawn(move || {
                    start.wait();
                    for i in 0..2000 {
                        let n = i * 8 + thread;
                        let expected = if n % 7 == 0 { Err(n) } else { Ok(n * 2) };
                        assert_eq!(batcher.call(n), Ok(expected));
                    }
                });
            }
        });
    }
    assert!(batches.load(Ordering::Relaxed) < 2 * 16_000, "nothing was gathered");
}
