//! Objects that a function takes as `S` itself: the handle ends, unless the call is refused (clause 8.3).

use super::Object;
use super::invalid::{in_use, referred_to, refused};
use crate::message::Malformed;
use crate::value::Later;
use std::sync::Arc;

/// Reserves the object now, and takes it out of the table when the returned function is called. Until then other threads see its handle as closed; if it is dropped uncalled,
/// the object is as it was.
///
/// # Errors
/// The handle is none, the object is in use, or there are other references to it.
pub fn later<'a, S: Object + Sized>(word: u64) -> Result<Later<'a, S>, Malformed> {
    let mut held = S::objects().hold(word)?;
    if Arc::strong_count(held.value().owned()) > 1 {
        return Err(refused(referred_to(S::NAME, "given away")));
    }
    Ok(Box::new(move || {
        let value = held.take().into_value();
        // Somebody may have made an `Arc` of a `Weak` since.
        Arc::try_unwrap(value).map_err(|_| refused(in_use(S::NAME)))
    }))
}
