//! `bool`, `char`, unit.

use super::{Class, Decode, Encode, Shape};
use crate::message::{Malformed, Passed, Reader, Writer};

impl Shape for bool {
    const CLASS: Class = Class::Scalar;
    const PRINT: u64 = super::print::named("bool");
}

impl Encode for bool {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        out.bytes(&[u8::from(*self)]);
    }

    #[inline]
    fn encode_all(items: &[Self], out: &mut Writer) {
        // SAFETY: a `bool` is one byte that is 0 or 1, as in a message (clause 5.1).
        out.bytes(unsafe { std::slice::from_raw_parts(items.as_ptr().cast(), items.len()) });
    }

    #[inline]
    fn encode_all_owned(items: Vec<Self>, out: &mut Writer) {
        Self::encode_all(&items, out);
    }

    #[inline]
    fn to_word(&self, _passed: &mut Passed) -> Result<u64, &'static str> {
        Ok(u64::from(*self))
    }
}

impl<'a> Decode<'a> for bool {
    const LEAST: usize = 1;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let [byte] = input.array()?;
        Self::from_word(byte.into())
    }

    #[inline]
    fn decode_all(count: usize, input: &mut Reader<'a>) -> Result<Vec<Self>, Malformed> {
        let bytes = input.bytes(count)?;
        match bytes.iter().max() {
            Some(&most @ 2..) => Err(Malformed::Value { of: "bool", got: most.into() }),
            _ => Ok(bytes.iter().map(|byte| *byte != 0).collect()),
        }
    }

    #[inline]
    fn from_word(word: u64) -> Result<Self, Malformed> {
        match word {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed::Value { of: "bool", got: word.into() }),
        }
    }
}

impl Shape for char {
    const CLASS: Class = Class::Scalar;
    const PRINT: u64 = super::print::named("char");
}

impl Encode for char {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        out.bytes(&u32::from(*self).to_le_bytes());
    }

    #[inline]
    fn to_word(&self, _passed: &mut Passed) -> Result<u64, &'static str> {
        Ok(u32::from(*self).into())
    }
}

impl<'a> Decode<'a> for char {
    const LEAST: usize = 4;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        Self::from_word(u32::from_le_bytes(input.array()?).into())
    }

    #[inline]
    fn from_word(word: u64) -> Result<Self, Malformed> {
        let bad = || Malformed::Value { of: "char", got: (word as i64).into() };
        u32::try_from(word).ok().and_then(char::from_u32).ok_or_else(bad)
    }
}

impl Shape for () {
    const CLASS: Class = Class::Unit;
    const PRINT: u64 = super::print::named("unit");
}

impl Encode for () {
    #[inline]
    fn encode(&self, _out: &mut Writer) {}
}

impl<'a> Decode<'a> for () {
    const LEAST: usize = 0;

    #[inline]
    fn decode(_input: &mut Reader<'a>) -> Result<Self, Malformed> {
        Ok(())
    }
}
