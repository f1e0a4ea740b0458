//! Telling Go that nobody waits for a call any more (clause 11.6).

use crate::import::{Resume, Shim, goexit};
use crate::lane;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// A call that Go runs: the package's keeper (clause 11.2), and what Go knows the call by.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) keeper: u64,
    pub(super) call: u64,
}

/// Those that could not be cancelled where they were dropped.
static LATER: Mutex<Vec<Run>> = Mutex::new(Vec::new());
static ANY_LATER: AtomicBool = AtomicBool::new(false);

/// Cancels a run now; or with the next call, where Go cannot be called from.
pub(super) fn cancel(run: Run) {
    if goexit::check("a dropped future", lane::current()).is_err() {
        LATER.lock().unwrap_or_else(PoisonError::into_inner).push(run);
        // Release: pairs with the acquire in `flush`.
        return ANY_LATER.store(true, Ordering::Release);
    }
    call(run);
}

/// Cancels what could not be cancelled earlier. One load when there is nothing.
#[inline]
pub(super) fn flush() {
    if ANY_LATER.load(Ordering::Acquire) {
        flush_all();
    }
}

#[cold]
fn flush_all() {
    ANY_LATER.store(false, Ordering::Relaxed);
    let all = std::mem::take(&mut *LATER.lock().unwrap_or_else(PoisonError::into_inner));
    all.into_iter().for_each(cancel);
}

fn call(run: Run) {
    #[repr(C)]
    struct Framed {
        resume: Resume,
        call: u64,
    }
    let mut framed = Framed { resume: Resume::default(), call: run.call };
    // SAFETY: word 2 of the keeper of a package that answered "pending" is this function (clause 11.6), and keepers live for ever.
    let cancel = unsafe { *(run.keeper as *const Shim).add(2) };
    // SAFETY: it takes one call, which lies behind a way back (clause 7.2).
    unsafe { lane::call(lane::current(), None, cancel, &raw mut framed.call, 1, &raw mut framed.resume) };
}
