//! Objects that a function takes as `S` itself: the handle ends, unless the call is refused (clause 8.3).
//!
//! A call may be refused as long as one of its arguments may be. So an object goes three steps, and all arguments of a call go each step before the next:
//!
//! 1. `later` sees that the handle is valid and the object not in use. Nothing changes: what comes after it may wait for other calls, and meanwhile the object can be used.
//! 2. The returned function takes the object out of its table. From here the slot is *held* (see `handle`): who uses the object waits, for the rest of these
//!    two steps, which run nobody else's code.
//! 3. The function that it returns gives the value, and the handle ends. If that is dropped instead, because another argument was refused, the object is put back.

use super::invalid::{referred_to, refused};
use super::{Kept, Object};
use crate::handle::Holding;
use crate::message::Malformed;
use crate::value::Later;
use std::sync::Arc;

/// See the module.
///
/// # Errors
/// At once, or from the returned function: the handle is none, the object is in use, or there are other references to it.
pub fn later<'a, S: Object + Sized>(word: u64) -> Result<Later<'a, S>, Malformed> {
    S::objects().check_unused(word)?;
    Ok(Box::new(move || {
        let mut holding = S::objects().hold(word)?;
        match Arc::try_unwrap(holding.take_out().into_value()) {
            Ok(value) => {
                let taken = Taken { value: Some((value, holding)) };
                Ok(Box::new(move || taken.give()))
            }
            Err(value) => {
                // Some were there before; or somebody has just made an `Arc` of a `Weak`.
                holding.put_back(Kept::new(value));
                Err(refused(referred_to(S::NAME, "given away")))
            }
        }
    }))
}

/// An object that is out of its table, and may come back.
struct Taken<S: Object> {
    /// Until it is given.
    value: Option<(S, Holding<'static, Kept<S>>)>,
}

impl<S: Object> Taken<S> {
    fn give(mut self) -> S {
        let (value, holding) = self.value.take().expect("given once");
        holding.end();
        value
    }
}

impl<S: Object> Drop for Taken<S> {
    fn drop(&mut self) {
        if let Some((value, holding)) = self.value.take() {
            holding.put_back(Kept::new(Arc::new(value)));
        }
    }
}
