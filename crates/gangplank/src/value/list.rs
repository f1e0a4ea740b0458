//! `Vec` and arrays.

use super::{Class, Decode, Encode, Shape};
use crate::frame::{Header, unpack_block};
use crate::message::{Malformed, Reader, Writer};

impl<T: Shape> Shape for Vec<T> {
    const CLASS: Class = <[T]>::CLASS;
    const PRINT: u64 = <[T]>::PRINT;
}

impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        self.as_slice().encode(out);
    }

    #[inline]
    fn encode_owned(self, out: &mut Writer) {
        out.count(self.len());
        out.nested(|out| T::encode_all_owned(self, out));
    }

    #[inline]
    fn span(&self) -> (u64, u64) {
        self.as_slice().span()
    }

    #[inline]
    fn span_bytes(&self) -> &[u8] {
        self.as_slice().span_bytes()
    }

    #[inline]
    fn give(self, header: &mut Header<'_>) {
        header.given_pod(self);
    }

    #[inline]
    fn copy(&self, header: &mut Header<'_>) {
        self.as_slice().copy(header);
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Vec<T> {
    const LEAST: usize = 8;
    const ALIGN: usize = align_of::<T>();

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let count = input.count(T::LEAST)?;
        input.nested(|input| T::decode_all(count, input))
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        skip::<T>(input)
    }

    #[inline]
    unsafe fn from_span(address: u64, len: u64) -> Result<Self, Malformed> {
        let mut items = Vec::with_capacity(len as usize);
        if len > 0 {
            // SAFETY: the caller promised readable memory (clause 1.6), which new memory does not overlap; only POD is a span, and takes any bits (clause 5.4).
            unsafe {
                std::ptr::copy_nonoverlapping(address as *const T, items.as_mut_ptr(), len as usize);
                items.set_len(len as usize);
            }
        }
        Ok(items)
    }

    unsafe fn from_block(address: u64, len: u64, packed: u64) -> Result<Self, Malformed> {
        let (capacity, align) = unpack_block(packed);
        if align == align_of::<T>() && capacity % size_of::<T>().max(1) == 0 {
            // SAFETY: the block is ours, was allocated with this alignment and capacity by the global allocator (clause 4.5), and holds `len` POD values.
            let mut items =
                unsafe { Vec::from_raw_parts(address as *mut T, len as usize, capacity / size_of::<T>()) };
            // The lender guessed the size; do not keep several times what is used.
            if items.len() < items.capacity() / 4 {
                items.shrink_to_fit();
            }
            return Ok(items);
        }
        // SAFETY: the caller promised as much.
        unsafe {
            let items = Self::from_span(address, len);
            crate::block::free(address, packed);
            items
        }
    }
}

/// Passes over a list.
pub(super) fn skip<'a, T: Decode<'a>>(input: &mut Reader<'a>) -> Result<(), Malformed> {
    let count = input.count(T::LEAST)?;
    input.nested(|input| (0..count).try_for_each(|_| T::skip(input)))
}

/// Takes POD from a message: one copy of its memory.
///
/// # Safety
/// `T` is POD (clause 5.4).
#[doc(hidden)]
pub unsafe fn decode_pod<T>(count: usize, input: &mut Reader<'_>) -> Result<Vec<T>, Malformed> {
    let bytes = input.bytes(count.checked_mul(size_of::<T>()).ok_or(Malformed::Short)?)?;
    let mut items = Vec::<T>::with_capacity(count);
    // SAFETY: `bytes` holds `count` values, and the caller promises that they take any bits; a byte copy needs no alignment.
    unsafe {
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), items.as_mut_ptr().cast(), bytes.len());
        items.set_len(count);
    }
    Ok(items)
}

/// Appends the memory of POD.
///
/// # Safety
/// `T` is POD (clause 5.4).
#[doc(hidden)]
pub unsafe fn encode_pod<T>(items: &[T], out: &mut Writer) {
    // SAFETY: the caller promises that every byte is initialised.
    out.bytes(unsafe { std::slice::from_raw_parts(items.as_ptr().cast(), size_of_val(items)) });
}

impl<T: Shape, const N: usize> Shape for [T; N] {
    const CLASS: Class = Class::Compound;
    const POD: bool = T::POD;
    const PRINT: u64 = super::print::of(super::print::named("array"), &[T::PRINT, N as u64]);
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        T::encode_all(self, out);
    }

    #[inline]
    fn encode_owned(self, out: &mut Writer) {
        if T::POD {
            return T::encode_all(&self, out);
        }
        for item in self {
            item.encode_owned(out);
        }
    }

    #[inline]
    fn encode_all(items: &[Self], out: &mut Writer) {
        T::encode_all(items.as_flattened(), out);
    }
}

impl<'a, T: Decode<'a>, const N: usize> Decode<'a> for [T; N] {
    const LEAST: usize = T::LEAST * N;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let items = T::decode_all(N, input)?;
        Ok(items.try_into().unwrap_or_else(|_| unreachable!("decode_all gives as many as were asked for")))
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        (0..N).try_for_each(|_| T::skip(input))
    }
}
