//! The simple designs of handle tables, to compare and, where they are enough, to use.
//!
//! Sean T. Allen's talk on cgo (2018) tells their story. The first is the "big old map": one map, one lock ([`BigMap`]). It is fine until
//! two threads want it at once. Then come N maps, and `key % N` chooses one ([`Modulo`]): fine until the keys have a common step.
//! Where the values have no key, [`Numbered`] joins either to a generator of [`keys`](super::keys), and with that one meets the
//! generator's lock. [`Table`](super::Table) and [`Keyed`](super::Keyed) are what is meant to be used instead.

mod big_map;
mod modulo;
mod numbered;

pub use big_map::BigMap;
pub use modulo::Modulo;
pub use numbered::Numbered;
