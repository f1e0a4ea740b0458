//! Threads that Go has not made.

use std::sync::mpsc::{Sender, channel};
use std::sync::{LazyLock, Mutex};
use std::thread;

type Job = Box<dyn FnOnce() + Send>;

/// One thread for the whole program: Go gets to know it with its first call.
static WORKER: LazyLock<Mutex<Sender<Job>>> = LazyLock::new(|| {
    let (sender, jobs) = channel::<Job>();
    thread::spawn(move || jobs.into_iter().for_each(|job| job()));
    Mutex::new(sender)
});

/// Runs something on that thread and waits for it.
pub fn run<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, result) = channel();
    let job: Job = Box::new(move || sender.send(job()).expect("somebody waits"));
    WORKER.lock().expect("nobody panics with it").send(job).expect("the thread waits for jobs");
    result.recv().expect("the job does not panic")
}

/// Runs something on a new thread and waits for it.
pub fn run_on_new<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> T {
    thread::spawn(job).join().expect("the job does not panic")
}
