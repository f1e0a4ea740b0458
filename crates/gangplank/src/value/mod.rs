//! The types that cross, and how: [`Encode`] out of Rust, [`Decode`] into Rust, both by [`Shape::CLASS`].
//!
//! `#[record]` and `#[error]` implement these for a user's types. The impls here are one file per family of the type table.

mod boxed;
mod list;
mod map;
mod number;
mod option;
pub mod print;
mod scalar;
mod slice;
mod text;
mod time;
mod tuple;

#[doc(hidden)]
pub use list::{decode_pod, encode_pod};
pub use slice::Slice;
pub(crate) use slice::memory;

use crate::frame::Header;
use crate::message::{Malformed, Reader, Writer};

/// How a value travels (clause 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Nothing travels.
    Unit,
    /// In one word.
    Scalar,
    /// As address and length.
    Span,
    /// In the message.
    Compound,
}

/// How a type travels.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross between Rust and Go",
    label = "not a type that gangplank knows",
    note = "add `#[gangplank::record]` (or `#[gangplank::error]`) to the type's definition, or pass another type"
)]
pub trait Shape {
    /// How a value of this type travels.
    const CLASS: Class;
    /// What the type is, as a number (clause 6.5): types that look the same on the wire and in Go have the same.
    const PRINT: u64;
    /// Is it plain old data, so that a list of it is its memory (clause 5.4)?
    const POD: bool = false;
}

/// A value that can go to Go.
///
/// Which methods are called depends on [`Shape::CLASS`]; the defaults of the others are never reached.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross from Rust to Go",
    label = "not a type that gangplank knows",
    note = "add `#[gangplank::record]` (or `#[gangplank::error]`) to the type's definition, or pass another type"
)]
pub trait Encode: Shape {
    /// Appends the value to a message (clause 5).
    fn encode(&self, out: &mut Writer);

    /// Appends many, without their count. POD appends its memory.
    #[inline]
    fn encode_all(items: &[Self], out: &mut Writer)
    where
        Self: Sized,
    {
        for item in items {
            item.encode(out);
        }
    }

    /// A scalar as its word (clause 2.1), or why it has none.
    #[inline]
    fn to_word(&self) -> Result<u64, &'static str> {
        unreachable!("only scalars are one word")
    }

    /// Address and length of a span (clause 2.2).
    #[inline]
    fn span(&self) -> (u64, u64) {
        unreachable!("only spans have an address")
    }

    /// Answers with a span, giving the buffer away where it is owned (clause 4.3).
    #[inline]
    fn give(self, header: &mut Header<'_>)
    where
        Self: Sized,
    {
        self.copy(header);
    }

    /// Answers with a copy of a span.
    #[inline]
    fn copy(&self, _header: &mut Header<'_>) {
        unreachable!("only spans are given")
    }
}

/// A value that can come from Go. `'a` is the time its memory lasts: the call.
///
/// Which methods are called depends on [`Shape::CLASS`]; the defaults of the others are never reached.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross from Go to Rust",
    label = "not a type that gangplank knows",
    note = "add `#[gangplank::record]` (or `#[gangplank::error]`) to the type's definition, or pass another type"
)]
pub trait Decode<'a>: Shape + Sized {
    /// The fewest bytes that a value takes in a message.
    const LEAST: usize;

    /// Takes the value from a message (clause 5).
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed>;

    /// Takes many, whose count was already read and checked. POD copies memory.
    #[inline]
    fn decode_all(count: usize, input: &mut Reader<'a>) -> Result<Vec<Self>, Malformed> {
        // A value may be much larger in memory than in a message, so a lying count must not reserve it all.
        let mut items = Vec::with_capacity(count.min(MOST_RESERVED / size_of::<Self>().max(1)));
        for _ in 0..count {
            items.push(Self::decode(input)?);
        }
        Ok(items)
    }

    /// A scalar from its word (clause 2.1).
    #[inline]
    fn from_word(_word: u64) -> Result<Self, Malformed> {
        unreachable!("only scalars are one word")
    }

    /// A span from its memory (clause 2.2): borrowed or copied.
    ///
    /// # Safety
    /// `address` is readable for `len` elements during `'a`, if `len` is not 0.
    #[inline]
    unsafe fn from_span(_address: u64, _len: u64) -> Result<Self, Malformed> {
        unreachable!("only spans have an address")
    }

    /// A span from a block that is now ours (clause 4.5): the buffer of the value, if it fits.
    ///
    /// # Safety
    /// As for `from_span`, and `packed` describes the block at `address` (clause 4.3), which nobody else uses.
    #[inline]
    unsafe fn from_block(address: u64, len: u64, packed: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller's promise covers both calls; the value does not borrow, or `'a` would outlast the block.
        unsafe {
            let value = Self::from_span(address, len);
            crate::block::free(address, packed);
            value
        }
    }

    /// Alignment that a block for this span must have.
    const ALIGN: usize = 8;
}

/// How many bytes a list reserves before its first element was read.
const MOST_RESERVED: usize = 1 << 20;

impl<T: Shape + ?Sized> Shape for &T {
    const CLASS: Class = T::CLASS;
    const PRINT: u64 = T::PRINT;
}

impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        (**self).encode(out);
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
    fn copy(&self, header: &mut Header<'_>) {
        (**self).copy(header);
    }
}
