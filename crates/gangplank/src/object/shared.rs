use super::invalid::{entered, refused};
use super::{Kept, Object};
use crate::handle::Ref;
use crate::message::Malformed;
use std::ops::Deref;
use std::sync::Arc;

/// How an object is shared: with the lock, or past it.
#[derive(Clone, Copy)]
pub struct Access {
    locked: bool,
}

impl Access {
    /// With the lock, as is always right.
    pub const LOCKED: Access = Access { locked: true };

    /// With the lock if the type may be held exclusively.
    ///
    /// # Safety
    /// `exclusive` is what [`Probe`](super::Probe) says of the type that is borrowed: where it is `false` there can be no [`Exclusive`](super::Exclusive).
    #[inline]
    pub const unsafe fn of(exclusive: bool) -> Access {
        Access { locked: exclusive }
    }
}

/// An object that is lent to a call, together with others.
pub struct Shared<S: ?Sized + 'static> {
    kept: Ref<'static, Kept<S>>,
    locked: bool,
}

impl<S: ?Sized + Object> Shared<S> {
    /// Borrows the object.
    ///
    /// # Errors
    /// The handle is none of the type's, or this thread holds the object exclusively.
    #[inline(always)]
    pub fn of(word: u64, access: Access) -> Result<Shared<S>, Malformed> {
        let kept = S::objects().pin(word)?;
        if access.locked && kept.lock.share().is_err() {
            return Err(refused(entered(S::NAME)));
        }
        Ok(Shared { kept, locked: access.locked })
    }
}

impl<S: ?Sized> Shared<S> {
    /// Another `Arc` of the object.
    ///
    /// # Panics
    /// The object was borrowed past the lock, which orders the making of an `Arc` with the question whether there is only one.
    pub fn share(&self) -> Arc<S> {
        assert!(self.locked, "an object that is borrowed past its lock gives no `Arc`");
        // SAFETY: `of` shares the lock.
        unsafe { self.kept.share() }
    }
}

impl<S: ?Sized> Deref for Shared<S> {
    type Target = S;

    #[inline]
    fn deref(&self) -> &S {
        // SAFETY: `of` shares the lock, or was promised that nobody can hold the type exclusively.
        unsafe { self.kept.get() }
    }
}

impl<S: ?Sized> Drop for Shared<S> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.locked {
            self.kept.lock.unshare();
        }
    }
}
