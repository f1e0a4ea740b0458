//! Tuples of two to eight.

use super::{Class, Decode, Encode, Shape};
use crate::message::{Malformed, Reader, Writer};

macro_rules! tuple {
    ($($name:ident . $index:tt),*) => {
        impl<$($name: Shape),*> Shape for ($($name,)*) {
            const CLASS: Class = Class::Compound;
            const PRINT: u64 = super::print::of(super::print::named("tuple"), &[$($name::PRINT),*]);
        }

        impl<$($name: Encode),*> Encode for ($($name,)*) {
            #[inline]
            fn encode(&self, out: &mut Writer) {
                $(self.$index.encode(out);)*
            }

            #[inline]
            fn encode_owned(self, out: &mut Writer) {
                $(self.$index.encode_owned(out);)*
            }
        }

        impl<'a, $($name: Decode<'a>),*> Decode<'a> for ($($name,)*) {
            const LEAST: usize = 0 $(+ $name::LEAST)*;

            #[inline]
            fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
                Ok(($($name::decode(input)?,)*))
            }

            fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
                $($name::skip(input)?;)*
                Ok(())
            }
        }
    };
}

tuple!(A.0, B.1);
tuple!(A.0, B.1, C.2);
tuple!(A.0, B.1, C.2, D.3);
tuple!(A.0, B.1, C.2, D.3, E.4);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5, G.6);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5, G.6, H.7);
