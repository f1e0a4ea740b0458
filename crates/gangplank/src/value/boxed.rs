//! `Box<T>` is `T` (clause 5.3): it lets records contain themselves.

use super::{Class, Decode, Encode, Later, Shape};
use crate::frame::Header;
use crate::message::{Malformed, Passed, Reader, Writer};

impl<T: Shape + ?Sized> Shape for Box<T> {
    const CLASS: Class = T::CLASS;
    const PRINT: u64 = T::PRINT;
}

impl<T: Encode> Encode for Box<T> {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        out.nested(|out| (**self).encode(out));
    }

    #[inline]
    fn encode_owned(self, out: &mut Writer) {
        out.nested(|out| (*self).encode_owned(out));
    }

    #[inline]
    fn to_word(&self, passed: &mut Passed) -> Result<u64, &'static str> {
        (**self).to_word(passed)
    }

    #[inline]
    fn into_word(self, passed: &mut Passed) -> Result<u64, &'static str> {
        (*self).into_word(passed)
    }

    #[inline]
    fn to_pair(&self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        (**self).to_pair(passed)
    }

    #[inline]
    fn into_pair(self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        (*self).into_pair(passed)
    }

    #[inline]
    fn span(&self) -> (u64, u64) {
        (**self).span()
    }

    #[inline]
    fn span_bytes(&self) -> &[u8] {
        (**self).span_bytes()
    }

    #[inline]
    fn give(self, header: &mut Header<'_>) {
        (*self).give(header);
    }

    #[inline]
    fn copy(&self, header: &mut Header<'_>) {
        (**self).copy(header);
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Box<T> {
    const LEAST: usize = T::LEAST;
    const ALIGN: usize = T::ALIGN;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        input.nested(T::decode).map(Box::new)
    }

    #[inline]
    fn from_word(word: u64) -> Result<Self, Malformed> {
        T::from_word(word).map(Box::new)
    }

    #[inline]
    fn from_result(word: u64) -> Result<Self, Malformed> {
        T::from_result(word).map(Box::new)
    }

    #[inline]
    fn from_pair(keeper: u64, handle: u64) -> Result<Self, Malformed> {
        T::from_pair(keeper, handle).map(Box::new)
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.nested(T::skip)
    }

    fn skip_result(word: u64) {
        T::skip_result(word);
    }

    fn later(word: u64) -> Option<Result<Later<'a, Self>, Malformed>>
    where
        Self: 'a,
    {
        let later = T::later(word)?;
        Some(later.map(|later| -> Later<'a, Self> { Box::new(move || later().map(Box::new)) }))
    }

    #[inline]
    unsafe fn from_span(address: u64, len: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller's promise is the same.
        unsafe { T::from_span(address, len) }.map(Box::new)
    }

    #[inline]
    unsafe fn from_block(address: u64, len: u64, packed: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller's promise is the same.
        unsafe { T::from_block(address, len, packed) }.map(Box::new)
    }
}
