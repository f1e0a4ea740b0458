//! `HashMap` and `BTreeMap` (clause 5.3).

use super::{Class, Decode, Encode, Shape};
use crate::message::{Malformed, Reader, Writer};
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

impl<K: Shape, V: Shape, S> Shape for HashMap<K, V, S> {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = super::print::of(super::print::named("map"), &[K::PRINT, V::PRINT]);
}

impl<K: Encode, V: Encode, S> Encode for HashMap<K, V, S> {
    fn encode(&self, out: &mut Writer) {
        out.count(self.len());
        out.nested(|out| {
            for (key, value) in self {
                key.encode(out);
                value.encode(out);
            }
        });
    }

    fn encode_owned(self, out: &mut Writer) {
        out.count(self.len());
        out.nested(|out| {
            for (key, value) in self {
                key.encode(out);
                value.encode_owned(out);
            }
        });
    }
}

impl<'a, K: Decode<'a> + Eq + Hash, V: Decode<'a>, S: BuildHasher + Default> Decode<'a> for HashMap<K, V, S> {
    const LEAST: usize = 8;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let count = input.count(K::LEAST + V::LEAST)?;
        let most = super::MOST_RESERVED / size_of::<(K, V)>().max(1);
        let mut map = HashMap::with_capacity_and_hasher(count.min(most), S::default());
        input.nested(|input| {
            for _ in 0..count {
                map.insert(K::decode(input)?, V::decode(input)?);
            }
            Ok(map)
        })
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        skip::<K, V>(input)
    }
}

impl<K: Shape, V: Shape> Shape for BTreeMap<K, V> {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = super::print::of(super::print::named("map"), &[K::PRINT, V::PRINT]);
}

impl<K: Encode, V: Encode> Encode for BTreeMap<K, V> {
    fn encode(&self, out: &mut Writer) {
        out.count(self.len());
        out.nested(|out| {
            for (key, value) in self {
                key.encode(out);
                value.encode(out);
            }
        });
    }

    fn encode_owned(self, out: &mut Writer) {
        out.count(self.len());
        out.nested(|out| {
            for (key, value) in self {
                key.encode(out);
                value.encode_owned(out);
            }
        });
    }
}

impl<'a, K: Decode<'a> + Ord, V: Decode<'a>> Decode<'a> for BTreeMap<K, V> {
    const LEAST: usize = 8;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let count = input.count(K::LEAST + V::LEAST)?;
        input.nested(|input| (0..count).map(|_| Ok((K::decode(input)?, V::decode(input)?))).collect())
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        skip::<K, V>(input)
    }
}

fn skip<'a, K: Decode<'a>, V: Decode<'a>>(input: &mut Reader<'a>) -> Result<(), Malformed> {
    let count = input.count(K::LEAST + V::LEAST)?;
    input.nested(|input| {
        (0..count).try_for_each(|_| {
            K::skip(input)?;
            V::skip(input)
        })
    })
}
