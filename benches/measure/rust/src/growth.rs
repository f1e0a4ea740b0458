//! What many calls left behind.

use crate::send::send;
use serde::Serialize;

/// How far a number may move without a leak: a leak of one byte a call would be 10 MB in ten million calls.
const FLAT: i64 = 4 << 20;

/// What many calls left behind, in bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Growth {
    /// What was called.
    pub work: String,
    /// How often.
    pub calls: u64,
    /// The Go heap, after a collection.
    pub go: i64,
    /// The native heap.
    pub native: i64,
    /// What the system says of the process.
    pub resident: i64,
}

impl Growth {
    /// Did nothing grow?
    pub fn is_flat(&self) -> bool {
        self.go < FLAT && self.native < FLAT && self.resident < FLAT
    }

    /// Prints it, and sends it as [`print`](crate::print) does.
    pub fn print(&self) {
        let mb = |bytes: i64| bytes as f64 / 1e6;
        let (go, native, resident) = (mb(self.go), mb(self.native), mb(self.resident));
        let verdict = if self.is_flat() { "flat" } else { "GREW" };
        print!("  {:<34} {:>11} calls: ", self.work, self.calls);
        println!(
            "Go heap {go:+8.3} MB, native heap {native:+8.3} MB, resident {resident:+8.3} MB: {verdict}"
        );
        send(self);
    }
}
