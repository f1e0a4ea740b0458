//! Strings: spans of UTF-8, checked when they come in (clause 5.9).

use super::{Class, Decode, Encode, Shape};
use crate::frame::{Header, unpack_block};
use crate::message::{Malformed, Reader, Writer};

impl Shape for str {
    const CLASS: Class = Class::Span;
    const PRINT: u64 = super::print::named("string");
}

impl Encode for str {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        out.string(self);
    }

    #[inline]
    fn span(&self) -> (u64, u64) {
        (self.as_ptr() as u64, self.len() as u64)
    }

    #[inline]
    fn span_bytes(&self) -> &[u8] {
        self.as_bytes()
    }

    #[inline]
    fn copy(&self, header: &mut Header<'_>) {
        header.copied(self.as_bytes());
    }
}

impl Shape for String {
    const CLASS: Class = Class::Span;
    const PRINT: u64 = str::PRINT;
}

impl Encode for String {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        out.string(self);
    }

    #[inline]
    fn span(&self) -> (u64, u64) {
        self.as_str().span()
    }

    #[inline]
    fn span_bytes(&self) -> &[u8] {
        self.as_bytes()
    }

    #[inline]
    fn give(self, header: &mut Header<'_>) {
        header.given(self.into_bytes());
    }

    #[inline]
    fn copy(&self, header: &mut Header<'_>) {
        self.as_str().copy(header);
    }
}

impl<'a> Decode<'a> for &'a str {
    const LEAST: usize = 8;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        input.string()
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.slice().map(drop)
    }

    #[inline]
    unsafe fn from_span(address: u64, len: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller promised readable memory (clause 1.6).
        crate::message::utf8(unsafe { super::slice::memory(address, len) })
    }
}

impl<'a> Decode<'a> for String {
    const LEAST: usize = 8;
    const ALIGN: usize = 1;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        input.string().map(str::to_owned)
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.slice().map(drop)
    }

    #[inline]
    unsafe fn from_span(address: u64, len: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller promised readable memory (clause 1.6).
        unsafe { <&str>::from_span(address, len) }.map(str::to_owned)
    }

    unsafe fn from_block(address: u64, len: u64, packed: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller's promise is the same.
        let bytes = unsafe { Vec::<u8>::from_block(address, len, packed) }?;
        debug_assert_eq!(unpack_block(packed).1, Self::ALIGN);
        String::from_utf8(bytes).map_err(|e| Malformed::Utf8 { at: e.utf8_error().valid_up_to() })
    }
}
