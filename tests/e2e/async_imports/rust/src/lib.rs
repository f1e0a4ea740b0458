//! Rust awaits Go.

mod executor;

use executor::{block_on, poll_at_most, run};
use gangplank::GoError;
use gangplank::task::Calling;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub url: String,
    pub parts: Vec<u32>,
    pub note: Option<String>,
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("no page at {url}")]
    NotFound { url: String },
    #[error(transparent)]
    Go(#[from] GoError),
}

/// Lives in Rust.
#[gangplank::object]
pub struct Counter(AtomicU64);

#[gangplank::object]
impl Counter {
    #[constructor]
    pub fn new() -> Counter {
        Counter(AtomicU64::new(0))
    }

    pub fn add(&self, n: u64) -> u64 {
        self.0.fetch_add(n, Ordering::Relaxed) + n
    }
}

#[gangplank::import]
pub trait Fetcher {
    async fn nothing(&self);
    async fn add(&self, a: u64, b: i32) -> u64;
    async fn echo(&self, text: &str) -> String;
    async fn bytes(&self, data: &[u8], more: Vec<u8>) -> Result<Vec<u8>, GoError>;
    async fn numbers(&self, numbers: &[u64]) -> Vec<u64>;
    /// Nine arguments, most of them spans: a frame that is long.
    async fn long(&self, a: &str, b: &str, c: &[u16], d: &str, e: u8, f: &str, g: &[u8], h: &Page, i: &str) -> String;
    async fn page(&self, page: &Page, extra: Option<u32>) -> Result<Page, FetchError>;
    /// Panics, exits or returns an error of this kind.
    async fn fail(&self, how: &str) -> Result<u64, FetchError>;
    /// The same without an error to return.
    async fn must(&self, how: &str) -> u64;
    /// Waits until its context ends, or for the release of this id.
    async fn wait(&self, id: u64) -> Result<String, GoError>;
    /// The same, and then returns a function whatever happened.
    async fn wait_and_make(&self, id: u64) -> Result<Box<dyn Fn(u64) -> u64 + Send + Sync>, GoError>;
    async fn call(&self, f: Box<dyn Fn(u64) -> u64 + Send + Sync>, x: u64) -> Result<u64, GoError>;
    async fn count(&self, counter: std::sync::Arc<Counter>, n: u64) -> u64;
    async fn make(&self, factor: u64) -> Result<Box<dyn Fn(u64) -> u64 + Send + Sync>, GoError>;
    /// How many milliseconds the context has.
    async fn left(&self) -> Option<u64>;
    /// Ignores its context, for so long.
    async fn deaf(&self, milliseconds: u64) -> Result<u64, GoError>;
    /// Calls Rust, which awaits this again, until the depth is 0.
    async fn down(&self, depth: u32) -> u32;
    #[import(nonblocking)]
    async fn quick(&self, x: u64) -> u64;
    #[import(nonblocking)]
    async fn quick_text(&self, text: &str) -> Result<String, GoError>;
    fn plain(&self, x: u64) -> u64;
}

fn go() -> gangplank::Imported<dyn Fetcher> {
    gangplank::imported::<dyn Fetcher>().expect("Go is there")
}

/// Calls every method and says what came back.
#[gangplank::export]
pub fn transcript(text: &str) -> Result<Vec<String>, FetchError> {
    let go = go();
    block_on(async {
        let mut said = Vec::new();
        go.nothing().await;
        said.push(format!("{} {}", go.add(7, -2).await, go.add(u64::MAX, 1).await));
        said.push(go.echo(text).await);
        said.push(go.echo("").await);
        said.push(format!("{:?}", go.bytes(text.as_bytes(), vec![1, 2, 3]).await?.len()));
        said.push(format!("{:?} {:?}", go.numbers(&[1, 2, u64::MAX]).await, go.numbers(&[]).await));
        let page = Page { url: text.into(), parts: vec![1, 2, 3], note: Some("a note".into()) };
        said.push(go.long("a", "", &[1, 2, 3], text, 5, "f", &[7; 9], &page, "i").await);
        let back = go.page(&page, Some(4)).await?;
        said.push(format!("{:?}", back));
        said.push(match go.page(&Page { url: String::new(), ..page.clone() }, None).await {
            Err(FetchError::NotFound { url }) => format!("not found {url:?}"),
            other => format!("{other:?}"),
        });
        let factor = go.add(1, 2).await;
        said.push(go.call(Box::new(move |x| x * factor), 14).await?.to_string());
        let triple = go.make(3).await?;
        said.push(triple(5).to_string());
        let counter = std::sync::Arc::new(Counter::new());
        said.push(format!("{} {}", go.count(counter.clone(), 2).await, counter.add(1)));
        said.push(format!("{} {}", go.quick(1).await, go.quick_text(text).await?));
        said.push(go.plain(1).to_string());
        Ok(said)
    })
}

fn describe(error: &GoError) -> String {
    let stack = error.stack().map_or("no stack", |s| if s.contains("Fail") || s.contains("Must") { "stack" } else { s });
    format!("{:?}: {}: {}", error.kind(), error.message(), stack)
}

/// What a call that fails so looks like.
#[gangplank::export]
pub fn failure(how: &str) -> String {
    match block_on(go().fail(how)) {
        Ok(v) => format!("ok {v}"),
        Err(FetchError::NotFound { url }) => format!("not found: {url}"),
        Err(FetchError::Go(error)) => describe(&error),
    }
}

/// The Go error of the call, which goes back.
#[gangplank::export]
pub fn failure_back(how: &str) -> Result<u64, GoError> {
    block_on(go().fail(how)).map_err(|error| match error {
        FetchError::Go(error) => error,
        other => GoError::new(other.to_string()),
    })
}

/// Panics where Go fails.
#[gangplank::export]
pub fn must(how: &str) -> u64 {
    block_on(go().must(how))
}

/// Only makes the future.
#[gangplank::export]
pub fn make_and_drop(n: u32) {
    for _ in 0..n {
        drop(go().wait(1));
        drop(go().call(Box::new(|x| x), 1));
        drop(go().long("a", "b", &[1], "d", 1, "f", &[], &Page { url: String::new(), parts: vec![], note: None }, "i"));
    }
}

/// Polls once, and drops the future after so long.
#[gangplank::export]
pub fn poll_and_drop(id: u64, milliseconds: u64) -> bool {
    let waits = poll_at_most(1, Box::pin(go().wait(id))).is_none();
    std::thread::sleep(Duration::from_millis(milliseconds));
    waits
}

/// The same with a result that has to be released.
#[gangplank::export]
pub fn poll_and_drop_maker(id: u64) -> bool {
    poll_at_most(1, Box::pin(go().wait_and_make(id))).is_none()
}

/// Awaits until Go releases the id.
#[gangplank::export]
pub fn wait(id: u64) -> Result<String, GoError> {
    block_on(go().wait(id))
}

/// Awaits for at most so long: Go knows the deadline.
#[gangplank::export]
pub fn wait_within(id: u64, time: Duration) -> Result<String, GoError> {
    block_on(go().wait(id).within(time))
}

/// Awaits what ignores its context. Says what came, and after how many milliseconds.
#[gangplank::export]
pub fn deaf_within(milliseconds: u64, time: Duration) -> (String, u64) {
    let start = Instant::now();
    let said = match block_on(go().deaf(milliseconds).within(time)) {
        Ok(v) => format!("ok {v}"),
        Err(error) => error.message().to_owned(),
    };
    (said, start.elapsed().as_millis() as u64)
}

/// How much time Go has, with two deadlines and without.
#[gangplank::export]
pub fn left(first: Duration, second: Duration) -> (Option<u64>, Option<u64>) {
    block_on(async { (go().left().within(first).within(second).await, go().left().await) })
}

/// Goes down and up again.
#[gangplank::export]
pub fn down(depth: u32) -> u32 {
    if depth == 0 { 0 } else { block_on(go().down(depth)) + 1 }
}

/// Goes down many times at once.
#[gangplank::export]
pub fn many_down(n: u32, depth: u32) -> u32 {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime");
    runtime.block_on(async {
        let tasks: Vec<_> = (0..n).map(|_| tokio::spawn(async move { go().down(depth).await })).collect();
        let mut sum = 0;
        for task in tasks {
            sum += task.await.expect("it does not panic");
        }
        sum
    })
}

/// So many calls at once, on this runtime of our own, `rounds` times. The sum of what came back.
#[gangplank::export]
pub fn concurrent(n: u32, rounds: u32) -> u64 {
    let all: Vec<Pin<Box<dyn Future<Output = u64> + Send>>> = (0..n)
        .map(|i| -> Pin<Box<dyn Future<Output = u64> + Send>> {
            Box::pin(async move {
                let go = go();
                let mut sum = 0;
                for round in 0..rounds {
                    let text = format!("{i} {round}");
                    assert_eq!(go.echo(&text).await, text);
                    sum += go.add(u64::from(i), round as i32).await;
                }
                sum
            })
        })
        .collect();
    run(all).into_iter().sum()
}

/// The same with tokio's threads, where calls go from thread to thread.
#[gangplank::export]
pub fn concurrent_tokio(n: u32, rounds: u32, threads: u32) -> u64 {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(threads as usize).enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let tasks: Vec<_> = (0..n)
            .map(|i| {
                tokio::spawn(async move {
                    let go = go();
                    let mut sum = 0;
                    for round in 0..rounds {
                        let text = format!("{i} {round}");
                        assert_eq!(go.echo(&text).await, text);
                        sum += go.add(u64::from(i), round as i32).await;
                    }
                    sum
                })
            })
            .collect();
        let mut sum = 0;
        for task in tasks {
            sum += task.await.expect("it does not panic");
        }
        sum
    })
}

/// Says how many calls may wait for Go when another one is posted.
#[gangplank::export]
pub fn set_post_limit(calls: u32) {
    gangplank::task::set_post_limit(calls as usize);
}

/// Makes a kind of call so often, 16 at a time.
#[gangplank::export]
pub fn repeat(kind: &str, times: u32) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let tasks: Vec<_> = (0..16).map(|_| tokio::spawn(repeat_one(kind.to_owned(), times / 16 + 1))).collect();
        for task in tasks {
            task.await.expect("it does not panic");
        }
    });
}

async fn repeat_one(kind: String, times: u32) {
    let go = go();
    let long = "long text ".repeat(200);
    let page = Page { url: "a url".into(), parts: vec![1, 2, 3], note: None };
    for i in 0..u64::from(times) {
        match &kind[..] {
            "number" => assert_eq!(go.add(i, 1).await, i + 1),
            "text" => assert_eq!(go.echo("a text").await, "a text"),
            "long text" => assert_eq!(go.echo(&long).await, long),
            "record" => assert_eq!(go.page(&page, None).await.expect("it is there"), page),
            "error" => assert!(go.fail("error").await.is_err()),
            "function" => assert_eq!(go.make(2).await.expect("it makes one")(i), 2 * i),
            "at once" => assert_eq!(go.quick(i).await, go.quick(i).await),
            "given up" => {
                let time = Duration::from_micros(i % 100);
                assert!(tokio::time::timeout(time, go.wait(u64::MAX)).await.is_err());
            }
            other => unreachable!("{other}"),
        }
    }
}

/// Starts so many calls that wait and gives each up after a while, while others go on.
#[gangplank::export]
pub fn storm(n: u32) -> u32 {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let tasks: Vec<_> = (0..n)
            .map(|i| {
                tokio::spawn(async move {
                    let time = Duration::from_micros(u64::from(i % 300));
                    match i % 3 {
                        0 => u32::from(tokio::time::timeout(time, go().wait(u64::MAX)).await.is_err()),
                        1 => u32::from(tokio::time::timeout(time, go().wait_and_make(u64::MAX)).await.is_err()),
                        _ => u32::from(go().wait(u64::MAX).within(time).await.is_err()),
                    }
                })
            })
            .collect();
        let mut given_up = 0;
        for task in tasks {
            given_up += task.await.expect("it does not panic");
        }
        given_up
    })
}

/// A future with several calls in it, dropped after the n-th poll. Says whether it was done by then.
#[gangplank::export]
pub fn cancel_after(polls: u32) -> Option<u64> {
    let future = Box::pin(async {
        let go = go();
        let mut sum = go.add(1, 1).await;
        let f = go.make(2).await.expect("it makes one");
        sum += f(sum);
        sum += go.call(Box::new(move |x| x + sum), 1).await.expect("it calls");
        let page = Page { url: "x".into(), parts: vec![1; 100], note: None };
        sum += go.page(&page, None).await.expect("a page").parts.len() as u64;
        sum += go.quick(1).await;
        sum + go.echo(&"long ".repeat(1000)).await.len() as u64
    });
    poll_at_most(polls, future)
}

/// A mock in Rust goes before Go.
#[gangplank::export]
pub fn mocked() -> u64 {
    struct Mock;
    macro_rules! none {
        ($($name:ident($($arg:ident: $ty:ty),*) -> $r:ty;)*) => {
            $(fn $name(&self, $($arg: $ty),*) -> Calling<'_, $r> { $(let _ = $arg;)* Calling::new(async { unreachable!() }) })*
        };
    }
    impl Fetcher for Mock {
        fn add(&self, a: u64, b: i32) -> Calling<'_, u64> {
            Calling::new(async move { a + b as u64 + 100 })
        }
        fn plain(&self, x: u64) -> u64 {
            x
        }
        none! {
            nothing() -> ();
            echo(text: &str) -> String;
            bytes(data: &[u8], more: Vec<u8>) -> Result<Vec<u8>, GoError>;
            numbers(numbers: &[u64]) -> Vec<u64>;
            long(a: &str, b: &str, c: &[u16], d: &str, e: u8, f: &str, g: &[u8], h: &Page, i: &str) -> String;
            page(page: &Page, extra: Option<u32>) -> Result<Page, FetchError>;
            fail(how: &str) -> Result<u64, FetchError>;
            must(how: &str) -> u64;
            wait(id: u64) -> Result<String, GoError>;
            wait_and_make(id: u64) -> Result<Box<dyn Fn(u64) -> u64 + Send + Sync>, GoError>;
            call(f: Box<dyn Fn(u64) -> u64 + Send + Sync>, x: u64) -> Result<u64, GoError>;
            count(counter: std::sync::Arc<Counter>, n: u64) -> u64;
            make(factor: u64) -> Result<Box<dyn Fn(u64) -> u64 + Send + Sync>, GoError>;
            left() -> Option<u64>;
            deaf(milliseconds: u64) -> Result<u64, GoError>;
            down(depth: u32) -> u32;
            quick(x: u64) -> u64;
            quick_text(text: &str) -> Result<String, GoError>;
        }
    }
    let mock: gangplank::GoRef<dyn Fetcher> = (std::sync::Arc::new(Mock) as std::sync::Arc<dyn Fetcher>).into();
    block_on(mock.add(1, 2))
}

/// Calls an implementation that Go gives.
#[gangplank::export]
pub fn given(fetcher: gangplank::GoRef<dyn Fetcher>) -> u64 {
    // The future keeps the value.
    let future = {
        let fetcher = fetcher;
        let calling: Pin<Box<dyn Future<Output = u64> + Send>> = Box::pin(async move { fetcher.add(1, 1).await });
        calling
    };
    block_on(future)
}
