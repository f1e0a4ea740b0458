//! What tells the handles of one table from those of others.

use super::bits::{LAST_GENERATION, TAG_BITS};
use super::scatter::GOLDEN;
// Not loom's: this is no part of the protocol.
use std::sync::atomic::{AtomicU64, Ordering};

/// A tag, and, when the tags are used up, also where generations begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Lineage {
    pub(crate) tag: u64,
    first: u64,
    last: u64,
}

/// Tags 0 and 1 are not used, as in Go.
const FIRST_TAG: u64 = 2;
pub(crate) const TAGS: u64 = (1 << TAG_BITS) - FIRST_TAG;

static TABLES: AtomicU64 = AtomicU64::new(0);

impl Lineage {
    pub(crate) fn next() -> Lineage {
        Lineage::of(TABLES.fetch_add(1, Ordering::Relaxed))
    }

    /// The first 1,022 tables have a tag of their own. Later tables share tags. Their generations begin elsewhere, so that a handle
    /// of a table with the same tag is most likely one of a generation that the slot does not have.
    pub(crate) fn of(table: u64) -> Lineage {
        let round = table / TAGS;
        let spread = round.wrapping_mul(GOLDEN) >> 40;
        Lineage {
            tag: FIRST_TAG + table % TAGS,
            first: 1 + spread % (LAST_GENERATION / 2),
            last: LAST_GENERATION,
        }
    }

    /// The same, but with few generations, so that tests see slots retire.
    #[cfg(test)]
    pub(crate) fn with_generations(self, count: u64) -> Lineage {
        Lineage { last: self.first + count - 1, ..self }
    }

    #[cfg(all(test, not(loom)))]
    pub(crate) fn generations(self) -> std::ops::RangeInclusive<u64> {
        self.first..=self.last
    }

    /// The generation after the one a free slot had last. `None` if the slot is retired.
    #[inline]
    pub(crate) fn after(self, generation: u64) -> Option<u64> {
        (generation < self.last).then_some((generation + 1).max(self.first))
    }

    /// A slot whose last generation this is may have had that one.
    pub(crate) fn has_issued(self, generation: u64, last: u64) -> bool {
        (self.first..=last).contains(&generation)
    }
}
