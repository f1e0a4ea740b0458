//! How much the native allocator has given out.

/// Bytes in use on the native heap; 0 where the C library does not tell.
#[gangplank::export]
pub fn native_heap() -> u64 {
    in_use()
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn in_use() -> u64 {
    // SAFETY: mallinfo2 has no arguments and only reads the allocator's counters.
    let info = unsafe { libc::mallinfo2() };
    (info.uordblks + info.hblkhd) as u64
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn in_use() -> u64 {
    0
}
