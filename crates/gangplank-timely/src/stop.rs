//! The one failure that ends a run.
//!
//! Anybody may set it: a worker, a thread that watches another process. The first wins. Workers look at it once in each step (one load, acquire, which pairs with the store, release, after the
//! failure was put down) and leave.

use crate::error::EngineError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::Thread;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Stop {
    set: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    why: Option<EngineError>,
    /// Workers, which may be parked.
    threads: Vec<Thread>,
}

impl Stop {
    /// Is there a failure?
    pub(crate) fn is_set(&self) -> bool {
        self.set.load(Ordering::Acquire)
    }

    /// Puts a failure down, unless there is one. Says whether it did.
    pub(crate) fn fail(&self, why: EngineError) -> bool {
        let mut state = self.lock();
        if state.why.is_some() {
            return false;
        }
        state.why = Some(why);
        self.set.store(true, Ordering::Release);
        state.threads.iter().for_each(Thread::unpark);
        true
    }

    /// The failure.
    pub(crate) fn why(&self) -> Option<EngineError> {
        self.lock().why.clone()
    }

    /// This thread is a worker, and wants to be woken.
    pub(crate) fn watch(&self) {
        self.lock().threads.push(std::thread::current());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_is_kept() {
        let stop = Stop::default();
        assert!(!stop.is_set());
        assert!(stop.fail(EngineError::Usage("first".into())));
        assert!(!stop.fail(EngineError::Usage("second".into())));
        assert!(stop.is_set());
        assert_eq!(stop.why().unwrap().to_string(), "first");
    }
}
