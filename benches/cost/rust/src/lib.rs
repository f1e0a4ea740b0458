//! What a crossing costs on this machine: the Rust side.

use gangplank::Error;
use std::thread;
use std::time::Instant;

/// Called from Rust.
#[gangplank::import]
pub trait Callee {
    /// One more than `x`.
    fn call(&self, x: u64) -> u64;
}

/// One more than `x`.
#[gangplank::export]
pub fn call(x: u64) -> u64 {
    x.wrapping_add(1)
}

/// Calls Go `n` times on the calling goroutine's thread, and returns how many nanoseconds that took.
///
/// # Errors
///
/// Nothing is registered.
#[gangplank::export]
pub fn call_back(n: u64) -> Result<u64, Error> {
    let callee = gangplank::imported::<dyn Callee>()?;
    let start = Instant::now();
    let mut x = 0;
    for _ in 0..n {
        x = callee.call(x);
    }
    let took = start.elapsed();
    assert_eq!(x, n, "the calls were not made");
    Ok(took.as_nanos() as u64)
}

/// The same from a new Rust thread.
///
/// # Errors
///
/// Nothing is registered.
#[gangplank::export]
pub fn call_from_thread(n: u64) -> Result<u64, Error> {
    thread::spawn(move || {
        call_back(1)?; // a thread's first call costs more
        call_back(n)
    })
    .join()
    .expect("the thread panicked")
}
