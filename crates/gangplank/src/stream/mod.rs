//! Sequences: iterators and streams whose items cross in batches (clause 12).
//!
//! | file | what |
//! | --- | --- |
//! | `item` | what an item may be, either way: a value, or a `Result` |
//! | `items`, `source` | a Rust iterator or stream, and how a batch of it is made |
//! | `given`, `given_stream` | the same as Go gets it: filed like a function |
//! | `wakeup` | what wakes a goroutine that waits for a stream |
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
mod wakeup;

pub use given::{Iterated, iterated};
#[cfg(feature = "stream")]
pub use given_stream::{Streamed, streamed};
pub use go_iter::GoIter;
pub use go_stream::GoStream;
pub use item::{FromGoItem, ToGoItem};

/// A batch is sent when its message has so many bytes.
const BATCH_BYTES: usize = 64 << 10;

/// The most items that a pull asks for.
const BATCH_ITEMS: u32 = 256;
