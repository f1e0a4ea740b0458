//! The mailbox, the states of a task, posted calls, their results and their entries, under every order of events that loom can find.

use crate::block;
use crate::error::GoError;
use crate::task::filed::List;
use crate::task::mailbox::Mailbox;
use crate::task::post::Letter;
use crate::task::state::{Cancel, Started, State};
use crate::task::waiting::{Found, Outcome, Waiting};
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicU64, Ordering::*, fence};
use loom::thread;
use std::task::{Context, Poll, Waker};

/// Stands in for the pipe: how many bytes are in it.
#[derive(Clone, Debug)]
pub(in crate::task) struct Wake(Arc<AtomicU64>);

impl Wake {
    pub(in crate::task) unsafe fn new(_end: isize) -> Wake {
        unreachable!("a model makes its own")
    }

    pub(in crate::task) fn wake(&self) {
        self.0.fetch_add(1, SeqCst);
    }
}

pub(crate) fn model(preemptions: usize, f: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(f);
}

/// What Go does, as in `go/internal/gangplank/taskbox.go`.
pub(crate) struct Go {
    mailbox: Arc<Mailbox>,
    bytes: Arc<AtomicU64>,
    /// The tickets of the completions that it took, in their order.
    pub(crate) settled: Vec<u64>,
}

impl Go {
    pub(crate) fn new() -> Go {
        let (mailbox, bytes) = mailbox();
        Go { mailbox, bytes, settled: Vec::new() }
    }

    /// # Safety
    /// Nobody uses it when this is gone.
    pub(crate) unsafe fn mailbox(&self) -> &'static Mailbox {
        // SAFETY: the caller's promise.
        unsafe { &*std::ptr::from_ref(&*self.mailbox) }
    }

    pub(crate) fn deliver(&mut self) {
        let mut at = self.mailbox.head().swap(0, AcqRel);
        while at != 0 {
            let words = at as *const u64;
            // SAFETY: a completion, which is ours since the swap (clause 10.4).
            let (next, ticket) = unsafe { (*words, *words.add(1)) };
            self.settled.push(ticket);
            // SAFETY: nobody else has it.
            unsafe { block::free(at, crate::frame::pack_block(48, 8)) };
            at = next;
        }
    }

    fn sleep(&mut self) {
        loop {
            self.mailbox.sleeping().store(1, SeqCst);
            // Go's store and load are sequentially consistent. loom takes such accesses for weaker ones, but knows fences.
            fence(SeqCst);
            if self.mailbox.head().load(SeqCst) == 0 || self.mailbox.sleeping().swap(0, SeqCst) == 0 {
                return;
            }
            self.deliver();
        }
    }

    /// Waits for a byte. One that never comes is a loop without end, which loom reports.
    fn read(&self) {
        while self.bytes.load(SeqCst) == 0 {
            thread::yield_now();
        }
        self.bytes.fetch_sub(1, SeqCst);
    }

    /// The dispatcher, until so many calls are settled.
    pub(crate) fn run(&mut self, calls: usize) {
        loop {
            self.deliver();
            if self.settled.len() == calls {
                return;
            }
            self.sleep();
            if self.settled.len() == calls {
                return;
            }
            self.read();
        }
    }
}

fn mailbox() -> (Arc<Mailbox>, Arc<AtomicU64>) {
    let bytes = Arc::new(AtomicU64::new(0));
    (Arc::new(Mailbox::new(Wake(bytes.clone()))), bytes)
}

/// No wake-up is lost, whenever two completions come; and none comes twice.
#[test]
fn completions_against_the_dispatcher() {
    model(3, || {
        let (mailbox, bytes) = mailbox();
        let threads: Vec<_> = (1..=2)
            .map(|ticket| {
                let mailbox = mailbox.clone();
                thread::spawn(move || mailbox.push(ticket, [0; 4]))
            })
            .collect();
        let mut go = Go { mailbox, bytes, settled: Vec::new() };
        go.run(2);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        go.settled.sort_unstable();
        assert_eq!(go.settled, [1, 2]);
    });
}

/// A goroutine takes the 1 away, looks at the list for a while and puts the 1 back, while the dispatcher sleeps: what it did not see, the dispatcher is woken for.
#[test]
fn completions_against_a_spinning_goroutine() {
    model(3, || {
        let (mailbox, bytes) = mailbox();
        let mut dispatcher = Go { mailbox: mailbox.clone(), bytes: bytes.clone(), settled: Vec::new() };
        dispatcher.sleep();
        let pusher = {
            let mailbox = mailbox.clone();
            thread::spawn(move || mailbox.push(7, [0; 4]))
        };
        let mut spinner = Go { mailbox, bytes, settled: Vec::new() };
        if spinner.mailbox.sleeping().swap(0, SeqCst) == 1 {
            spinner.deliver();
            spinner.sleep();
        }
        if spinner.settled.is_empty() {
            dispatcher.read();
            dispatcher.deliver();
        }
        pusher.join().unwrap();
        assert_eq!(spinner.settled.len() + dispatcher.settled.len(), 1);
    });
}

/// A future that only its owner touches.
struct Task {
    state: State,
    future: UnsafeCell<u32>,
    dropped: AtomicU64,
    completions: AtomicU64,
}

impl Task {
    fn new() -> Arc<Task> {
        Arc::new(Task {
            state: State::new(),
            future: UnsafeCell::new(0),
            dropped: AtomicU64::new(0),
            completions: AtomicU64::new(0),
        })
    }

    /// Polls or drops it: loom fails if two do at once.
    fn touch(&self) {
        // SAFETY: loom checks what the state promises.
        self.future.with_mut(|future| unsafe { *future += 1 });
    }

    fn drop_future(&self) {
        self.touch();
        assert_eq!(self.dropped.fetch_add(1, SeqCst), 0, "dropped twice");
    }

    fn complete(&self) {
        assert_eq!(self.completions.fetch_add(1, SeqCst), 0, "completed twice");
    }

    /// The executor polls it once; `ready` says how that ends.
    fn run(&self, ready: bool) {
        if !self.state.run() {
            return;
        }
        self.touch();
        if ready {
            self.drop_future();
            let _ = self.state.finish();
            self.complete();
        } else if !self.state.pause() {
            self.drop_future();
            self.complete();
        }
    }

    /// True: no completion comes.
    fn cancel(&self) -> bool {
        match self.state.cancel() {
            Cancel::Coming => false,
            Cancel::Drop | Cancel::DropAndWake => {
                self.drop_future();
                true
            }
        }
    }
}

/// The shim's first poll against a waker: the task is handed to the executor once, and polled there by one at a time.
#[test]
fn first_poll_against_a_waker() {
    model(3, || {
        let task = Task::new();
        let wakers: Vec<_> = (0..2)
            .map(|_| {
                let task = task.clone();
                thread::spawn(move || {
                    let spawn = task.state.wake();
                    if spawn {
                        task.run(true);
                    }
                    spawn
                })
            })
            .collect();
        task.touch();
        let spawned = match task.state.started() {
            Started::Spawn => {
                task.run(true);
                true
            }
            Started::Waits => false,
            Started::Drop => unreachable!("nobody cancels"),
        };
        let spawns = wakers.into_iter().map(|thread| u32::from(thread.join().unwrap())).sum::<u32>();
        assert_eq!(spawns + u32::from(spawned), 1);
        assert_eq!((task.dropped.load(SeqCst), task.completions.load(SeqCst)), (1, 1));
    });
}

/// A cancel at any moment: the future is dropped once, and there is a completion, or the cancel said that none comes.
#[test]
fn cancel_against_polls() {
    for ready in [false, true] {
        model(3, move || {
            let task = Task::new();
            let _ = task.state.started();
            let runner = {
                let task = task.clone();
                thread::spawn(move || {
                    if task.state.wake() {
                        task.run(ready);
                    }
                })
            };
            let cancelled = task.cancel();
            runner.join().unwrap();
            if !cancelled || ready {
                assert_eq!(task.dropped.load(SeqCst), 1);
            }
            assert_eq!(task.completions.load(SeqCst), u64::from(!cancelled));
        });
    }
}

/// What the runner does with calls that were posted, as in `go/internal/gangplank/async_pool.go` and `async_post.go`.
struct Runner {
    keeper: Arc<Keeper>,
    taken: Vec<u64>,
}

/// The words of a keeper that posts use.
struct Keeper {
    posted: AtomicU64,
    sleeping: AtomicU64,
    /// How many crossings wake the runner.
    wakes: AtomicU64,
}

impl Keeper {
    fn new(sleeping: u64) -> Arc<Keeper> {
        Arc::new(Keeper {
            posted: AtomicU64::new(0),
            sleeping: AtomicU64::new(sleeping),
            wakes: AtomicU64::new(0),
        })
    }

    /// What a first poll does.
    fn post(&self, number: u64) {
        let letter = Letter::new(7, 0);
        if letter.push_on(&self.posted, &self.sleeping, number) {
            self.wakes.fetch_add(1, SeqCst);
        }
    }
}

impl Runner {
    fn take(&mut self) {
        let mut at = self.keeper.posted.swap(0, AcqRel);
        while at != 0 {
            let words = at as *const u64;
            // SAFETY: a block that was posted, which is ours since the swap (clause 11.8).
            let (next, packed, number) = unsafe { (*words, *words.add(1), *words.add(2)) };
            self.taken.push(number);
            // SAFETY: nobody else has it.
            unsafe { block::free(at, packed) };
            at = next;
        }
    }

    /// Go's `sleep`: true if it goes on looking.
    fn sleep(&self) -> bool {
        self.keeper.sleeping.store(1, SeqCst);
        fence(SeqCst);
        self.keeper.posted.load(SeqCst) != 0 && self.keeper.sleeping.swap(0, SeqCst) == 1
    }

    /// Serves until so many calls came.
    fn run(&mut self, calls: usize) {
        loop {
            self.take();
            if self.taken.len() == calls {
                return;
            }
            if self.sleep() {
                continue;
            }
            // It is parked. A wake-up that never comes is a loop without end, which loom reports.
            while self.keeper.wakes.load(SeqCst) == 0 {
                thread::yield_now();
            }
            self.keeper.wakes.fetch_sub(1, SeqCst);
        }
    }
}

/// No wake-up is lost: a call that was posted is seen by the runner that looks, or wakes the one that sleeps.
#[test]
fn posts_against_the_runner() {
    for sleeping in [0, 1] {
        model(3, move || {
            let keeper = Keeper::new(sleeping);
            let threads: Vec<_> = (1..=2)
                .map(|number| {
                    let keeper = keeper.clone();
                    thread::spawn(move || keeper.post(number))
                })
                .collect();
            let mut runner = Runner { keeper: keeper.clone(), taken: Vec::new() };
            if sleeping == 0 {
                runner.run(2);
            } else {
                // Parked from the start: only a wake-up makes it look.
                while keeper.wakes.load(SeqCst) == 0 {
                    thread::yield_now();
                }
                keeper.wakes.fetch_sub(1, SeqCst);
                runner.run(2);
            }
            threads.into_iter().for_each(|thread| thread.join().unwrap());
            runner.taken.sort_unstable();
            assert_eq!(runner.taken, [1, 2]);
        });
    }
}

/// A goroutine gives the role of the runner up while calls come, and another one that was woken takes it: each call is served once.
#[test]
fn posts_against_two_runners() {
    model(3, || {
        let keeper = Keeper::new(0);
        let poster = {
            let keeper = keeper.clone();
            thread::spawn(move || keeper.post(1))
        };
        let mut first = Runner { keeper: keeper.clone(), taken: Vec::new() };
        first.take();
        while first.sleep() {
            first.take();
        }
        // It is parked; whoever is woken looks.
        poster.join().unwrap();
        let mut second = Runner { keeper: keeper.clone(), taken: Vec::new() };
        if first.taken.is_empty() {
            assert_eq!(keeper.wakes.load(SeqCst), 1, "nobody was woken for it");
            second.take();
        }
        assert_eq!(first.taken.len() + second.taken.len(), 1);
    });
}

/// What Go does with a call that is over: it files the result, and crosses if the list is not empty then.
fn file(list: &List, call: u64, settle: &impl Fn(u64, [u64; 4], bool)) {
    let (address, packed) = block::allocate(11 * 8, 8).expect("there is memory");
    let words = address as *mut u64;
    let record = [0, packed, call, 0, call, 0, 0, 0];
    // SAFETY: the block is ours and longer.
    unsafe { words.cast::<[u64; 8]>().write(record) };
    loop {
        let head = list.head().load(SeqCst);
        // SAFETY: still ours.
        unsafe { words.write(head) };
        if list.head().compare_exchange(head, address, AcqRel, Relaxed).is_ok() {
            break;
        }
    }
    if list.head().load(SeqCst) != 0 {
        list.take(settle);
    }
}

/// Two goroutines file results while a thread that polls looks now and then: each is settled once, and none is left.
#[test]
fn results_against_a_poll() {
    model(3, || {
        let (list, settled) = (Arc::new(List::new()), Arc::new(AtomicU64::new(0)));
        let settle = {
            let settled = settled.clone();
            move |call: u64, words: [u64; 4], early: bool| {
                assert!(words == [0, call, 0, 0] && !early);
                assert_eq!(settled.fetch_add(call, SeqCst) & call, 0, "settled twice");
            }
        };
        let goroutines: Vec<_> = [1, 2]
            .into_iter()
            .map(|call| {
                let (list, settle) = (list.clone(), settle.clone());
                thread::spawn(move || file(&list, call, &settle))
            })
            .collect();
        list.take(&settle);
        goroutines.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(settled.load(SeqCst), 3);
    });
}

/// A waker that counts.
struct Count(AtomicU64);

impl std::task::Wake for Count {
    fn wake(self: std::sync::Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

/// An entry, and the waker that it has.
fn waiting() -> (Arc<Waiting>, std::sync::Arc<Count>, Waker) {
    let count = std::sync::Arc::new(Count(AtomicU64::new(0)));
    let waker = Waker::from(count.clone());
    (Arc::new(Waiting::new("a method", |_| {}, waker.clone())), count, waker)
}

/// A record against a poll: the future is woken, or has the result already; and the entry is over once.
#[test]
fn record_against_polls() {
    model(3, || {
        let (call, count, waker) = waiting();
        let go = {
            let call = call.clone();
            thread::spawn(move || call.settle([0, 7, 0, 0], false))
        };
        let mut cx = Context::from_waker(&waker);
        let first = call.poll(&mut cx);
        let over = go.join().unwrap();
        let polled = match first {
            Poll::Ready(found) => Poll::Ready(found),
            Poll::Pending => {
                assert_eq!(count.0.load(SeqCst), 1, "a wake-up was lost");
                call.poll(&mut cx)
            }
        };
        let Poll::Ready((Found::Outcome(Outcome::Record(words)), ends)) = polled else {
            panic!("the call is settled")
        };
        assert_eq!(words, [0, 7, 0, 0]);
        assert!(ends != over, "the entry is over once");
    });
}

/// A future is dropped while Go settles the call, early and then for good: Go is told, or had been done; and the entry is over once.
#[test]
fn cancel_against_records() {
    for records in [&[false][..], &[true, false]] {
        model(3, move || {
            let (call, _, _) = waiting();
            let go = {
                let call = call.clone();
                thread::spawn(move || {
                    records.iter().map(|&early| u32::from(call.settle([0, 7, 0, 0], early))).sum::<u32>()
                })
            };
            let (runs, over) = call.give_up();
            let by_go = go.join().unwrap();
            assert_eq!(u32::from(over) + by_go, 1, "the entry is over once");
            assert!(!(runs && over), "Go runs it, and nobody would take its result");
        });
    }
}

/// Shutdown ends the wait while Go settles the call and the future polls: it gets one of both ends, once.
#[test]
fn failure_against_a_record() {
    model(3, || {
        let (call, count, waker) = waiting();
        let go = {
            let call = call.clone();
            thread::spawn(move || call.settle([0, 7, 0, 0], false))
        };
        call.fail(&GoError::new("shut down"));
        let over = go.join().unwrap();
        assert_eq!(count.0.load(SeqCst), 1, "woken once");
        let Poll::Ready((_, ends)) = call.poll(&mut Context::from_waker(&waker)) else {
            panic!("the call has ended")
        };
        assert!(ends && !over);
    });
}
