use super::Lock;
use std::cell::UnsafeCell;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

/// What a handle of an object stands for.
///
/// The lock says who may use the `Arc`. Objects that nobody can hold exclusively are read without it.
///
/// `only` says that the `Arc` is known to be the only reference to the value, so that who holds the object exclusively need not ask it, which costs a locked instruction. It is
/// taken back by who clones the `Arc`, while sharing the lock, and set by who holds it exclusively and has asked. So the lock orders them.
pub struct Kept<S: ?Sized> {
    pub(super) lock: Lock,
    only: AtomicBool,
    value: UnsafeCell<Arc<S>>,
}

// SAFETY: `value` is changed only by who holds the lock exclusively, or owns the `Kept`.
unsafe impl<S: ?Sized + Send + Sync> Sync for Kept<S> {}

impl<S: ?Sized> Kept<S> {
    pub(super) fn new(value: Arc<S>) -> Kept<S> {
        Kept { lock: Lock::new(), only: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    /// A clone of the `Arc`.
    ///
    /// # Safety
    /// The caller shares the lock.
    pub(super) unsafe fn share(&self) -> Arc<S> {
        self.only.store(false, Relaxed);
        // SAFETY: the caller's promise.
        unsafe { self.get() }.clone()
    }

    /// Is there no other reference to the value, and can none be made while the lock is held?
    ///
    /// # Safety
    /// The caller holds the lock exclusively.
    #[inline]
    pub(super) unsafe fn is_only(&self) -> bool {
        // SAFETY: the caller's promise.
        self.only.load(Relaxed) || unsafe { self.ask() }
    }

    /// # Safety
    /// As for `is_only`.
    unsafe fn ask(&self) -> bool {
        // SAFETY: the caller's promise.
        let only = Arc::get_mut(unsafe { self.get_mut() }).is_some();
        self.only.store(only, Relaxed);
        only
    }

    pub(super) fn into_value(self) -> Arc<S> {
        self.value.into_inner()
    }

    /// The value.
    ///
    /// # Safety
    /// The caller shares the lock, or the type is one that nobody can hold exclusively.
    #[inline]
    pub(super) unsafe fn get(&self) -> &Arc<S> {
        // SAFETY: the caller's promise: there is no `&mut` to it.
        unsafe { &*self.value.get() }
    }

    /// The value, to be changed.
    ///
    /// # Safety
    /// The caller holds the lock exclusively.
    #[inline]
    #[allow(clippy::mut_from_ref)]
    pub(super) unsafe fn get_mut(&self) -> &mut Arc<S> {
        // SAFETY: the caller's promise.
        unsafe { &mut *self.value.get() }
    }
}
