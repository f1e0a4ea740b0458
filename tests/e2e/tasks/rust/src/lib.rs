//! Async functions, and functions with a context.

use gangplank::{Cancelled, Context};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How many values of futures are alive.
static ALIVE: AtomicI64 = AtomicI64::new(0);

/// Counts as alive until it is dropped.
struct Guard;

impl Guard {
    fn new() -> Guard {
        ALIVE.fetch_add(1, Relaxed);
        Guard
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Relaxed);
    }
}

#[gangplank::export]
pub fn alive() -> i64 {
    ALIVE.load(Relaxed)
}

/// What went wrong.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    #[error("no {what}")]
    Missing { what: String },
    #[error("the caller's context has ended")]
    Ended,
}

impl From<Cancelled> for TaskError {
    fn from(_: Cancelled) -> TaskError {
        TaskError::Ended
    }
}

/// A hit, with a name.
#[gangplank::record]
#[derive(Clone)]
pub struct Hit {
    pub path: String,
    pub line: u32,
    pub store: Option<Arc<Store>>,
}

#[gangplank::export]
pub async fn nothing() {}

#[gangplank::export]
pub async fn ready(n: u64) -> u64 {
    n + 1
}

#[gangplank::export]
pub fn same_but_sync(n: u64) -> u64 {
    n + 1
}

#[gangplank::export]
pub async fn ready_text(text: &str) -> String {
    text.to_uppercase()
}

#[gangplank::export]
pub async fn ready_error(what: &str) -> Result<u64, TaskError> {
    Err(TaskError::Missing { what: what.into() })
}

/// Through a task of tokio's and back.
#[gangplank::export]
pub async fn hop(n: u64) -> u64 {
    tokio::spawn(async move { n + 1 }).await.unwrap_or_default()
}

/// Everything that can be borrowed is, until after a hop.
#[gangplank::export]
pub async fn after(text: &str, bytes: &[u8], numbers: &[u32], hits: &[Hit], one: &Hit, store: &Store) -> String {
    let _guard = Guard::new();
    tokio::time::sleep(Duration::from_millis(1)).await;
    let sum: u32 = numbers.iter().sum();
    let paths: Vec<_> = hits.iter().map(|hit| hit.path.as_str()).collect();
    let text = format!("{text} {} {sum} {} {}:{}", bytes.len(), paths.join(","), one.path, one.line);
    format!("{text} {}", store.name)
}

/// Fails after a while.
#[gangplank::export]
pub async fn fail_later(what: String) -> Result<Vec<Hit>, TaskError> {
    let _guard = Guard::new();
    tokio::task::yield_now().await;
    Err(TaskError::Missing { what })
}

/// Panics at once, or after a while.
#[gangplank::export]
pub async fn panics(later: bool) -> u64 {
    let _guard = Guard::new();
    if later {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("as asked for")
}

#[gangplank::export]
pub async fn sleep(time: Duration) -> Duration {
    let _guard = Guard::new();
    let start = Instant::now();
    tokio::time::sleep(time).await;
    start.elapsed()
}

/// Waits for ever.
#[gangplank::export]
pub async fn never() {
    let _guard = Guard::new();
    std::future::pending::<()>().await;
}

/// Comes to `points` points at which it can be dropped, says so at each, and passes them.
#[gangplank::export]
pub async fn points(points: u32, at: Box<dyn Fn(u32) + Send + Sync>) -> u32 {
    let _guard = Guard::new();
    for point in 0..points {
        at(point);
        tokio::task::yield_now().await;
    }
    points
}

/// How much time the caller has.
#[gangplank::export]
pub async fn time_left(after: Duration) -> Option<Duration> {
    tokio::time::sleep(after).await;
    gangplank::task::deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()))
}

/// Makes an object, later.
#[gangplank::export]
pub async fn make(name: String, time: Duration) -> Hit {
    let store = Arc::new(Store::named(name));
    tokio::time::sleep(time).await;
    Hit { path: store.name.clone(), line: 1, store: Some(store) }
}

/// A function, later.
#[gangplank::export]
pub async fn adder(n: u64) -> Box<dyn Fn(u64) -> u64 + Send + Sync> {
    tokio::task::yield_now().await;
    let guard = Guard::new();
    Box::new(move |m| {
        let _ = &guard;
        n + m
    })
}

/// A value that is taken in turn.
#[gangplank::object]
pub struct Store {
    name: String,
    turn: Semaphore,
    turns: AtomicU64,
    _guard: Guard,
}

impl Store {
    fn named(name: String) -> Store {
        Store { name, turn: Semaphore::new(1), turns: AtomicU64::new(0), _guard: Guard::new() }
    }
}

#[gangplank::object]
impl Store {
    #[constructor]
    pub async fn open(name: &str) -> Result<Store, TaskError> {
        tokio::task::yield_now().await;
        if name.is_empty() {
            return Err(TaskError::Missing { what: "name".into() });
        }
        Ok(Store::named(name.into()))
    }

    pub async fn take_turn(&self, time: Duration) -> u64 {
        let _turn = self.turn.acquire().await;
        tokio::time::sleep(time).await;
        self.turns.fetch_add(1, Relaxed) + 1
    }

    pub async fn into_name(self) -> String {
        tokio::task::yield_now().await;
        self.name.clone()
    }

    pub fn name(&self) -> String {
        self.name.clone()
    }
}

/// Counts until the context ends.
#[gangplank::export]
pub fn count(cx: &Context, limit: u64) -> Result<u64, TaskError> {
    for n in 0..limit {
        cx.check()?;
        std::hint::black_box(n);
    }
    Ok(limit)
}

/// Counts until the context ends, and says how far it came.
#[gangplank::export]
pub fn count_on(limit: u64, cx: &Context) -> u64 {
    (0..limit).find(|_| cx.is_cancelled()).unwrap_or(limit)
}

/// Fails for a reason of its own.
#[gangplank::export]
pub fn look_once(cx: &Context, what: &str) -> Result<(), gangplank::Error> {
    let _ = cx.deadline();
    Err(gangplank::Error::new(what))
}

#[gangplank::export]
pub fn remaining(cx: &Context) -> Option<Duration> {
    cx.remaining()
}
