//! Calls of async functions as Go makes them, with an executor that does what the test says.

use crate::frame::Status;
use crate::task::mailbox::{Mailbox, Wake};
use crate::task::{Executor, Task, deadline, serve_async, set_executor};
use crate::value::Class;
use std::future::poll_fn;
use std::io::Read;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering::*};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// The tasks that were spawned.
static SPAWNED: Mutex<Vec<Task>> = Mutex::new(Vec::new());
static ALIVE: AtomicI64 = AtomicI64::new(0);

struct Manual;

impl Executor for Manual {
    fn spawn(&self, task: Task) {
        lock(&SPAWNED).push(task);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One test at a time: they share the executor.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    let guard = lock(&ONE);
    let _ = set_executor(Manual);
    crate::panic::install_hook();
    lock(&SPAWNED).clear();
    guard
}

struct Guard;

impl Guard {
    fn new() -> Guard {
        ALIVE.fetch_add(1, SeqCst);
        Guard
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, SeqCst);
    }
}

struct Go {
    mailbox: &'static Mailbox,
    pipe: UnixStream,
    next: u64,
}

impl Go {
    fn new() -> Go {
        let (pipe, wake) = UnixStream::pair().unwrap();
        pipe.set_nonblocking(true).unwrap();
        // SAFETY: it stays open, since it is forgotten.
        let mailbox = Mailbox::new(unsafe { Wake::new(wake.as_raw_fd() as isize) });
        std::mem::forget(wake);
        Go { mailbox: Box::leak(Box::new(mailbox)), pipe, next: 1 }
    }

    /// Calls a function with one number; the frame's header afterwards.
    fn call<F>(&mut self, n: u64, left: i64, function: impl Fn(u64) -> F) -> [u64; 4]
    where
        F: Future<Output = u64> + Send + 'static,
    {
        let mailbox = std::ptr::from_ref(self.mailbox) as u64;
        let mut frame = [0, 0, 0, 0, mailbox, self.next, left as u64, n];
        self.next += 1;
        // SAFETY: a frame of these classes, with this mailbox.
        unsafe {
            serve_async(frame.as_mut_ptr(), 1, "test", &[Class::Scalar], None, |arguments| {
                let n = arguments.take::<u64>("n")?;
                Ok(function(n))
            });
        }
        [frame[0], frame[1], frame[2], frame[3]]
    }

    /// The completions that are there: ticket, status, first word.
    fn completions(&self) -> Vec<(u64, u64, u64)> {
        let mut found = Vec::new();
        let mut at = self.mailbox.head().swap(0, AcqRel);
        while at != 0 {
            let words = at as *const u64;
            // SAFETY: a completion, which is ours since the swap.
            let [next, ticket, status, a, b, c] = unsafe { *words.cast::<[u64; 6]>() };
            found.push((ticket, status, a));
            if c != 0 {
                // SAFETY: a block of the result, which nobody reads.
                unsafe { crate::block::free(a, c) };
            }
            let _ = b;
            // SAFETY: nobody else has it.
            unsafe { crate::block::free(at, crate::frame::pack_block(48, 8)) };
            at = next;
        }
        found
    }

    fn bytes(&mut self) -> usize {
        self.pipe.read(&mut [0; 16]).unwrap_or(0)
    }
}

/// Polls what was spawned, once.
fn poll_all() {
    let tasks = std::mem::take(&mut *lock(&SPAWNED));
    for mut task in tasks {
        let mut cx = Context::from_waker(Waker::noop());
        if Pin::new(&mut task).poll(&mut cx).is_pending() {
            lock(&SPAWNED).push(task);
        }
    }
}

fn cancel(task: u64) -> bool {
    crate::task::serve::gangplank_abi_cancel(task) == 1
}

/// Pending so often, then ready; wakes itself each time.
async fn turns(n: u64) -> u64 {
    let _guard = Guard::new();
    for _ in 0..n {
        let mut first = true;
        poll_fn(|cx| {
            if !std::mem::replace(&mut first, false) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
    n
}

const NEVER: i64 = i64::MAX;

#[test]
fn ready_at_once() {
    let _alone = alone();
    let mut go = Go::new();
    let header = go.call(0, NEVER, turns);
    assert_eq!((header[0], header[1]), (Status::Ok as u64, 0));
    assert!(go.completions().is_empty() && lock(&SPAWNED).is_empty());
    assert_eq!(ALIVE.load(SeqCst), 0);
}

/// A cancel after each poll, and after none: the future is dropped, or its completion comes.
#[test]
fn cancel_after_every_poll() {
    let _alone = alone();
    for polls in 1..6 {
        let mut go = Go::new();
        let header = go.call(5, NEVER, turns);
        assert_eq!(header[0], Status::Pending as u64);
        for _ in 1..polls {
            poll_all();
        }
        assert!(cancel(header[1]), "nobody polls it now");
        assert_eq!(ALIVE.load(SeqCst), 0, "dropped at once");
        assert!(!cancel(header[1]), "the handle is stale");
        poll_all();
        assert!(lock(&SPAWNED).is_empty(), "the shell of the task has ended");
        assert!(go.completions().is_empty());
    }
    let mut go = Go::new();
    let header = go.call(5, NEVER, turns);
    (0..5).for_each(|_| poll_all());
    assert!(!cancel(header[1]));
    assert_eq!(go.completions(), [(1, Status::Ok as u64, 5)]);
}

/// A cancel while the future is polled: the poll ends, and then the call.
#[test]
fn cancel_while_it_is_polled() {
    let _alone = alone();
    let task = Arc::new(AtomicI64::new(0));
    for (ready, status) in [(false, Status::Cancelled), (true, Status::Cancelled)] {
        let mut go = Go::new();
        let (seen, polls) = (task.clone(), Arc::new(AtomicU32::new(0)));
        let header = go.call(0, NEVER, move |_| {
            let (seen, polls, guard) = (seen.clone(), polls.clone(), Guard::new());
            poll_fn(move |cx| {
                let _guard = &guard;
                cx.waker().wake_by_ref();
                if polls.fetch_add(1, SeqCst) == 0 {
                    return Poll::Pending;
                }
                assert!(!cancel(seen.load(SeqCst) as u64), "it is being polled");
                if ready { Poll::Ready(1) } else { Poll::Pending }
            })
        });
        task.store(header[1] as i64, SeqCst);
        poll_all();
        assert_eq!(go.completions(), [(1, status as u64, 0)]);
        assert_eq!(ALIVE.load(SeqCst), 0);
        assert!(lock(&SPAWNED).is_empty());
    }
}

/// An executor that drops its tasks ends their calls.
#[test]
fn dropped_by_the_executor() {
    let _alone = alone();
    let mut go = Go::new();
    assert_eq!(go.call(3, NEVER, turns)[0], Status::Pending as u64);
    poll_all();
    lock(&SPAWNED).clear();
    let completions = go.completions();
    assert_eq!((completions[0].0, completions[0].1), (1, Status::Unavailable as u64));
    assert_eq!(ALIVE.load(SeqCst), 0);
}

#[test]
fn panics_are_results() {
    let _alone = alone();
    let mut go = Go::new();
    let later = |n| async move {
        turns(n).await;
        panic!("later")
    };
    let header = go.call(0, NEVER, later);
    assert_eq!(header[0], Status::Panic as u64);
    // SAFETY: the block of the message.
    unsafe { crate::block::free(header[1], header[3]) };
    assert_eq!(go.call(2, NEVER, later)[0], Status::Pending as u64);
    (0..2).for_each(|_| poll_all());
    let completions = go.completions();
    assert_eq!((completions[0].0, completions[0].1), (2, Status::Panic as u64));
}

/// One byte for each time that Go went to sleep, whatever number of completions comes.
#[test]
fn one_byte_wakes_for_many() {
    let _alone = alone();
    let mut go = Go::new();
    for _ in 0..10 {
        let _ = go.call(1, NEVER, turns);
    }
    go.mailbox.sleeping().store(1, SeqCst);
    poll_all();
    assert_eq!(go.bytes(), 1);
    assert_eq!(go.completions().len(), 10);
    let _ = go.call(1, NEVER, turns);
    poll_all();
    assert_eq!(go.bytes(), 0, "nobody sleeps");
    assert_eq!(go.completions().len(), 1);
}

#[test]
fn deadlines_are_seen_in_polls() {
    let _alone = alone();
    let mut go = Go::new();
    let left = |_| async {
        match deadline() {
            Some(deadline) => deadline.saturating_duration_since(std::time::Instant::now()).as_secs(),
            None => u64::MAX,
        }
    };
    assert_eq!(go.call(0, NEVER, left)[1], u64::MAX);
    let hour = go.call(0, 3_600_000_000_000, left)[1];
    assert!((3590..=3600).contains(&hour), "{hour}");
    assert_eq!(go.call(0, -5, left)[1], 0);
    assert_eq!(go.call(0, i64::MAX - 1, left)[0], Status::Ok as u64);
    assert!(deadline().is_none());
}
