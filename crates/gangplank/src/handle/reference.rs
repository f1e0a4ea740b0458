use super::slot::Slot;
use std::fmt;
use std::ops::Deref;

/// Access to a value of a [`Table`](super::Table). The value lives at least as long as this, even if its handle is deleted
/// meanwhile; if so, dropping the last `Ref` drops it.
///
/// A `Ref` that is kept while the thread waits keeps others from taking the value, but from nothing else. One that is forgotten
/// ([`std::mem::forget`]) keeps the value until the table is dropped.
#[must_use]
pub struct Ref<'a, T> {
    slot: &'a Slot<T>,
}

impl<'a, T> Ref<'a, T> {
    /// # Safety
    /// The slot is pinned, and the pin is the new `Ref`'s.
    #[inline]
    pub(crate) unsafe fn new(slot: &'a Slot<T>) -> Ref<'a, T> {
        Ref { slot }
    }
}

impl<T> Deref for Ref<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the pin is ours until we are dropped, and the reference does not live longer.
        unsafe { self.slot.value() }
    }
}

impl<T> Drop for Ref<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the pin is ours, and no reference into the value is left.
        unsafe { self.slot.unpin() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Ref<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
