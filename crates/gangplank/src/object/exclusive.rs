use super::invalid::{entered, referred_to, refused};
use super::{Kept, Methods};
use crate::handle::Ref;
use crate::message::Malformed;
use crate::shim::Arguments;
use crate::value::LendMut;
use std::sync::Arc;

/// An object that is lent to one call alone.
///
/// Other threads that use it wait. It needs to be the only reference to the value: other handles, an `Arc` and a `Weak` are refused, since they could be used meanwhile.
pub struct Exclusive<S: 'static> {
    kept: Ref<'static, Kept<S>>,
}

impl<S: Methods> Exclusive<S> {
    /// Shared access to types without `&mut self` methods takes no lock, so there can be no exclusive access to them.
    const CAN: () = assert!(S::EXCLUSIVE, "an object without `&mut self` methods cannot be changed");

    #[inline(always)]
    pub(super) fn of(word: u64) -> Result<Exclusive<S>, Malformed> {
        let () = Self::CAN;
        let kept = S::objects().pin(word)?;
        if kept.lock.hold().is_err() {
            return Err(refused(entered(S::NAME)));
        }
        let held = Exclusive { kept };
        // SAFETY: the lock is held exclusively.
        if !unsafe { held.kept.is_only() } {
            return Err(refused(referred_to(S::NAME, "changed")));
        }
        Ok(held)
    }
}

impl<S> Exclusive<S> {
    #[inline]
    fn value(&mut self) -> &mut S {
        // SAFETY: the lock is held exclusively, `of` saw that there is no other reference, and none can be made without the lock.
        unsafe { &mut *Arc::as_ptr(self.kept.get_mut()).cast_mut() }
    }
}

impl<S> Drop for Exclusive<S> {
    #[inline(always)]
    fn drop(&mut self) {
        self.kept.lock.release();
    }
}

impl<'a, S: Methods> LendMut<'a> for S {
    type Held = Exclusive<S>;

    const CAN: bool = S::EXCLUSIVE;

    #[inline(always)]
    fn hold(arguments: &mut Arguments<'a>) -> Result<Exclusive<S>, Malformed> {
        Exclusive::of(arguments.word())
    }

    #[inline]
    fn lend(held: &mut Exclusive<S>) -> &mut S {
        held.value()
    }
}
