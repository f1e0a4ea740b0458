//! What many calls leave behind.

use measure::{Growth, Way};
use std::fs;

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
