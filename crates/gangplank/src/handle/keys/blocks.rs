use super::Generator;
use crate::handle::bits::SHARDS;
use crate::handle::shard;
use std::sync::atomic::{AtomicU64, Ordering};

const BLOCK: u64 = 1024;

/// Gives each of 64 stripes a block of 1,024 keys at a time; threads take stripes in turn.
///
/// Keys do not come in order, and the rest of a block is lost when two threads end it at once.
#[derive(Debug)]
pub struct Blocks {
    stripes: Box<[Stripe]>,
    blocks: AtomicU64,
}

/// The key given out last. The next is in the same block unless that was the block's last.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Stripe(AtomicU64);

impl Default for Blocks {
    fn default() -> Blocks {
        Blocks { stripes: (0..SHARDS).map(|_| Stripe::default()).collect(), blocks: AtomicU64::new(0) }
    }
}

impl Generator for Blocks {
    fn next_key(&self) -> u64 {
        let stripe = &self.stripes[shard::pick()].0;
        // Relaxed throughout: a key is a number, and nothing is read through it.
        let mut last = stripe.load(Ordering::Relaxed);
        loop {
            let mut next = last + 1;
            if next % BLOCK == 0 || last == 0 {
                next = (self.blocks.fetch_add(1, Ordering::Relaxed) + 1) * BLOCK;
            }
            match stripe.compare_exchange_weak(last, next, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return next,
                Err(now) => last = now,
            }
        }
    }
}
