//! Streams that cross: of Rust in Go's loops, of Go in Rust's tasks; ready and late, with errors, panics, deadlines and early ends.

use gangplank::stream::Stream;
use gangplank::{GoError, GoIter, GoStream};
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;
use tokio::time::Sleep;

/// A row of a result.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: u64,
    pub name: String,
}

/// Why a row fails.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    #[error("row {at} is odd")]
    Odd { at: u64 },
    #[error("go: {0}")]
    Go(#[from] GoError),
}

static ALIVE: AtomicI64 = AtomicI64::new(0);
static POLLS: AtomicU64 = AtomicU64::new(0);

/// How many streams of Rust are alive.
#[gangplank::export]
pub fn alive() -> i64 {
    ALIVE.load(SeqCst)
}

/// How often they were polled since the last call.
#[gangplank::export]
pub fn polls() -> u64 {
    POLLS.swap(0, SeqCst)
}

/// A stream of a function that is polled.
struct Polled<F>(F);

impl<T, F: FnMut(&mut Context<'_>) -> Poll<Option<T>>> Polled<F> {
    fn new(poll: F) -> Self {
        ALIVE.fetch_add(1, SeqCst);
        Polled(poll)
    }
}

impl<F> Drop for Polled<F> {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, SeqCst);
    }
}

impl<T, F: FnMut(&mut Context<'_>) -> Poll<Option<T>> + Unpin> Stream for Polled<F> {
    type Item = T;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        POLLS.fetch_add(1, SeqCst);
        (self.0)(cx)
    }
}

/// Numbers that are there.
#[gangplank::export]
pub fn numbers(limit: u64) -> impl Stream<Item = u64> + Send {
    let mut range = 0..limit;
    Polled::new(move |_| Poll::Ready(range.next()))
}

/// Rows, each after a sleep on tokio's clock.
#[gangplank::export]
pub fn ticks(n: u64, micros: u64) -> impl Stream<Item = Result<Row, RowError>> + Send {
    let mut next = 0;
    let mut sleep: Option<Pin<Box<Sleep>>> = None;
    Polled::new(move |cx| {
        if next == n {
            return Poll::Ready(None);
        }
        let sleeping =
            sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(Duration::from_micros(micros))));
        if sleeping.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        sleep = None;
        let at = next;
        next += 1;
        Poll::Ready(Some(if at % 5 == 4 {
            Err(RowError::Odd { at })
        } else {
            Ok(Row { id: at, name: format!("row {at}") })
        }))
    })
}

/// Numbers of which each is pending so often before it is there; its waker is called as `how` says.
#[gangplank::export]
pub fn stubborn(n: u64, times: u32, how: u32) -> Pin<Box<dyn Stream<Item = u64> + Send>> {
    let (mut next, mut left) = (0, times);
    Box::pin(Polled::new(move |cx: &mut Context<'_>| {
        if next == n {
            return Poll::Ready(None);
        }
        if left > 0 {
            left -= 1;
            let waker = cx.waker().clone();
            match how {
                // While it is polled.
                0 => waker.wake(),
                // By another thread.
                1 => drop(thread::spawn(move || waker.wake())),
                // Often.
                2 => drop(thread::spawn(move || (0..5).for_each(|_| waker.wake_by_ref()))),
                // Never: it is dropped.
                _ => drop(thread::spawn(move || drop(waker))),
            }
            return Poll::Pending;
        }
        left = times;
        next += 1;
        Poll::Ready(Some(next - 1))
    }))
}

/// Never has an item. Its wakers are kept until it is dropped, or for ever.
#[gangplank::export]
pub fn never() -> impl Stream<Item = u64> + Send {
    let mut wakers = Vec::new();
    Polled::new(move |cx| {
        wakers.push(cx.waker().clone());
        Poll::Pending
    })
}

/// Some numbers, and then a panic.
#[gangplank::export]
pub fn panics_behind(n: u64) -> impl Stream<Item = u64> + Send {
    let mut next = 0;
    Polled::new(move |_| {
        if next == n {
            panic!("no item {n}");
        }
        next += 1;
        Poll::Ready(Some(next - 1))
    })
}

/// Waits, and then gives a stream or an error.
#[gangplank::export]
pub async fn query(
    fails: bool,
    n: u64,
) -> Result<impl Stream<Item = Result<Row, RowError>> + Send, RowError> {
    tokio::time::sleep(Duration::from_millis(1)).await;
    if fails { Err(RowError::Odd { at: 1 }) } else { Ok(ticks(n, 10)) }
}

/// Is in Rust.
#[gangplank::object]
pub struct Table {
    rows: Arc<Vec<Row>>,
}

#[gangplank::object]
impl Table {
    #[constructor]
    pub fn new(n: u64) -> Table {
        Table { rows: Arc::new((0..n).map(|id| Row { id, name: id.to_string() }).collect()) }
    }

    /// All rows from one on.
    pub fn rows(&self, from: u64) -> impl Stream<Item = Row> + Send + 'static {
        let rows = self.rows.clone();
        let mut at = from as usize;
        Polled::new(move |_| {
            at += 1;
            Poll::Ready(rows.get(at - 1).cloned())
        })
    }
}

/// What Go gives, given back.
#[gangplank::export]
pub fn pass(rows: GoStream<Result<Row, RowError>>) -> impl Stream<Item = Result<Row, RowError>> + Send {
    let mut rows = rows;
    Polled::new(move |cx| rows.poll_item(cx))
}

/// Adds up on tokio.
#[gangplank::export]
pub async fn sum(items: GoStream<u64>) -> u64 {
    let (mut items, mut sum) = (items, 0);
    while let Some(item) = items.next().await {
        sum += item;
    }
    sum
}

/// Adds up on this thread, without a runtime.
#[gangplank::export]
pub fn sum_alone(items: GoStream<u64>) -> u64 {
    block_on(sum_all(items))
}

async fn sum_all(mut items: GoStream<u64>) -> u64 {
    let mut sum = 0;
    while let Some(item) = items.next().await {
        sum += item;
    }
    sum
}

/// The first items, and drops the rest.
#[gangplank::export]
pub async fn first(items: GoStream<u64>, n: u32, unbuffered: bool) -> Vec<u64> {
    let mut items = if unbuffered { items.unbuffered() } else { items };
    let mut taken = Vec::new();
    for _ in 0..n {
        match items.next().await {
            Some(item) => taken.push(item),
            None => break,
        }
    }
    taken
}

/// What became of each item.
#[gangplank::export]
pub async fn describe(items: GoStream<Result<u64, GoError>>) -> Vec<String> {
    let (mut items, mut told) = (items, Vec::new());
    while let Some(item) = items.next().await {
        told.push(item.map_or_else(|error| format!("{:?}: {error}", error.kind()), |n| n.to_string()));
    }
    told
}

/// What became of each text.
#[gangplank::export]
pub async fn texts(items: GoStream<Result<String, GoError>>) -> Vec<String> {
    let (mut items, mut told) = (items, Vec::new());
    while let Some(item) = items.next().await {
        told.push(item.unwrap_or_else(|error| format!("{:?}", error.kind())));
    }
    told
}

/// Numbers, one at a time.
#[gangplank::export(unbuffered)]
pub fn singly(limit: u64) -> impl Stream<Item = u64> + Send {
    let mut range = 0..limit;
    Polled::new(move |_| Poll::Ready(range.next()))
}

/// The one thread of a runtime waits for an item that Go gives when another task of that runtime has called `meanwhile`.
#[gangplank::export]
pub fn wait_on_a_worker(items: GoIter<u64>, meanwhile: Box<dyn Fn() + Send + Sync>) -> Option<u64> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().expect("a runtime");
    let mut items = items;
    let waits = runtime.spawn(async move { items.next() });
    runtime.spawn(async move { meanwhile() });
    runtime.block_on(waits).expect("it does not panic")
}

/// The same with a method that blocks.
#[gangplank::export]
pub fn hold_on_a_worker(meanwhile: Box<dyn Fn() + Send + Sync>) -> u64 {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().expect("a runtime");
    let holds = runtime.spawn(async { gangplank::imported::<dyn Source>().unwrap().hold(7) });
    runtime.spawn(async move { meanwhile() });
    runtime.block_on(holds).expect("it does not panic")
}

/// The first item, or why there is none.
#[gangplank::export]
pub async fn first_or_error(items: GoStream<Result<u64, GoError>>) -> Result<u64, GoError> {
    let mut items = items;
    items.next().await.unwrap_or_else(|| Err(GoError::new("no item")))
}

/// The same on this thread, which waits in Go.
#[gangplank::export]
pub fn first_or_error_here(items: GoIter<Result<u64, GoError>>) -> Result<u64, GoError> {
    let mut items = items;
    items.next().unwrap_or_else(|| Err(GoError::new("no item")))
}

/// Polls so often, and then drops it.
#[gangplank::export]
pub fn drop_after(items: GoStream<u64>, polls: u32) -> u32 {
    let mut items = items;
    let mut cx = Context::from_waker(Waker::noop());
    (0..polls).filter(|_| items.poll_item(&mut cx).is_ready()).count() as u32
}

/// An item with each pause, from a task of its own.
#[gangplank::export]
pub async fn eat_slowly(items: GoStream<Vec<u8>>, micros: u64) -> u64 {
    let (mut items, mut bytes) = (items, 0);
    while let Some(item) = items.next().await {
        tokio::time::sleep(Duration::from_micros(micros)).await;
        bytes += item.len() as u64;
    }
    bytes
}

/// Is in Go.
#[gangplank::import]
pub trait Source {
    fn rows(&self, n: u64) -> Result<GoStream<Result<Row, GoError>>, GoError>;
    fn numbers(&self, n: u64) -> GoStream<u64>;
    /// Waits until Go says so.
    #[import(blocking)]
    fn hold(&self, n: u64) -> u64;
}

/// Asks the source.
#[gangplank::export]
pub async fn ask(n: u64) -> Result<u64, GoError> {
    let source = gangplank::imported::<dyn Source>().map_err(|_| GoError::new("no source"))?;
    let mut rows = source.rows(n)?;
    let mut sum = 0;
    while let Some(row) = rows.next().await {
        sum += row?.id;
    }
    Ok(sum)
}

/// The source's numbers, on many tasks at once, of which some stop early.
#[gangplank::export]
pub async fn hammer(tasks: u32, n: u64) -> u64 {
    let one = move |at: u32| async move {
        let mut numbers = gangplank::imported::<dyn Source>().unwrap().numbers(n);
        let (mut sum, mut left) = (0, if at % 2 == 0 { n } else { 10 });
        while left > 0 {
            left -= 1;
            sum += numbers.next().await.unwrap_or(0);
        }
        sum
    };
    let running: Vec<_> = (0..tasks).map(|at| tokio::spawn(one(at))).collect();
    let mut sum = 0;
    for task in running {
        sum += task.await.unwrap();
    }
    sum
}

/// Runs a future on this thread.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

static KEPT: Mutex<Vec<GoStream<u64>>> = Mutex::new(Vec::new());

/// Polls once, keeps it, and drops it with the next call.
#[gangplank::export]
pub fn keep(items: Option<u64>) -> u64 {
    let mut kept = KEPT.lock().unwrap();
    if let Some(n) = items {
        let mut items = gangplank::imported::<dyn Source>().unwrap().numbers(n);
        let _ = items.poll_item(&mut Context::from_waker(Waker::noop()));
        kept.push(items);
        return kept.len() as u64;
    }
    std::mem::take(&mut *kept).len() as u64
}
