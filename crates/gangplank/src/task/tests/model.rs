//! The mailbox and the states of a task under every order of events that loom can find.

use crate::block;
use crate::task::mailbox::Mailbox;
use crate::task::state::{Cancel, Started, State};
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicU64, Ordering::*, fence};
use loom::thread;

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
