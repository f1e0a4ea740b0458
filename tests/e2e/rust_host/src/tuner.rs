//! What Go awaits in a program whose `main` is Rust's, and streams each way; what Go does with them is in go/radio.

use crate::HarbourError;
use gangplank::stream::Stream;
use gangplank::{GoError, GoStream};
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::task::{Context, Poll};

/// Futures and streams of Rust that are alive.
pub static ALIVE: AtomicI64 = AtomicI64::new(0);

struct Alive;

impl Alive {
    fn new() -> Alive {
        ALIVE.fetch_add(1, SeqCst);
        Alive
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, SeqCst);
    }
}

/// Asks a harbour by radio.
#[gangplank::export]
pub async fn ask_harbour(ship: String) -> Result<String, HarbourError> {
    let _alive = Alive::new();
    tokio::task::yield_now().await;
    Ok(format!("berth {}", crate::harbour::find_berth(&ship)?.number))
}

/// Searches for a station for ever.
#[gangplank::export]
pub async fn search(station: u32) -> u32 {
    let _alive = Alive::new();
    tokio::task::yield_now().await;
    std::future::pending::<()>().await;
    station
}

/// So many waves, and then silence for ever; `u64::MAX` waves never end.
#[gangplank::export]
pub fn waves(n: u64) -> impl Stream<Item = u64> + Send {
    Waves { next: 0, n, _alive: Alive::new() }
}

struct Waves {
    next: u64,
    n: u64,
    _alive: Alive,
}

impl Stream for Waves {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<u64>> {
        if self.next == self.n {
            return Poll::Pending;
        }
        self.next += 1;
        Poll::Ready(Some(self.next - 1))
    }
}

/// Implemented in go/radio: each of its methods awaits Rust.
#[gangplank::import]
pub trait Tuner {
    /// What `ask_harbour` says.
    async fn berth(&self, ship: &str) -> Result<String, CallError>;
    /// What `search` says.
    async fn find(&self, station: u32) -> Result<u32, GoError>;
    /// The sum of the first waves; all of them if there are fewer, and then it waits.
    async fn surf(&self, waves: u64, n: u64) -> Result<u64, GoError>;
    /// Numbers, and then silence until nobody listens.
    fn signals(&self, n: u64) -> GoStream<Result<u64, GoError>>;
    /// How many sequences of signals run.
    fn sending(&self) -> u32;
}

/// Why a harbour gives no berth.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The harbour said so.
    #[error("the harbour: {0}")]
    Refused(HarbourError),
    /// Something else.
    #[error(transparent)]
    Go(#[from] GoError),
}
