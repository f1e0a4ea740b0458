//! Numbers for values that have none, and a measure of how well a function spreads keys over shards.
//!
//! A table is as fast as what makes its keys. A counter under a lock ([`Locked`]) is what one writes first, and soon all wait for it. An
//! atomic counter ([`Atomic`]) does not wait, but its cache line goes from processor to processor with every key. Blocks of
//! keys ([`Blocks`]) go to the shared counter once in a thousand. The cheapest key is the one that the value already has;
//! then the question is how it is spread: see [`skew`]. (A [`Table`](super::Table) needs no generator: the slot is the key.)

mod atomic;
mod blocks;
mod locked;
mod skew;

pub use atomic::Atomic;
pub use blocks::Blocks;
pub use locked::Locked;
pub use skew::{skew, stride};

/// Makes keys. No key comes twice, none is zero.
pub trait Generator {
    /// The next key.
    fn next_key(&self) -> u64;
}
