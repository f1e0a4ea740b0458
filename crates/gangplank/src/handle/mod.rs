//! Tables that keep Rust values for other languages.
//!
//! Foreign code may not hold Rust references, so it holds numbers, and something in Rust must find the value behind a number. A
//! [`Table`] does that: [`insert`](Table::insert) files a value and gives a 64-bit [`Handle`], [`get`](Table::get) finds the
//! value again without a lock, [`delete`](Table::delete) ends the handle. A handle that was deleted, that is another table's
//! or that was made up is an error, never a crash and never another value. The Go package `gangplank.dev/go/handle` is the
//! twin of this module.
//!
//! A table is for values that have no number of their own. For values that bring a key (an id, a connection number, an address)
//! there is [`Keyed`]. The modules [`plain`] and [`keys`] hold the simpler designs that these are measured against.
//!
//! # Examples
//! ```
//! use gangplank::handle::Table;
//!
//! let table = Table::new();
//! let handle = table.insert(String::from("kept"));
//! assert_eq!(*table.get(handle)?, "kept");
//! assert_eq!(table.take(handle)?, "kept");
//! assert!(table.get(handle).unwrap_err().is_stale());
//! # Ok::<(), gangplank::handle::Error>(())
//! ```
//!
//! # Protocol
//!
//! The parties are threads that insert, read and delete. They meet in slots. A slot is a state word and a value. The word holds
//! a generation, a phase and a count of *pins*, which are the [`Ref`]s that are out.
//!
//! | phase | pins | who owns the value |
//! | --- | --- | --- |
//! | free | 0 | there is none; the generation is the last one issued, 0 if none was |
//! | reserved | 0 | the one thread whose compare-and-swap made the slot so |
//! | live | any | the table; who has pinned it may read it |
//! | closing | over 0 | those who have pinned it; the last of them becomes the owner |
//! | closing | 0 | the thread that took the last pin away |
//!
//! ```text
//! free(g) ──CAS, insert──▶ reserved(g+1) ──store, insert──▶ live(g+1)
//! live(g, n) ──CAS, get──▶ live(g, n+1)              live(g, n) ──sub, Ref::drop──▶ live(g, n-1)
//! live(g, 0) ──CAS, delete or take──▶ reserved(g) ──store──▶ free(g)
//! live(g, 0) ──CAS, hold──▶ reserved(g) ──store, left there after all──▶ live(g)
//! live(g, n) ──CAS, delete──▶ closing(g, n) ──sub, Ref::drop──▶ closing(g, n-1)
//! closing(g, 0) ──store, the last Ref::drop──▶ free(g)
//! ```
//!
//! A pin is taken by a compare-and-swap that also checks phase and generation, so it is never taken on another generation's
//! value, and a value is never dropped or moved while there is a pin. Generations of a slot only rise; a slot whose generations are
//! used up stays free and is never claimed again: it is retired.
//!
//! Orderings. The store that makes a slot live releases the value; the compare-and-swap that pins it acquires it. Taking a pin
//! away releases what the reader did; who then becomes the owner (the deleter by its compare-and-swap, the last reader by a fence)
//! acquires it, also from the readers before the last, because all changes between are read-modify-writes on the same word. The
//! store that frees a slot releases the end of the value; the compare-and-swap that claims it acquires that.
//!
//! Slots lie in segments, which never move and are freed with the table. A shard has up to 16 segments, each twice as large as
//! the one before. The directory has a fixed length. An entry goes from null to its segment once, with release; readers acquire.
//!
//! An insert needs a free slot and has a cursor per shard to find one: it tries the slot under the cursor and moves the cursor
//! only if that slot is taken. There is no list of free slots, so a delete touches no word but the slot's own. Threads take shards
//! in turn. Who finds no free slot nearby looks at random places, then counts, under the shard's lock, and adds a segment if fewer
//! than one slot in eight is free (see `search.rs`).
//!
//! The protocol is modelled in `tests/model.rs` with loom.

pub mod keys;
pub mod plain;

mod bits;
mod directory;
mod error;
mod index;
mod keeper;
mod keyed;
mod leak;
mod lineage;
mod map;
mod no_leaks;
mod range;
mod reference;
mod scatter;
mod search;
mod shard;
mod slot;
mod state;
pub(crate) mod sync;
mod table;
#[cfg(test)]
mod tests;

pub use bits::Handle;
pub use error::Error;
pub use keeper::Keeper;
pub use keyed::{Keyed, KeyedRef};
pub use leak::{Leak, leaks, track_leaks};
pub use map::Map;
pub use no_leaks::NoLeaks;
pub use range::Range;
pub use reference::Ref;
pub use scatter::{Scatter, scatter};
pub(crate) use table::Holding;
pub use table::Table;
