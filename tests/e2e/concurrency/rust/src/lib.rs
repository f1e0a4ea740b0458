//! Many goroutines and many threads of Rust at once, while the collector runs.

use gangplank::GoError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// A job, and its answer.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Who asks.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What to work on.
    pub data: Vec<u8>,
    /// Perhaps more of it.
    pub tags: Option<Vec<String>>,
}

impl Job {
    fn new(id: u64) -> Job {
        let size = (id * 37 % 700) as usize;
        Job {
            id,
            name: format!("job {id}"),
            data: vec![id as u8; size],
            tags: (id % 3 == 0).then(|| vec![format!("tag {id}"); 3]),
        }
    }
}

/// Implemented in Go.
#[gangplank::import]
pub trait Worker {
    /// Gives the job back.
    fn work(&self, job: &Job) -> Result<Job, GoError>;
    /// Adds one.
    fn count(&self, n: u64) -> u64;
    /// The text, twice.
    fn twice(&self, text: &str) -> String;
    /// Fails for odd numbers.
    fn odd(&self, n: u64) -> Result<(), GoError>;
}

static CALLS: AtomicU64 = AtomicU64::new(0);

/// How often Rust was called.
#[gangplank::export]
pub fn calls() -> u64 {
    CALLS.load(Ordering::Relaxed)
}

/// Gives the job back.
#[gangplank::export]
pub fn work(job: Job) -> Result<Job, String> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    if job.id % 7 == 6 { Err(format!("job {} is not done", job.id)) } else { Ok(job) }
}

/// The text, twice.
#[gangplank::export]
pub fn twice(text: &str) -> String {
    CALLS.fetch_add(1, Ordering::Relaxed);
    text.repeat(2)
}

/// Calls Go from the goroutine's thread.
#[gangplank::export]
pub fn through(id: u64) -> Result<(), gangplank::Error> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let go = gangplank::imported::<dyn Worker>()?;
    check(&*go, id)
}

fn check(go: &dyn Worker, id: u64) -> Result<(), gangplank::Error> {
    let job = Job::new(id);
    let (back, count, text) = (go.work(&job)?, go.count(id), go.twice(&job.name));
    if back != job || count != id + 1 || text != job.name.repeat(2) || go.odd(id).is_err() != (id % 2 == 1) {
        return Err(gangplank::Error::new(format!("{job:?} came back as {back:?}, {count}, {text}")));
    }
    Ok(())
}

/// Calls Go from that many threads of Rust, and says what went wrong.
#[gangplank::export]
pub fn storm(threads: u64, times: u64) -> Result<u64, gangplank::Error> {
    let go = gangplank::imported::<dyn Worker>()?;
    let run = |thread: u64| (0..times).try_for_each(|i| check(&*go, thread * times + i));
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|n| scope.spawn(move || run(n))).collect();
        for worker in workers {
            worker.join().map_err(|_| gangplank::Error::new("a thread panicked"))??;
        }
        Ok(threads * times)
    })
}
