//! Who may use an object now: any number of threads that share it, or one that holds it exclusively.
//!
//! Differences to [`std::sync::RwLock`]: a thread that waits for itself is told so instead of hanging, and a thread that shares something already gets more of it even
//! though somebody waits for exclusive use, because it must go on for that wait to end. Both need to know what a thread holds: `HELD`.
//!
//! The state word: how many share, `WRITER` if one holds it exclusively, `WAITING` if a thread sleeps. A thread that is about to sleep sets `WAITING` under the mutex
//! `PARKED`, by a compare-and-swap from a state that it cannot enter. Who brings the word to "free" (the last that shared, or the writer) finds `WAITING`, clears it, and wakes all
//! sleepers under the mutex. So no wake-up is lost. All locks share one condition variable: waiting is rare. On the fast lane it is done outside of the entry, as all waiting.

use crate::hosted;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

const WRITER: u32 = 1 << 31;
const WAITING: u32 = 1 << 30;
const SHARES: u32 = WAITING - 1;

static PARKED: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());

thread_local! {
    /// Addresses of the locks that this thread has, and whether exclusively. The newest last.
    static HELD: RefCell<Vec<(usize, bool)>> = const { RefCell::new(Vec::new()) };
}

/// This thread has it already.
#[derive(Debug)]
pub(crate) struct Busy;

#[derive(Debug)]
pub(crate) struct Lock(AtomicU32);

impl Lock {
    pub(crate) const fn new() -> Lock {
        Lock(AtomicU32::new(0))
    }

    /// Shares it. The caller calls `unshare` once, on the same thread.
    #[inline]
    pub(crate) fn share(&self) -> Result<(), Busy> {
        let state = self.0.load(Ordering::Relaxed);
        if state & (WRITER | WAITING) != 0 || !self.change(state, state + 1) {
            self.share_slowly()?;
        }
        self.note(false);
        Ok(())
    }

    #[inline]
    pub(crate) fn unshare(&self) {
        self.forget(false);
        // Release pairs with the acquire of the next exclusive holder.
        let before = self.0.fetch_sub(1, Ordering::Release);
        if before & (SHARES | WAITING) == WAITING | 1 {
            self.wake();
        }
    }

    /// Holds it exclusively. The caller calls `release` once, on the same thread.
    #[inline]
    pub(crate) fn hold(&self) -> Result<(), Busy> {
        if !self.change(0, WRITER) {
            self.hold_slowly()?;
        }
        self.note(true);
        Ok(())
    }

    #[inline]
    pub(crate) fn release(&self) {
        self.forget(true);
        // Release pairs with the acquire of whoever is next.
        if self.0.swap(0, Ordering::Release) & WAITING != 0 {
            wake_all();
        }
    }

    /// Acquire pairs with the releases above.
    #[inline]
    fn change(&self, from: u32, to: u32) -> bool {
        self.0.compare_exchange(from, to, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    #[cold]
    fn share_slowly(&self) -> Result<(), Busy> {
        if self.has(true) {
            return Err(Busy);
        }
        let shares_already = HELD.try_with(|held| !held.borrow().is_empty()).unwrap_or(false);
        let closed = if shares_already { WRITER } else { WRITER | WAITING };
        self.enter(|state| (state & closed == 0).then_some(state + 1));
        Ok(())
    }

    #[cold]
    fn hold_slowly(&self) -> Result<(), Busy> {
        if self.has(true) || self.has(false) {
            return Err(Busy);
        }
        self.enter(|state| (state & (WRITER | SHARES) == 0).then_some(state | WRITER));
        Ok(())
    }

    /// Changes to the state that `next` has, when it has one.
    fn enter(&self, next: impl Fn(u32) -> Option<u32>) {
        let state = self.0.load(Ordering::Relaxed);
        if next(state).is_some_and(|to| self.change(state, to)) {
            return;
        }
        // Who has the lock may call Go, and Go may stop the world before it lets them in. A thread that waits on the fast lane would hold that up for ever.
        hosted::blocking(|| self.wait(next));
    }

    /// Waits until `next` has a state to change to.
    fn wait(&self, next: impl Fn(u32) -> Option<u32>) {
        loop {
            let state = self.0.load(Ordering::Relaxed);
            if let Some(to) = next(state) {
                if self.change(state, to) {
                    return;
                }
                continue;
            }
            let parked = PARKED.0.lock().unwrap_or_else(PoisonError::into_inner);
            // Still closed to us, and now whoever opens it knows that we sleep.
            if state & (WRITER | SHARES) != 0 && self.change(state, state | WAITING) {
                drop(PARKED.1.wait(parked).unwrap_or_else(PoisonError::into_inner));
            }
        }
    }

    #[cold]
    fn wake(&self) {
        // Others may have come in since; then the last of them wakes.
        if self.change(WAITING, 0) {
            wake_all();
        }
    }

    fn has(&self, exclusive: bool) -> bool {
        let this = (std::ptr::from_ref(self).addr(), exclusive);
        HELD.try_with(|held| held.borrow().contains(&this)).unwrap_or(false)
    }

    // A thread that is ending has no list any more: it then waits as with any lock.

    #[inline]
    fn note(&self, exclusive: bool) {
        let this = (std::ptr::from_ref(self).addr(), exclusive);
        let _ = HELD.try_with(|held| held.borrow_mut().push(this));
    }

    #[inline]
    fn forget(&self, exclusive: bool) {
        let this = (std::ptr::from_ref(self).addr(), exclusive);
        let _ = HELD.try_with(|held| {
            let mut held = held.borrow_mut();
            if held.last() == Some(&this) {
                held.pop();
            } else if let Some(at) = held.iter().rposition(|&other| other == this) {
                held.remove(at);
            }
        });
    }
}

fn wake_all() {
    let _parked = PARKED.0.lock().unwrap_or_else(PoisonError::into_inner);
    PARKED.1.notify_all();
}
