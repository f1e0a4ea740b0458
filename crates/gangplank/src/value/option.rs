//! `Option` (clause 5.5).

use super::{Class, Decode, Encode, Shape};
use crate::message::{Malformed, Reader, Writer};

impl<T: Shape> Shape for Option<T> {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = super::print::of(super::print::named("option"), &[T::PRINT]);
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode(&self, out: &mut Writer) {
        match self {
            None => out.bytes(&[0]),
            Some(value) => {
                out.bytes(&[1]);
                value.encode(out);
            }
        }
    }

    #[inline]
    fn encode_owned(self, out: &mut Writer) {
        match self {
            None => out.bytes(&[0]),
            Some(value) => {
                out.bytes(&[1]);
                value.encode_owned(out);
            }
        }
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Option<T> {
    const LEAST: usize = 1;

    #[inline]
    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        match input.array()? {
            [0] => Ok(None),
            [1] => T::decode(input).map(Some),
            [tag] => Err(Malformed::Value { of: "the tag of an Option", got: tag.into() }),
        }
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        match input.array()? {
            [0] => Ok(()),
            _ => T::skip(input),
        }
    }
}
