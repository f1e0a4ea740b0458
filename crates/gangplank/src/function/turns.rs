//! Functions that must not be entered twice.

use crate::message::Malformed;
use crate::object::Lock;
use crate::shim::Rejected;
use std::cell::UnsafeCell;
use std::sync::{Mutex, PoisonError};

/// A `FnMut`: one call after the other. Another thread waits; a call from within the function is refused.
pub(crate) struct InTurn<F: ?Sized> {
    lock: Lock,
    function: UnsafeCell<Box<F>>,
}

// SAFETY: only the holder of the lock uses the function, so it is on one thread at a time.
unsafe impl<F: ?Sized + Send> Sync for InTurn<F> {}

impl<F: ?Sized> InTurn<F> {
    pub(crate) fn new(function: Box<F>) -> InTurn<F> {
        InTurn { lock: Lock::new(), function: UnsafeCell::new(function) }
    }

    /// Runs `run` with the function.
    pub(crate) fn enter<R>(&self, run: impl FnOnce(&mut F) -> R) -> Result<R, Rejected> {
        struct Leave<'a>(&'a Lock);
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                self.0.release();
            }
        }
        if self.lock.hold().is_err() {
            let what = "an FnMut was called from within itself: make it an Fn, or do not call it back";
            return Err(Rejected::call(Malformed::Refused(what.into())));
        }
        let _leave = Leave(&self.lock);
        // SAFETY: the lock is ours until `_leave` is dropped.
        Ok(run(unsafe { &mut *self.function.get() }))
    }
}

/// A `FnOnce`: the first call takes it.
pub(super) struct Once<F: ?Sized>(Mutex<Option<Box<F>>>);

impl<F: ?Sized> Once<F> {
    pub(super) fn new(function: Box<F>) -> Once<F> {
        Once(Mutex::new(Some(function)))
    }

    pub(super) fn take(&self) -> Result<Box<F>, Rejected> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(|| {
            let what = "an FnOnce was called a second time: it can be called once";
            Rejected::call(Malformed::Refused(what.into()))
        })
    }
}
