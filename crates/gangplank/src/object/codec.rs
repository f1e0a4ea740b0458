//! What `#[object]` makes of a struct besides its table: the codec calls these.

use super::{BORROWED, Object};
use crate::message::{Malformed, Passed, Reader, Writer};
use std::sync::Arc;

/// Gives an object away in a message.
pub fn encode<S: Object + Sized>(value: S, out: &mut Writer) {
    let handle = S::objects().give(Arc::new(value), out.passed());
    out.bytes(&handle.to_le_bytes());
}

/// Gives an object away in a word.
#[inline]
pub fn into_word<S: Object + Sized>(value: S, passed: &mut Passed) -> Result<u64, &'static str> {
    Ok(S::objects().give(Arc::new(value), passed))
}

/// An object inside a message: Go may have returned it, but cannot lend it there.
pub fn decode<S: Object + Sized>(input: &mut Reader<'_>) -> Result<S, Malformed> {
    match input.object()? {
        (word, true) => from_result(word),
        (_, false) => Err(super::invalid::nested::<S>()),
    }
}

/// An object that Go lends, where the function owns it: its handle ends.
#[cold]
#[inline(never)]
pub fn from_word<S: Object + Sized>(word: u64) -> Result<S, Malformed> {
    Ok(super::later::<S>(word)?()?())
}

/// An object that Go returned.
pub fn from_result<S: Object + Sized>(word: u64) -> Result<S, Malformed> {
    let value = S::objects().take(word)?;
    Arc::try_unwrap(value).map_err(|_| super::invalid::shared::<S>())
}

/// Faults: the value is only borrowed.
pub fn borrowed(out: &mut Writer) {
    out.fault(BORROWED);
}

/// A trait's object is shared: what Go passes cannot be a box again.
pub fn boxed<S: Object + ?Sized>() -> Malformed {
    super::invalid::boxed(S::NAME)
}
