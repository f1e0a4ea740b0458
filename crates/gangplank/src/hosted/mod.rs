//! Hosted threads: Rust threads that Go made, in which a call of a Go function costs what a few plain calls do.
//!
//! A program that calls Go millions of times a second asks for a thread with [`spawn`]. Go starts a goroutine, locks it to its thread and enters the closure on the fast lane. In there
//! the methods of `#[gangplank::import(fast)]` traits are called without a crossing through cgo: some 6 ns instead of 34, and no wait for a place in Go's scheduler. That is the shape of an
//! engine with user code in Go: its worker threads are hosted threads.
//!
//! A hosted thread holds one of the `GOMAXPROCS` places of Go's scheduler while it computes, and a garbage collection waits for it. So there are three rules:
//!
//! - it calls Go or [`checkpoint`](crate::checkpoint) every few microseconds;
//! - it does not wait, sleep, read or write: [`blocking`] steps out for that, and [`park`], [`sleep`] and [`JoinHandle::join`] do so by themselves;
//! - there are at most `GOMAXPROCS` of them: [`spawn`] refuses more.
//!
//! `GANGPLANK_WATCH=20us` in the environment reports what breaks the first two. Where the fast lane is not sound (`GANGPLANK_LANE`, other platforms), hosted threads are ordinary threads of
//! Go that call it through cgo: the same results, cgo's price.
//!
//! ```no_run
//! use gangplank::hosted;
//!
//! #[gangplank::import(fast)]
//! trait Filter {
//!     fn keep(&self, item: u64) -> bool;
//! }
//!
//! let kept = hosted::spawn(|_| {
//!     let filter = gangplank::imported::<dyn Filter>()?;
//!     Ok::<_, gangplank::GoError>((0..1_000_000).filter(|&item| filter.keep(item)).count())
//! })?
//! .join()
//! .expect("it does not panic")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod handle;
mod scope;
mod start;
mod wait;

pub use error::{Panicked, SpawnError};
pub use handle::{Builder, Hosted, JoinHandle, spawn};
pub use scope::{Scope, ScopedJoinHandle, scope};
pub use start::{running, shutdown};
pub use wait::{blocking, park, park_timeout, sleep};
