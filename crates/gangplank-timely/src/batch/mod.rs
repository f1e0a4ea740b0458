//! What timely moves: a count, and a Go slice behind a handle.

mod bytes;
mod held;

use bytes::Arrived;
pub(crate) use held::{Held, release_all};
use std::sync::Arc;
use timely::Accountable;

/// Messages of a stream: the handle of a Go slice, or the bytes of one that came from another process. See the [crate] for who owns what.
#[derive(Clone, Debug, Default)]
pub struct GoBatch {
    /// What progress tracking counts.
    count: i64,
    pub(crate) data: Data,
}

/// What is in a batch.
#[derive(Clone, Debug, Default)]
pub(crate) enum Data {
    /// Nothing, though it counts.
    #[default]
    Empty,
    /// A slice of this process.
    Here(Arc<Held>),
    /// From another one, not read yet.
    Arrived(Arrived),
}

impl GoBatch {
    /// A slice that Go gave out.
    pub(crate) fn new(handle: u64, length: u64, node: u32) -> GoBatch {
        GoBatch { count: length as i64, data: Data::Here(Arc::new(Held::new(handle, node))) }
    }

    /// Bytes that Rust wrote: what `write` appends is a batch in the codec of what `node` sends.
    pub(crate) fn written(count: u64, node: u32, write: impl FnOnce(&mut Vec<u8>)) -> GoBatch {
        GoBatch { count: count as i64, data: Data::Arrived(Arrived::written(node, write)) }
    }

    /// One that only counts.
    pub(crate) fn counting(count: i64) -> GoBatch {
        GoBatch { count, data: Data::Empty }
    }
}

impl Accountable for GoBatch {
    fn record_count(&self) -> i64 {
        self.count
    }
}
