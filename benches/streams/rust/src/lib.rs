//! Iterators and streams of small items, both ways, and the plain way: a call for each; async functions.

mod waiting;

use gangplank::stream::Stream;
use gangplank::{GoIter, GoStream};
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

/// A small item with a string.
#[gangplank::record]
pub struct Row {
    /// 16 bytes.
    pub name: String,
    /// A number.
    pub line: u32,
}

fn row(line: u64) -> Row {
    Row { name: "sixteen bytes ..".to_owned(), line: line as u32 }
}

/// Numbers.
#[gangplank::export]
pub fn numbers(n: u64) -> impl Iterator<Item = u64> + Send {
    0..n
}

/// Rows.
#[gangplank::export]
pub fn rows(n: u64) -> impl Iterator<Item = Row> + Send {
    (0..n).map(row)
}

struct Ready(std::ops::Range<u64>);

impl Stream for Ready {
    type Item = u64;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        Poll::Ready(self.0.next())
    }
}

/// Numbers, as a stream that has them all.
#[gangplank::export]
pub fn number_stream(n: u64) -> impl Stream<Item = u64> + Send {
    Ready(0..n)
}

/// The plain way: a call for each item.
#[gangplank::object]
#[derive(Default)]
pub struct Counter(AtomicU64);

#[gangplank::object]
impl Counter {
    /// Begins at 0.
    #[constructor]
    pub fn new() -> Counter {
        Counter::default()
    }

    /// The next item.
    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Relaxed)
    }

    /// The next row.
    pub fn next_row(&self) -> Row {
        row(self.next())
    }
}

/// Adds up numbers of Go.
#[gangplank::export]
pub fn sum(numbers: GoIter<u64>) -> u64 {
    numbers.sum()
}

/// Adds up rows of Go.
#[gangplank::export]
pub fn sum_rows(rows: GoIter<Row>) -> u64 {
    rows.map(total).sum()
}

/// Adds up numbers of Go that come as a stream, on this thread.
#[gangplank::export]
pub fn sum_stream(numbers: GoStream<u64>) -> u64 {
    struct Unpark(thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let mut numbers = numbers;
    let mut all = pin!(async move {
        let mut sum = 0;
        while let Some(number) = numbers.next().await {
            sum += number;
        }
        sum
    });
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match all.as_mut().poll(&mut cx) {
            Poll::Ready(sum) => return sum,
            Poll::Pending => thread::park(),
        }
    }
}

/// The plain way: a call for each item.
#[gangplank::export]
pub fn sum_calls(n: u64, next: &dyn Fn() -> u64) -> u64 {
    (0..n).map(|_| next()).sum()
}

/// The plain way: a call for each row.
#[gangplank::export]
pub fn sum_row_calls(n: u64, next: &dyn Fn() -> Row) -> u64 {
    (0..n).map(|_| total(next())).sum()
}

fn total(row: Row) -> u64 {
    u64::from(row.line) + row.name.len() as u64
}
