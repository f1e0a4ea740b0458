//! What many calls leave behind.

use crate::measure::Way;
use serde::{Deserialize, Serialize};
use std::{fmt, fs};

/// How far a number may move without a leak: a leak of one byte a call would be 10 MB in ten million calls.
const FLAT: i64 = 4 << 20;

/// What many calls left behind, in bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// Calls `way` `calls` times, after a warm-up, and says what grew. `live` is the size of Go's heap after a collection.
pub fn grow(work: &str, way: &Way, calls: u64, live: impl Fn() -> u64) -> Growth {
    let sizes = || (live() as i64, native_heap(), resident());
    (way.run)(calls / 10);
    let before = sizes();
    (way.run)(calls);
    let after = sizes();
    let work = work.into();
    Growth { work, calls, go: after.0 - before.0, native: after.1 - before.1, resident: after.2 - before.2 }
}

impl Growth {
    /// Did nothing grow?
    pub fn is_flat(&self) -> bool {
        self.go < FLAT && self.native < FLAT && self.resident < FLAT
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mb = |bytes: i64| bytes as f64 / 1e6;
        let (go, native, resident) = (mb(self.go), mb(self.native), mb(self.resident));
        write!(f, "  {:<34} {:>11} calls: ", self.work, self.calls)?;
        write!(f, "Go heap {go:+8.3} MB, native heap {native:+8.3} MB, resident {resident:+8.3} MB: ")?;
        f.write_str(if self.is_flat() { "flat" } else { "GREW" })
    }
}

/// Bytes in use on the native heap; 0 where the C library does not tell.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn native_heap() -> i64 {
    // SAFETY: mallinfo2 has no arguments and only reads the allocator's counters.
    let info = unsafe { libc::mallinfo2() };
    (info.uordblks + info.hblkhd) as i64
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn native_heap() -> i64 {
    0
}

/// 0 where the system does not tell.
fn resident() -> i64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    kilobytes.and_then(|number| number.parse::<i64>().ok()).map_or(0, |kilobytes| kilobytes * 1024)
}
