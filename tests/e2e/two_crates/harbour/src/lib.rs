//! A crate with names that the other one has, too: a record `Berth`, a function `name`.

use std::sync::atomic::{AtomicU64, Ordering};

/// A place for a ship.
#[gangplank::record]
pub struct Berth {
    /// Its number.
    pub number: u32,
    /// Its length in metres.
    pub length: f64,
}

/// The place of that number.
#[gangplank::export]
pub fn get_berth(number: u32) -> Option<Berth> {
    (number < 3).then_some(Berth { number, length: 80.5 })
}

/// What this crate is called.
#[gangplank::export]
pub fn name() -> String {
    "harbour".to_owned()
}

static SEEN: AtomicU64 = AtomicU64::new(0);

/// How often it was called, by Go or by the other crate.
#[gangplank::export]
pub fn count() -> u64 {
    SEEN.fetch_add(1, Ordering::Relaxed) + 1
}

/// Panics, so that one sees which crate did.
#[gangplank::export]
pub fn sink() -> Result<(), String> {
    panic!("the harbour sank")
}
