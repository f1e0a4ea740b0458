/// How much more the fullest of `shards` shards gets than its share of the keys: 1 is perfect, `shards` is all in one. The function
/// chooses a shard for a key.
///
/// # Panics
/// If the function chooses a shard that there is not.
pub fn skew(shards: usize, keys: impl Iterator<Item = u64>, mut shard: impl FnMut(u64) -> usize) -> f64 {
    let mut load = vec![0_u64; shards];
    keys.for_each(|key| load[shard(key)] += 1);
    match load.iter().sum::<u64>() {
        0 => 1.0,
        total => load.iter().max().copied().unwrap_or(0) as f64 * shards as f64 / total as f64,
    }
}

/// Keys with a step between them.
pub fn stride(first: u64, step: u64, count: u64) -> impl Iterator<Item = u64> {
    (0..count).map(move |i| first.wrapping_add(i.wrapping_mul(step)))
}
