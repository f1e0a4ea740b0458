//! Slices: borrowed memory where the elements are POD, a list of their own where they are not.

use super::{Class, Decode, Encode, Shape};
use crate::frame::Header;
use crate::message::{Malformed, Reader, Writer};
use std::ops::Deref;

/// The memory of a span (clause 2.2). The address of an empty one is not looked at.
///
/// # Safety
/// `address` is readable for `len` values of `T` during `'a` and aligned for it, if `len` is not 0.
#[inline]
pub(crate) unsafe fn memory<'a, T>(address: u64, len: u64) -> &'a [T] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise; Go and Rust both keep any value below `isize::MAX` bytes.
    unsafe { std::slice::from_raw_parts(address as *const T, len as usize) }
}

const fn class<T: Shape>() -> Class {
    if T::POD { Class::Span } else { Class::Compound }
}

impl<T: Shape> Shape for [T] {
    const CLASS: Class = class::<T>();
    const PRINT: u64 = super::print::of(super::print::named("list"), &[T::PRINT]);
}

impl<T: Encode> Encode for [T] {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        out.count(self.len());
        out.nested(|out| T::encode_all(self, out));
    }

    #[inline]
    fn span(&self) -> (u64, u64) {
        (self.as_ptr() as u64, self.len() as u64)
    }

    #[inline]
    fn span_bytes(&self) -> &[u8] {
        // SAFETY: only POD is a span, and POD has neither padding nor invalid bytes (clause 5.4).
        unsafe { std::slice::from_raw_parts(self.as_ptr().cast::<u8>(), size_of_val(self)) }
    }

    #[inline]
    fn copy(&self, header: &mut Header<'_>) {
        header.copied_pod(self.span_bytes(), self.len(), align_of::<T>());
    }
}

/// A slice argument of an exported function: `&[T]`.
pub enum Slice<'a, T> {
    /// POD: Go's own memory.
    Borrowed(&'a [T]),
    /// Anything else: decoded from the message.
    Owned(Vec<T>),
}

impl<T> Deref for Slice<'_, T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match self {
            Slice::Borrowed(items) => items,
            Slice::Owned(items) => items,
        }
    }
}

impl<T: Shape> Shape for Slice<'_, T> {
    const CLASS: Class = class::<T>();
    const PRINT: u64 = <[T]>::PRINT;
}

impl<'a, T: Decode<'a>> Decode<'a> for Slice<'a, T> {
    const LEAST: usize = 8;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let count = input.count(T::LEAST)?;
        input.nested(|input| T::decode_all(count, input)).map(Slice::Owned)
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        super::list::skip::<T>(input)
    }

    #[inline]
    unsafe fn from_span(address: u64, len: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller promised readable memory (clause 1.6); only POD is a span, and takes any bits (clause 5.4).
        Ok(Slice::Borrowed(unsafe { memory(address, len) }))
    }
}

impl<'a> Decode<'a> for &'a [u8] {
    const LEAST: usize = 8;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        input.slice()
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.slice().map(drop)
    }

    #[inline]
    unsafe fn from_span(address: u64, len: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller promised readable memory (clause 1.6).
        Ok(unsafe { memory(address, len) })
    }
}
