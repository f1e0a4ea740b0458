#[cfg(not(loom))]
mod designs;
#[cfg(not(loom))]
mod hammer;
#[cfg(not(loom))]
mod keyed;
#[cfg(loom)]
mod model;
#[cfg(not(loom))]
mod oracle;
#[cfg(not(loom))]
mod table;

/// A little generator, so that tests need no crate for it.
#[cfg(not(loom))]
struct Random(u64);

#[cfg(not(loom))]
impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Miri is a thousand times slower.
#[cfg(not(loom))]
fn effort(count: usize) -> usize {
    if cfg!(miri) { (count / 200).max(10) } else { count }
}
