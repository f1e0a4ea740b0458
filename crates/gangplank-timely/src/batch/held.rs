//! A Go slice that Rust owns.

use crate::boundary::Program;
use std::mem::ManuallyDrop;
use std::sync::{Mutex, OnceLock, PoisonError};

/// A Go slice. Dropped, it goes on the list of those that Go shall forget.
#[derive(Debug)]
pub(crate) struct Held {
    handle: u64,
    /// The node that sent it, whose type has the codec.
    pub(crate) node: u32,
    pub(super) encoded: OnceLock<Result<Vec<u8>, String>>,
}

/// What was dropped. It is short: workers hand it over in each step.
static DROPPED: Mutex<Vec<u64>> = Mutex::new(Vec::new());

impl Held {
    pub(super) fn new(handle: u64, node: u32) -> Held {
        Held { handle, node, encoded: OnceLock::new() }
    }

    pub(crate) fn handle(&self) -> u64 {
        self.handle
    }

    /// Gives the slice to Go: nothing is left to drop.
    pub(crate) fn give(self) -> u64 {
        let mut given = ManuallyDrop::new(self);
        given.encoded.take();
        given.handle
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        DROPPED.lock().unwrap_or_else(PoisonError::into_inner).push(self.handle);
    }
}

/// Hands over what was dropped, if there is anything.
pub(crate) fn release_all(program: &dyn Program) {
    let dropped = std::mem::take(&mut *DROPPED.lock().unwrap_or_else(PoisonError::into_inner));
    if !dropped.is_empty() {
        program.release(&dropped);
    }
}
