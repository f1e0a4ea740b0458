use super::Generator;
use std::sync::atomic::{AtomicU64, Ordering};

/// An atomic counter.
#[derive(Debug, Default)]
pub struct Atomic(AtomicU64);

impl Generator for Atomic {
    fn next_key(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }
}
