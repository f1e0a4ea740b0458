//! `Box<T>` is `T` (clause 5.3): it lets records contain themselves.

use super::{Class, Decode, Encode, Shape};
use crate::frame::Header;
use crate::message::{Malformed, Reader, Writer};

impl<T: Shape> Shape for Box<T> {
    const CLASS: Class = T::CLASS;
    const PRINT: u64 = T::PRINT;
}

impl<T: Encode> Encode for Box<T> {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        out.nested(|out| (**self).encode(out));
    }

    #[inline]
    fn to_word(&self) -> Result<u64, &'static str> {
        (**self).to_word()
    }

    #[inline]
    fn span(&self) -> (u64, u64) {
        (**self).span()
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
