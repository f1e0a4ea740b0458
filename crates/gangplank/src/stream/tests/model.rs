//! The wake-up of a pull under every order of events that loom can find.
//!
//! Who waits is Go, as in `go/internal/gangplank/iterate.go`: a completion that never comes is a loop without end, which loom reports.

use crate::stream::wakeup::Wakeup;
use crate::task::tests::{Go, model};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicU64, Ordering::Relaxed};
use loom::thread;
use std::task::Waker;

const TICKET: u64 = 7;

fn pull() -> (Go, std::sync::Arc<Wakeup>) {
    let go = Go::new();
    // SAFETY: each model joins its threads, and drops their wakers, before it drops `go`.
    let wakeup = Wakeup::new(unsafe { go.mailbox() }, TICKET);
    (go, wakeup)
}

/// Polls until there is an item, or until the pull is pending. True: it is.
fn answer(wakeup: &Wakeup, mut poll: impl FnMut() -> bool) -> bool {
    loop {
        if poll() {
            wakeup.disarm();
            return false;
        }
        if wakeup.arm() {
            return true;
        }
    }
}

/// An item that needs two threads, each of which says that it is ready with a relaxed store and wakes. Nothing but the wake-ups orders the stores before the polls. The stream keeps a waker, so that none
/// is the last one.
#[test]
fn no_wake_up_is_lost() {
    model(3, || {
        let (mut go, wakeup) = pull();
        let kept = Waker::from(wakeup.clone());
        let ready: Vec<_> = (0..2).map(|_| Arc::new(AtomicU64::new(0))).collect();
        let threads: Vec<_> = ready
            .iter()
            .map(|ready| {
                let (ready, waker) = (ready.clone(), kept.clone());
                thread::spawn(move || {
                    ready.store(1, Relaxed);
                    waker.wake();
                })
            })
            .collect();
        let pending = answer(&wakeup, || ready.iter().all(|ready| ready.load(Relaxed) == 1));
        if pending {
            go.run(1);
        }
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        drop((kept, wakeup));
        go.deliver();
        assert_eq!(go.settled.len(), usize::from(pending));
    });
}

/// A pull that is pending has one completion, whether its wakers are called, often, or dropped; one that is not has none.
#[test]
fn one_completion_for_a_pending_pull() {
    for wakes in 0..3 {
        model(3, move || {
            let (mut go, wakeup) = pull();
            let threads: Vec<_> = (0..2)
                .map(|at| {
                    let waker = Waker::from(wakeup.clone());
                    thread::spawn(move || if at < wakes { waker.wake() } else { drop(waker) })
                })
                .collect();
            let mut polls = 0;
            let pending = answer(&wakeup, || {
                polls += 1;
                polls == 3
            });
            drop(wakeup);
            if pending {
                go.run(1);
            }
            threads.into_iter().for_each(|thread| thread.join().unwrap());
            go.deliver();
            assert_eq!(go.settled.len(), usize::from(pending));
        });
    }
}
