use super::Map;
use super::scatter::BuildScatter;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread;

/// Keeps values under keys that they bring: an id, a connection number, an address.
///
/// It is a number of hash maps with a lock each, and a hash that scatters keys over them ([`scatter`](super::scatter())). All methods
/// may be called from any number of threads at once. Keys that are given out for the purpose are better served by
/// [`Table`](super::Table), which needs no lock to read.
///
/// # Examples
/// ```
/// use gangplank::handle::Keyed;
///
/// let connections = Keyed::new();
/// connections.put(443, "https");
/// assert_eq!(connections.get(&443), Some("https"));
/// assert_eq!(connections.with(&443, |name| name.len()), Some(5));
/// assert_eq!(connections.take(&443), Some("https"));
/// ```
pub struct Keyed<K, V, S = BuildScatter> {
    shards: Box<[Shard<K, V, S>]>,
    hasher: S,
}

/// Cache lines of its own, two because processors fetch them in pairs.
#[repr(align(128))]
struct Shard<K, V, S>(RwLock<HashMap<K, V, S>>);

impl<K: Hash + Eq, V> Keyed<K, V> {
    /// An empty table.
    pub fn new() -> Keyed<K, V> {
        Keyed::with_hasher(BuildScatter::default())
    }
}

impl<K: Hash + Eq, V, S: BuildHasher + Clone> Keyed<K, V, S> {
    /// An empty table with a hash of its own, for keys that someone else may choose
    /// ([`RandomState`](std::hash::RandomState)).
    pub fn with_hasher(hasher: S) -> Keyed<K, V, S> {
        // 16 shards per processor, so that two threads that use different keys seldom meet.
        let processors = thread::available_parallelism().map_or(1, |n| n.get());
        let count = (16 * processors).clamp(64, 4096).next_power_of_two();
        let shard = || Shard(RwLock::new(HashMap::with_hasher(hasher.clone())));
        Keyed { shards: (0..count).map(|_| shard()).collect(), hasher }
    }

    /// The number of maps.
    pub fn shards(&self) -> usize {
        self.shards.len()
    }

    fn shard(&self, key: &K) -> &RwLock<HashMap<K, V, S>> {
        // Bits that the maps themselves look at last: they use the lowest and the topmost.
        let hash = self.hasher.hash_one(key) >> 40;
        &self.shards[hash as usize & (self.shards.len() - 1)].0
    }

    fn read(&self, key: &K) -> RwLockReadGuard<'_, HashMap<K, V, S>> {
        self.shard(key).read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, key: &K) -> RwLockWriteGuard<'_, HashMap<K, V, S>> {
        self.shard(key).write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the value of a key, and gives the one it had.
    pub fn put(&self, key: K, value: V) -> Option<V> {
        self.write(&key).insert(key, value)
    }

    /// A copy of the value of a key.
    pub fn get(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        self.read(key).get(key).cloned()
    }

    /// Calls a function with the value of a key. The key's shard is locked for writers meanwhile: the function must not use the table.
    pub fn with<R>(&self, key: &K, f: impl FnOnce(&V) -> R) -> Option<R> {
        self.read(key).get(key).map(f)
    }

    /// The value of a key, which is deleted.
    pub fn take(&self, key: &K) -> Option<V> {
        self.write(key).remove(key)
    }

    /// Deletes a key, and tells whether it was there.
    pub fn delete(&self, key: &K) -> bool {
        self.take(key).is_some()
    }

    /// Counts the keys, shard by shard.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.0.read().unwrap_or_else(PoisonError::into_inner).len()).sum()
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Copies of all keys and values, taken shard by shard.
    pub fn range(&self) -> impl Iterator<Item = (K, V)> + '_
    where
        K: Clone,
        V: Clone,
    {
        self.shards.iter().flat_map(|shard| {
            let map = shard.0.read().unwrap_or_else(PoisonError::into_inner);
            map.iter().map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>()
        })
    }
}

impl<K: Hash + Eq, V> Default for Keyed<K, V> {
    fn default() -> Keyed<K, V> {
        Keyed::new()
    }
}

impl<K, V, S> fmt::Debug for Keyed<K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyed").field("shards", &self.shards.len()).finish_non_exhaustive()
    }
}

impl<K: Hash + Eq + Clone, V: Clone, S: BuildHasher + Clone> Map<K, V> for Keyed<K, V, S> {
    fn put(&self, key: K, value: V) -> Option<V> {
        Keyed::put(self, key, value)
    }

    fn get(&self, key: &K) -> Option<V> {
        Keyed::get(self, key)
    }

    fn take(&self, key: &K) -> Option<V> {
        Keyed::take(self, key)
    }

    fn len(&self) -> usize {
        Keyed::len(self)
    }

    fn range(&self) -> Vec<(K, V)> {
        Keyed::range(self).collect()
    }
}
