//! Atomics and cells: the standard library's, or loom's when the protocol is modelled.

#[cfg(all(test, loom))]
pub(crate) use modelled::*;
#[cfg(not(all(test, loom)))]
pub(crate) use real::*;

#[cfg(not(all(test, loom)))]
mod real {
    pub(crate) use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering, fence};

    /// What an atomic pointer is when nobody else is here.
    pub(crate) fn unshared<T>(pointer: &mut AtomicPtr<T>) -> *mut T {
        *pointer.get_mut()
    }

    /// As loom's.
    #[derive(Debug)]
    pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        pub(crate) const fn new(value: T) -> Self {
            UnsafeCell(std::cell::UnsafeCell::new(value))
        }

        #[inline(always)]
        pub(crate) fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
            f(self.0.get())
        }

        #[inline(always)]
        pub(crate) fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
            f(self.0.get())
        }
    }

    /// Lets others go first; for longer, the more often it was done.
    #[cold]
    pub(crate) fn pause(turn: u32) {
        match turn {
            0..16 => std::hint::spin_loop(),
            16..64 => std::thread::yield_now(),
            // They may have a lower priority.
            _ => std::thread::sleep(std::time::Duration::from_micros(50)),
        }
    }

    /// A lock that is never poisoned: what it guards holds at every point where its holder could panic.
    #[derive(Debug, Default)]
    pub(crate) struct Mutex(std::sync::Mutex<()>);

    impl Mutex {
        pub(crate) fn new() -> Mutex {
            Mutex::default()
        }

        pub(crate) fn hold<R>(&self, f: impl FnOnce() -> R) -> R {
            let _held = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            f()
        }
    }
}

#[cfg(all(test, loom))]
mod modelled {
    pub(crate) use loom::cell::UnsafeCell;
    pub(crate) use loom::sync::atomic::{AtomicPtr, AtomicU64, Ordering, fence};

    pub(crate) fn unshared<T>(pointer: &mut AtomicPtr<T>) -> *mut T {
        pointer.with_mut(|pointer| *pointer)
    }

    pub(crate) fn pause(_turn: u32) {
        loom::thread::yield_now();
    }

    #[derive(Debug)]
    pub(crate) struct Mutex(loom::sync::Mutex<()>);

    impl Mutex {
        pub(crate) fn new() -> Mutex {
            Mutex(loom::sync::Mutex::new(()))
        }

        pub(crate) fn hold<R>(&self, f: impl FnOnce() -> R) -> R {
            let _held = self.0.lock().unwrap();
            f()
        }
    }
}
