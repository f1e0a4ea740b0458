//! Iterators and streams whose items cross in batches (clause 12).
//!
//! | Rust | Go |
//! | --- | --- |
//! | an exported function returns `impl Iterator<Item = T> + Send` | `iter.Seq[T]` |
//! | .. `impl Iterator<Item = Result<T, E>> + Send` | `iter.Seq2[T, error]` |
//! | .. `impl Stream<Item = T> + Send`, `T` a `Result` or not | `ctx` first, `iter.Seq2[T, error]` |
//! | [`GoIter<T>`](crate::GoIter), [`GoStream<T>`](crate::GoStream) as an argument of an exported function, or as the result of an imported method | `iter.Seq[T]`; if `T` is a `Result`, `iter.Seq2[T, error]` |
//!
//! Boxes are the same: `Box<dyn Iterator<Item = T> + Send>`, `Pin<Box<dyn Stream<Item = T> + Send>>`.
//!
//! ```
//! /// The numbers below a limit.
//! #[gangplank::export]
//! pub fn below(limit: u64) -> impl Iterator<Item = u64> + Send {
//!     0..limit
//! }
//!
//! #[gangplank::export]
//! pub fn sum(numbers: gangplank::GoIter<u64>) -> u64 {
//!     numbers.sum()
//! }
//! ```
//!
//! | file | what |
//! | --- | --- |
//! | `item` | what an item may be, either way: a value, or a `Result` |
//! | `items`, `source` | a Rust iterator or stream, and how a batch of it is made |
//! | `given`, `given_stream` | the same as Go gets it: filed like a function |
//! | `wakeup`, `waits` | what wakes a goroutine that waits for a stream: a waker, or a shutdown |
//! | `go_iter`, `go_stream` | an iterator of Go, a stream of Go |
//! | `pulled` | what a pull of either brings |
//!
//! Whoever holds a sequence pulls it, one batch at a time. The other side keeps the iterator itself, and drops it when it has ended, when it is stopped,
//! or when the holder lets go. Nothing is made before the first pull. Errors and panics come in their place: what was made before them arrives first.

mod given;
#[cfg(feature = "stream")]
mod given_stream;
mod go_iter;
mod go_stream;
mod item;
mod items;
mod pulled;
mod source;
#[cfg(feature = "stream")]
mod waits;
#[cfg(feature = "stream")]
mod wakeup;

#[cfg(test)]
mod tests;

#[cfg(feature = "stream")]
pub use futures_core::Stream;
#[doc(hidden)]
pub use given::{Iterated, iterated, iterated_singly};
#[cfg(feature = "stream")]
#[doc(hidden)]
pub use given_stream::{Streamed, streamed, streamed_singly};
pub use go_iter::GoIter;
pub use go_stream::GoStream;
pub use item::{FromGoItem, ToGoItem};
#[cfg(feature = "stream")]
pub(crate) use waits::wake_all;

/// A batch is sent when its message has so many bytes.
const BATCH_BYTES: usize = 64 << 10;

/// The most items that a pull of Go's sequences asks for.
const BATCH_ITEMS: u32 = 1024;
