//! Integers and floats: scalars, and POD.

use super::{Class, Decode, Encode, Shape};
use crate::message::{Malformed, Passed, Reader, Writer};

/// `$to` makes the word of a value, `$from` the value of a word (clause 2.1).
macro_rules! number {
    ($($t:ty, $to:expr, $from:expr;)*) => {$(
        impl Shape for $t {
            const CLASS: Class = Class::Scalar;
            const PRINT: u64 = super::print::named(stringify!($t));
            const POD: bool = true;
        }

        impl Encode for $t {
            #[inline]
            fn encode(&self, out: &mut Writer) {
                out.bytes(&self.to_le_bytes());
            }

            #[inline]
            fn encode_all(items: &[Self], out: &mut Writer) {
                // SAFETY: numbers take any bits and have no padding.
                unsafe { super::list::encode_pod(items, out) }
            }

            #[inline]
            fn to_word(&self, _passed: &mut Passed) -> Result<u64, &'static str> {
                Ok($to(*self))
            }
        }

        impl<'a> Decode<'a> for $t {
            const LEAST: usize = size_of::<$t>();

            #[inline]
            fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
                Ok(<$t>::from_le_bytes(input.array()?))
            }

            #[inline]
            fn decode_all(count: usize, input: &mut Reader<'a>) -> Result<Vec<Self>, Malformed> {
                // SAFETY: numbers take any bits.
                unsafe { super::list::decode_pod(count, input) }
            }

            #[inline]
            fn from_word(word: u64) -> Result<Self, Malformed> {
                $from(word)
            }
        }
    )*};
}

/// Words come from generated code that extended the number; anything else is refused, not cut.
macro_rules! unsigned {
    ($t:ty) => {
        |word: u64| {
            <$t>::try_from(word).map_err(|_| Malformed::Value { of: stringify!($t), got: word.into() })
        }
    };
}

macro_rules! signed {
    ($t:ty) => {
        |word: u64| {
            <$t>::try_from(word as i64)
                .map_err(|_| Malformed::Value { of: stringify!($t), got: (word as i64).into() })
        }
    };
}

number! {
    u8, u64::from, unsigned!(u8);
    u16, u64::from, unsigned!(u16);
    u32, u64::from, unsigned!(u32);
    u64, |v| v, unsigned!(u64);
    usize, |v| v as u64, unsigned!(usize);
    i8, |v| i64::from(v) as u64, signed!(i8);
    i16, |v| i64::from(v) as u64, signed!(i16);
    i32, |v| i64::from(v) as u64, signed!(i32);
    i64, |v| v as u64, signed!(i64);
    isize, |v| v as i64 as u64, signed!(isize);
    f32, |v: f32| u64::from(v.to_bits()), |word: u64| u32::try_from(word).map(f32::from_bits).map_err(|_| Malformed::Value { of: "f32", got: word.into() });
    f64, |v: f64| v.to_bits(), |word| Ok(f64::from_bits(word));
}
