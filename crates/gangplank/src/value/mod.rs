//! The types that cross, and how: [`Encode`] out of Rust, [`Decode`] into Rust, both by [`Shape::CLASS`].
//!
//! `#[record]` and `#[error]` implement these for a user's types. The impls here are one file per family of the type table.

mod argument;
mod boxed;
mod list;
mod map;
mod number;
mod option;
pub mod print;
mod scalar;
mod shared;
mod slice;
mod text;
mod time;
mod tuple;

pub use argument::{Held, Keep, Kept, Later, Lend, LendMut, Lent};
#[doc(hidden)]
pub use list::{decode_pod, encode_pod};
pub use shared::{DecodeArc, EncodeArc};
pub use slice::Slice;
pub(crate) use slice::memory;

use crate::frame::Header;
use crate::message::{Malformed, Passed, Reader, Writer};
use crate::object::{Access, Shared};

/// How a value travels (clause 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Nothing travels.
    Unit,
    /// In one word.
    Scalar,
    /// As address and length.
    Span,
    /// As a keeper's address and a handle (clause 8.2).
    Pair,
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
    /// Appends the value to a message (clause 5). What can only be given whole is a fault.
    fn encode(&self, out: &mut Writer);

    /// Appends the value, giving away what of it stays in Rust (clause 8.3).
    #[inline]
    fn encode_owned(self, out: &mut Writer)
    where
        Self: Sized,
    {
        self.encode(out);
    }

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

    /// Appends many, giving them away.
    #[inline]
    fn encode_all_owned(items: Vec<Self>, out: &mut Writer)
    where
        Self: Sized,
    {
        if Self::POD {
            return Self::encode_all(&items, out);
        }
        for item in items {
            item.encode_owned(out);
        }
    }

    /// A scalar as its word (clause 2.1), or why it has none. `passed` learns of a handle that was made for it.
    #[inline]
    fn to_word(&self, _passed: &mut Passed) -> Result<u64, &'static str> {
        unreachable!("only scalars are one word")
    }

    /// The same, giving the value away.
    #[inline]
    fn into_word(self, passed: &mut Passed) -> Result<u64, &'static str>
    where
        Self: Sized,
    {
        self.to_word(passed)
    }

    /// Keeper and handle of a pair (clause 8.2), or why it has none.
    #[inline]
    fn to_pair(&self, _passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        unreachable!("only function values and implementations are pairs")
    }

    /// The same, giving the value away.
    #[inline]
    fn into_pair(self, passed: &mut Passed) -> Result<(u64, u64), &'static str>
    where
        Self: Sized,
    {
        self.to_pair(passed)
    }

    /// Address and length of a span (clause 2.2).
    #[inline]
    fn span(&self) -> (u64, u64) {
        unreachable!("only spans have an address")
    }

    /// The memory of a span.
    #[inline]
    fn span_bytes(&self) -> &[u8] {
        unreachable!("only spans have memory")
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

    /// A scalar that Go returned: an object's handle is ours then (clause 8.3).
    #[inline]
    fn from_result(word: u64) -> Result<Self, Malformed> {
        Self::from_word(word)
    }

    /// A value that Go gives as a pair (clause 8.3).
    #[inline]
    fn from_pair(_keeper: u64, _handle: u64) -> Result<Self, Malformed> {
        unreachable!("only function values and implementations are pairs")
    }

    /// Passes over a value in a message that is refused, and releases what Go gave in it (clause 8.3). It checks nothing but lengths.
    ///
    /// This one is for values that always take `LEAST` bytes.
    #[inline]
    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.bytes(Self::LEAST).map(drop)
    }

    /// The same for a scalar result that is refused.
    #[inline]
    fn skip_result(_word: u64) {}

    /// Takes an object out of its table when all other arguments are there. `None`: the value is no object.
    #[inline]
    fn later(_word: u64) -> Option<Result<Later<'a, Self>, Malformed>>
    where
        Self: 'a,
    {
        None
    }

    /// Access to an object. `None`: the value is no object.
    #[inline]
    fn shared(_word: u64, _access: Access) -> Option<Result<Shared<Self>, Malformed>>
    where
        Self: 'static,
    {
        None
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

impl<T: Shape + ?Sized> Shape for &mut T {
    const CLASS: Class = T::CLASS;
    const PRINT: u64 = T::PRINT;
}

impl<T: Encode + ?Sized> Encode for &T {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        (**self).encode(out);
    }

    #[inline]
    fn to_word(&self, passed: &mut Passed) -> Result<u64, &'static str> {
        (**self).to_word(passed)
    }

    #[inline]
    fn to_pair(&self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        (**self).to_pair(passed)
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
    fn copy(&self, header: &mut Header<'_>) {
        (**self).copy(header);
    }
}
