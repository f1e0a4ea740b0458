use std::hash::{BuildHasherDefault, Hasher};

/// 2^64 divided by the golden ratio. Multiples of it are spread evenly over the 64-bit numbers.
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Spreads keys over the 64-bit numbers, so that any of its upper bits can choose a shard.
///
/// Keys are rarely random. Ids count up, connection numbers are even on one side, addresses are multiples of 64, keys made elsewhere
/// carry a machine number in their low bits. `key % n` sends the multiples of n to one shard. One multiplication (Fibonacci hashing)
/// cures steps that are powers of two, but for every factor there are steps that multiply to almost nothing; for the golden
/// ratio they are the Fibonacci numbers. Two multiplications with shifts between them, as in MurmurHash3's finalizer, leave no
/// such steps that a program would meet. It costs about a nanosecond more.
///
/// It is no defence against someone who chooses keys to hit one shard;
/// [`Keyed::with_hasher`](super::Keyed::with_hasher) with a seeded hash is.
#[inline]
pub const fn scatter(mut key: u64) -> u64 {
    key ^= key >> 32;
    key = key.wrapping_mul(0xff51_afd7_ed55_8ccd);
    key ^= key >> 29;
    key.wrapping_mul(GOLDEN)
}

/// Hashes integers with [`scatter`], and anything else word by word.
#[derive(Clone, Copy, Default, Debug)]
pub struct Scatter(u64);

/// Makes [`Scatter`]s.
pub(crate) type BuildScatter = BuildHasherDefault<Scatter>;

impl Hasher for Scatter {
    #[inline]
    fn finish(&self) -> u64 {
        // A hash map looks at the low bits, too.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.0 = scatter(self.0.rotate_left(23) ^ number);
    }

    #[inline]
    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    #[inline]
    fn write_u16(&mut self, number: u16) {
        self.write_u64(number.into());
    }

    #[inline]
    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
