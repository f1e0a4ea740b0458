//! What a handle is made of.

use std::fmt;

/// Stands for a value in a [`Table`](super::Table). It is a number, not an address: foreign code may keep it as long as it
/// likes. The default `Handle` is zero, which is not valid.
///
/// From the low bits: position in the segment (20), segment (4), shard (6), table tag (10), generation (24).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(transparent)]
pub struct Handle(u64);

pub(crate) const OFFSET_BITS: u32 = 20;
pub(crate) const SEGMENT_BITS: u32 = 4;
pub(crate) const SHARD_BITS: u32 = 6;
pub(crate) const TAG_BITS: u32 = 10;
pub(crate) const GENERATION_BITS: u32 = 24;

/// The model has one: loom would look at all.
pub(crate) const SHARDS: usize = if cfg!(all(test, loom)) { 1 } else { 1 << SHARD_BITS };
/// Of one shard.
pub(crate) const SEGMENTS: usize = 1 << SEGMENT_BITS;
pub(crate) const LAST_GENERATION: u64 = (1 << GENERATION_BITS) - 1;

const SHARD_SHIFT: u32 = OFFSET_BITS + SEGMENT_BITS;
const TAG_SHIFT: u32 = SHARD_SHIFT + SHARD_BITS;
const GENERATION_SHIFT: u32 = TAG_SHIFT + TAG_BITS;

const _: () = assert!(GENERATION_SHIFT + GENERATION_BITS == u64::BITS);

impl Handle {
    /// The handle that is not valid.
    pub const ZERO: Handle = Handle(0);

    /// The number, to give away.
    #[inline]
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// A number that came back. Any number may be tried: what is no live handle is an error where it is used.
    #[inline]
    pub const fn from_bits(bits: u64) -> Handle {
        Handle(bits)
    }

    #[inline]
    pub(crate) fn new(generation: u64, tag: u64, place: Place) -> Handle {
        Handle(generation << GENERATION_SHIFT | tag << TAG_SHIFT | place.0)
    }

    #[inline]
    pub(crate) fn generation(self) -> u64 {
        self.0 >> GENERATION_SHIFT
    }

    #[inline]
    pub(crate) fn tag(self) -> u64 {
        (self.0 >> TAG_SHIFT) & ((1 << TAG_BITS) - 1)
    }

    /// The same place and generation under another tag, or what fits of it.
    #[inline]
    pub(crate) fn with_tag(self, tag: u64) -> Handle {
        const MASK: u64 = ((1 << TAG_BITS) - 1) << TAG_SHIFT;
        Handle(self.0 & !MASK | tag << TAG_SHIFT & MASK)
    }

    #[inline]
    pub(crate) fn place(self) -> Place {
        Place(self.0 & ((1 << TAG_SHIFT) - 1))
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("handle(zero)");
        }
        let place = self.place();
        let (shard, segment, offset) = (place.shard(), place.segment(), place.offset());
        let (tag, generation) = (self.tag(), self.generation());
        write!(f, "handle(table {tag}, shard {shard}, slot {segment}.{offset}, generation {generation})")
    }
}

/// Where a slot is: shard, segment and offset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place(u64);

impl Place {
    #[inline]
    pub(crate) fn new(shard: usize, segment: usize, offset: usize) -> Place {
        Place((shard << SHARD_SHIFT | segment << OFFSET_BITS | offset) as u64)
    }

    #[inline]
    pub(crate) fn shard(self) -> usize {
        self.0 as usize >> SHARD_SHIFT
    }

    #[inline]
    pub(crate) fn segment(self) -> usize {
        (self.0 as usize >> OFFSET_BITS) & (SEGMENTS - 1)
    }

    /// The entry in the directory.
    #[inline]
    pub(crate) fn entry(self) -> usize {
        self.0 as usize >> OFFSET_BITS
    }

    #[inline]
    pub(crate) fn offset(self) -> usize {
        self.0 as usize & ((1 << OFFSET_BITS) - 1)
    }

    /// As a cursor keeps it: without the shard, or with it.
    #[inline]
    pub(crate) fn to_bits(self) -> u64 {
        self.0
    }

    #[inline]
    pub(crate) fn from_bits(bits: u64) -> Place {
        Place(bits)
    }
}
