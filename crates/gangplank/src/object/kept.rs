use super::Lock;
use std::cell::UnsafeCell;
use std::sync::Arc;

/// What a handle of an object stands for.
///
/// The lock says who may use the `Arc`. Objects that nobody can hold exclusively are read without it.
pub struct Kept<S: ?Sized> {
    pub(super) lock: Lock,
    value: UnsafeCell<Arc<S>>,
}

// SAFETY: `value` is changed only by who holds the lock exclusively, or owns the `Kept`.
unsafe impl<S: ?Sized + Send + Sync> Sync for Kept<S> {}

impl<S: ?Sized> Kept<S> {
    pub(super) fn new(value: Arc<S>) -> Kept<S> {
        Kept { lock: Lock::new(), value: UnsafeCell::new(value) }
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
