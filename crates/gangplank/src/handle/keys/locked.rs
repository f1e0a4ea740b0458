use super::Generator;
use std::sync::{Mutex, PoisonError};

/// A counter under a lock. In Go it is called `keys.Mutex`.
#[derive(Debug, Default)]
pub struct Locked(Mutex<u64>);

impl Generator for Locked {
    fn next_key(&self) -> u64 {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last += 1;
        *last
    }
}
