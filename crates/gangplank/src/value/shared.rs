//! `Arc<T>`: of an object, of an imported trait, of a function. What it is as a value, `T` knows.

use super::{Class, Decode, Encode, Shape};
use crate::message::{Malformed, Passed, Reader, Writer};
use std::sync::Arc;

/// What an `Arc` can hold on its way to Go.
#[diagnostic::on_unimplemented(
    message = "an `Arc` of `{Self}` cannot cross from Rust to Go",
    label = "not an object or a function",
    note = "an `Arc` holds an object (`#[gangplank::object]`) or a `dyn Fn(..) + Send + Sync`; an implementation of an imported trait goes back to Go in a `gangplank::GoRef`"
)]
pub trait EncodeArc: Shape + 'static {
    /// Keeper and handle, of which an object uses only the handle (clause 8.2); or why it cannot be given.
    fn file(this: Arc<Self>, passed: &mut Passed) -> Result<(u64, u64), &'static str>;
}

/// What an `Arc` can hold when it comes from Go.
#[diagnostic::on_unimplemented(
    message = "an `Arc` of `{Self}` cannot cross from Go to Rust",
    label = "not an object, a function or an imported trait",
    note = "an `Arc` holds an object (`#[gangplank::object]`), a `dyn Fn(..) + Send + Sync` or a `dyn Trait` of an imported trait"
)]
pub trait DecodeArc: Shape + 'static {
    /// An object that Go lends.
    fn from_word(_word: u64) -> Result<Arc<Self>, Malformed> {
        unreachable!("only objects are one word")
    }

    /// An object that Go gives.
    fn from_result(_word: u64) -> Result<Arc<Self>, Malformed> {
        unreachable!("only objects are one word")
    }

    /// Releases an object that Go gave.
    fn release(_word: u64) {}

    /// A function value or an implementation that Go gives.
    fn from_pair(_keeper: u64, _handle: u64) -> Result<Arc<Self>, Malformed> {
        unreachable!("only function values and implementations are pairs")
    }
}

impl<T: Shape + ?Sized> Shape for Arc<T> {
    const CLASS: Class = T::CLASS;
    const PRINT: u64 = T::PRINT;
}

impl<T: EncodeArc + ?Sized> Encode for Arc<T> {
    fn encode(&self, out: &mut Writer) {
        self.clone().encode_owned(out);
    }

    fn encode_owned(self, out: &mut Writer) {
        let (keeper, handle) = match T::file(self, out.passed()) {
            Ok(pair) => pair,
            Err(fault) => return out.fault(fault),
        };
        if matches!(T::CLASS, Class::Pair) {
            out.bytes(&keeper.to_le_bytes());
        }
        out.bytes(&handle.to_le_bytes());
    }

    #[inline]
    fn to_word(&self, passed: &mut Passed) -> Result<u64, &'static str> {
        self.clone().into_word(passed)
    }

    #[inline]
    fn into_word(self, passed: &mut Passed) -> Result<u64, &'static str> {
        T::file(self, passed).map(|(_, handle)| handle)
    }

    #[inline]
    fn to_pair(&self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        self.clone().into_pair(passed)
    }

    #[inline]
    fn into_pair(self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        T::file(self, passed)
    }
}

impl<'a, T: DecodeArc + ?Sized> Decode<'a> for Arc<T> {
    const LEAST: usize = if matches!(T::CLASS, Class::Pair) { 16 } else { 8 };

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        if matches!(T::CLASS, Class::Pair) {
            let (keeper, handle) = input.pair()?;
            return T::from_pair(keeper, handle);
        }
        match input.object()? {
            (word, true) => T::from_result(word),
            (word, false) => T::from_word(word),
        }
    }

    #[inline]
    fn from_word(word: u64) -> Result<Self, Malformed> {
        T::from_word(word)
    }

    #[inline]
    fn from_result(word: u64) -> Result<Self, Malformed> {
        T::from_result(word)
    }

    #[inline]
    fn from_pair(keeper: u64, handle: u64) -> Result<Self, Malformed> {
        T::from_pair(keeper, handle)
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        if matches!(T::CLASS, Class::Pair) { input.skip_pair() } else { input.skip_object(T::release) }
    }

    fn skip_result(word: u64) {
        T::release(word);
    }
}
