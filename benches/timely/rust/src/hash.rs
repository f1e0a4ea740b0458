//! The hash of strings that `gangplank.dev/go/timely` uses; also for hash maps here, so that Rust is not slowed down by SipHash.

use std::hash::{BuildHasherDefault, Hasher};

const MIX1: u64 = 0xa076_1d64_78bd_642f;
const MIX2: u64 = 0xe703_7ed1_a0b4_28db;
const MIX3: u64 = 0x8ebc_6af0_9c88_c6e3;

fn mix(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    (wide >> 64) as u64 ^ wide as u64
}

fn word(s: &[u8]) -> u64 {
    u64::from_le_bytes(s[..8].try_into().expect("eight bytes"))
}

fn half(s: &[u8]) -> u64 {
    u64::from(u32::from_le_bytes(s[..4].try_into().expect("four bytes")))
}

/// As `timely.HashString` of the Go package.
pub(crate) fn hash(mut s: &[u8]) -> u64 {
    let mut h = MIX3;
    let n = s.len() as u64;
    while s.len() > 16 {
        h = mix(word(s) ^ MIX1, word(&s[8..]) ^ h);
        s = &s[16..];
    }
    let (a, b) = match s.len() {
        8.. => (word(s), word(&s[s.len() - 8..])),
        4..8 => (half(s), half(&s[s.len() - 4..])),
        1..4 => (u64::from(s[0]) << 16 | u64::from(s[s.len() >> 1]) << 8 | u64::from(s[s.len() - 1]), 0),
        0 => (0, 0),
    };
    mix(MIX1 ^ n, mix(a ^ MIX2, b ^ h))
}

/// For hash maps.
#[derive(Default)]
pub(crate) struct Fast(u64);

impl Hasher for Fast {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= hash(bytes);
    }

    // The end of a string.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

pub(crate) type Map<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<Fast>>;
