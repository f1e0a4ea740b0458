//! How an insert finds a free slot.

use super::bits::{Handle, OFFSET_BITS, Place, SEGMENTS, SHARDS};
use super::directory::Directory;
use super::lineage::Lineage;
use super::scatter::scatter;
use super::shard::Shard;
use super::slot::Claimed;

/// Slots to try after the cursor.
const NEARBY: usize = if cfg!(all(test, loom)) { 2 } else { 32 };
/// Places to try elsewhere in the shard, and slots to try at each.
const PLACES: u64 = if cfg!(all(test, loom)) { 0 } else { 8 };
const AT_PLACE: usize = if cfg!(all(test, loom)) { 1 } else { 16 };
/// A shard grows when fewer than one in so many slots are free.
const SPARE: usize = 8;

/// The slots of a table, without what is done with values.
#[derive(Debug)]
pub(crate) struct Slots<T> {
    pub(crate) directory: Directory<T>,
    pub(crate) lineage: Lineage,
    shards: Box<[Shard]>,
}

impl<T> Slots<T> {
    pub(crate) fn new(lineage: Lineage, first_segment: usize) -> Slots<T> {
        let shards = (0..SHARDS).map(|_| Shard::new()).collect();
        Slots { directory: Directory::new(first_segment), lineage, shards }
    }

    /// Reserves a slot, and names the handle that it is for. `None` if no shard has room.
    #[inline]
    pub(crate) fn reserve(&self, shard: usize) -> Option<(Claimed<'_, T>, Handle)> {
        let cursor = self.shards[shard].cursor();
        self.claim(shard, cursor).or_else(|| self.search(shard))
    }

    /// Reserves the slot at a position of a shard, if it is free.
    #[inline]
    fn claim(&self, shard: usize, position: u64) -> Option<(Claimed<'_, T>, Handle)> {
        let place = Place::from_bits(Place::new(shard, 0, 0).to_bits() | position);
        let slot = self.directory.slot(place)?;
        let state = slot.look();
        let generation = self.lineage.after(state.generation())?;
        let claimed = slot.claim(state, generation)?;
        Some((claimed, Handle::new(generation, self.lineage.tag, place)))
    }

    /// Does so when the slot under the cursor is taken, and moves the cursor.
    #[cold]
    fn search(&self, first: usize) -> Option<(Claimed<'_, T>, Handle)> {
        (0..SHARDS).find_map(|i| self.search_shard((first + i) % SHARDS))
    }

    fn search_shard(&self, shard: usize) -> Option<(Claimed<'_, T>, Handle)> {
        let cursor = self.shards[shard].cursor();
        self.walk(shard, cursor, NEARBY)
            .or_else(|| {
                (1..=PLACES).find_map(|i| {
                    let position = self.random_position(shard, scatter(cursor ^ (i << 32)));
                    self.walk(shard, position, AT_PLACE)
                })
            })
            .or_else(|| {
                loop {
                    // Others may take what there was room for, but then they have got on.
                    let position = self.make_room(shard)?;
                    let found = self.walk(shard, position, AT_PLACE);
                    if found.is_some() {
                        break found;
                    }
                }
            })
    }

    /// Tries some slots from a position on.
    fn walk(&self, shard: usize, mut position: u64, tries: usize) -> Option<(Claimed<'_, T>, Handle)> {
        for _ in 0..tries {
            if let Some(found) = self.claim(shard, position) {
                self.shards[shard].set_cursor(position);
                return Some(found);
            }
            position = self.next(shard, position);
        }
        None
    }

    /// The position after another: in its segment, in the segment after it, or at the beginning again.
    fn next(&self, shard: usize, position: u64) -> u64 {
        let place = Place::from_bits(position);
        if place.offset() + 1 < self.directory.len(place.segment()) {
            return position + 1;
        }
        let after = place.segment() + 1;
        if after < SEGMENTS && self.directory.slot(Place::new(shard, after, 0)).is_some() {
            return (after as u64) << OFFSET_BITS;
        }
        0
    }

    /// Half of all slots are in the last segment, a quarter in the one before.
    fn random_position(&self, shard: usize, random: u64) -> u64 {
        let Some(last) = self.directory.segments(shard).checked_sub(1) else { return 0 };
        let segment = last - (random.leading_ones() as usize).min(last);
        let offset = (random as u32 as usize) & (self.directory.len(segment) - 1);
        Place::new(0, segment, offset).to_bits()
    }

    /// Finds a free slot by looking at all, and adds a segment if there are few. Both cost time in proportion to the slots there
    /// are; after it, a good part of as many values can be inserted without. `None` if the shard is full.
    fn make_room(&self, shard: usize) -> Option<u64> {
        self.shards[shard].grow.hold(|| {
            let (position, free, all) = self.survey(shard);
            if free > all / SPARE {
                return Some(position);
            }
            let segment = self.directory.segments(shard);
            if segment == SEGMENTS {
                return (free > 0).then_some(position);
            }
            self.directory.add(shard, segment);
            Some((segment as u64) << OFFSET_BITS)
        })
    }

    /// Where the longest run of free slots begins, how many are free, and how many there are.
    fn survey(&self, shard: usize) -> (u64, usize, usize) {
        let (mut start, mut longest, mut free, mut all) = (0, 0, 0, 0);
        for segment in 0..self.directory.segments(shard) {
            let mut run = 0;
            for offset in 0..self.directory.len(segment) {
                all += 1;
                let Some(slot) = self.directory.slot(Place::new(shard, segment, offset)) else { continue };
                let state = slot.look();
                if !state.is_free() || self.lineage.after(state.generation()).is_none() {
                    run = 0;
                    continue;
                }
                free += 1;
                run += 1;
                if run > longest {
                    longest = run;
                    start = Place::new(0, segment, offset + 1 - run).to_bits();
                }
            }
        }
        (start, free, all)
    }
}
