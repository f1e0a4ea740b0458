use super::bits::Handle;
use super::index::{Shard, word};
use super::scatter::BuildScatter;
use super::{Error, Map, Ref, Table};
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::ops::Deref;
use std::thread;

/// Keeps values under keys that they bring: an id, a connection number, an address.
///
/// All methods may be called from any number of threads at once. [`get`](Keyed::get) takes no lock; what changes the table locks the key's
/// shard. The hash scatters keys over the shards ([`scatter`](super::scatter())). Keys that are given out for the purpose are better
/// served by [`Table`], which needs to search nothing.
///
/// Keys and values are in a `Table`, and a shard has an index from keys to handles (see `index.rs`).
///
/// # Examples
/// ```
/// use gangplank::handle::Keyed;
///
/// let connections = Keyed::new();
/// connections.put(443, String::from("https"));
/// assert_eq!(connections.get(&443).as_deref(), Some(&"https".into()));
/// assert_eq!(connections.take(&443)?, Some("https".into()));
/// # Ok::<(), gangplank::handle::Error>(())
/// ```
pub struct Keyed<K, V, S = BuildScatter> {
    shards: Box<[Shard]>,
    table: Table<(K, V)>,
    hasher: S,
}

/// Access to a value of a [`Keyed`]. The value lives at least as long as this, even if its key is deleted or gets another value
/// meanwhile.
#[must_use]
pub struct KeyedRef<'a, K, V>(Ref<'a, (K, V)>);

impl<K: Hash + Eq, V> Keyed<K, V> {
    /// An empty table.
    pub fn new() -> Keyed<K, V> {
        Keyed::with_hasher(BuildScatter::default())
    }
}

impl<K: Hash + Eq, V, S: BuildHasher> Keyed<K, V, S> {
    /// An empty table with a hash of its own, for keys that someone else may choose
    /// ([`RandomState`](std::hash::RandomState)).
    pub fn with_hasher(hasher: S) -> Keyed<K, V, S> {
        // 16 shards per processor, so that two threads that change different keys seldom meet.
        let processors = thread::available_parallelism().map_or(1, |n| n.get());
        Keyed::with((16 * processors).clamp(64, 4096).next_power_of_two(), Table::new(), hasher)
    }

    pub(crate) fn with(shards: usize, table: Table<(K, V)>, hasher: S) -> Keyed<K, V, S> {
        Keyed { shards: (0..shards).map(|_| Shard::new()).collect(), table, hasher }
    }

    /// The number of shards.
    pub fn shards(&self) -> usize {
        self.shards.len()
    }

    /// The shard of a key, and what is left of the hash for its index.
    #[inline]
    fn locate(&self, key: &K) -> (&Shard, u64) {
        let hash = self.hasher.hash_one(key);
        let bits = self.shards.len().trailing_zeros();
        (&self.shards[hash.rotate_left(bits) as usize & (self.shards.len() - 1)], hash << bits)
    }

    /// The value under a handle from an index, if it is that of the key.
    #[inline]
    fn read(&self, handle: Handle, key: &K) -> Result<Option<Ref<'_, (K, V)>>, Error> {
        let pair = self.table.get(self.table.own(handle))?;
        Ok((pair.0 == *key).then_some(pair))
    }

    fn hash_of(&self, handle: Handle) -> u64 {
        // A handle in an index is live while the shard is locked.
        self.table.get(self.table.own(handle)).map_or(0, |pair| self.locate(&pair.0).1)
    }

    /// Gives access to the value of a key.
    ///
    /// # Cost
    /// Two atomic operations on the value's slot. No lock, no allocation.
    #[inline]
    pub fn get(&self, key: &K) -> Option<KeyedRef<'_, K, V>> {
        let (shard, hash) = self.locate(key);
        let mut tries = 0;
        'again: loop {
            let version = shard.version();
            for handle in shard.candidates(hash) {
                match self.read(handle, key) {
                    Ok(Some(pair)) => return Some(KeyedRef(pair)),
                    Ok(None) => {}
                    Err(_) => {
                        tries += 1;
                        if tries > PATIENCE {
                            shard.lock.hold(|| ());
                        }
                        continue 'again;
                    }
                }
            }
            if shard.is_unmoved(version) {
                return None;
            }
        }
    }

    /// Calls a function with the value of a key.
    pub fn with_value<R>(&self, key: &K, f: impl FnOnce(&V) -> R) -> Option<R> {
        self.get(key).map(|value| f(&value))
    }

    /// Sets the value of a key, and tells whether it had one already.
    ///
    /// # Panics
    /// If the table is full, see [`Table::insert`].
    pub fn put(&self, key: K, value: V) -> bool {
        let (shard, hash) = self.locate(&key);
        let replaced = shard.lock.hold(|| {
            let found = shard.find(hash, |handle| matches!(self.read(handle, &key), Ok(Some(_))));
            if let Some((spot, old)) = found {
                spot.set(word(self.table.insert((key, value)), hash));
                return Some(old);
            }
            let new = self.table.insert((key, value));
            shard.make_spot(hash, |handle| self.hash_of(handle)).set(word(new, hash));
            None
        });
        // Without the lock: what is dropped may use the table.
        replaced.is_some_and(|old| self.table.delete(self.table.own(old)).is_ok())
    }

    /// Gives the value of a key and deletes the key. Of several threads that take the same key, one succeeds.
    ///
    /// # Errors
    /// [`Error::InUse`] if the value is being read: then it stays.
    pub fn take(&self, key: &K) -> Result<Option<V>, Error> {
        let (shard, hash) = self.locate(key);
        let taken = shard.lock.hold(|| {
            let found = shard.find(hash, |handle| matches!(self.read(handle, key), Ok(Some(_))));
            let Some((spot, handle)) = found else { return Ok(None) };
            let pair = self.table.take(self.table.own(handle))?;
            shard.forget(spot);
            Ok(Some(pair))
        });
        // Without the lock, again: the key is dropped here.
        taken.map(|pair| pair.map(|(_, value)| value))
    }

    /// Deletes a key, and tells whether it was there. The value is dropped: now, or by the last thread that is reading it.
    pub fn delete(&self, key: &K) -> bool {
        let (shard, hash) = self.locate(key);
        let found = shard.lock.hold(|| {
            let (spot, handle) = shard.find(hash, |handle| matches!(self.read(handle, key), Ok(Some(_))))?;
            shard.forget(spot);
            Some(handle)
        });
        found.is_some_and(|handle| self.table.delete(self.table.own(handle)).is_ok())
    }

    /// Counts the keys, shard by shard.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock.hold(|| shard.live() as usize)).sum()
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Goes through the keys and values, shard by shard. What is put or deleted meanwhile may or may not be seen.
    pub fn range(&self) -> impl Iterator<Item = Ref<'_, (K, V)>> {
        self.shards.iter().flat_map(|shard| {
            // Read while the shard is locked: a handle is not replaced then.
            let read = |handle| self.table.get(self.table.own(handle)).ok();
            shard.lock.hold(|| shard.handles().into_iter().filter_map(read).collect::<Vec<_>>())
        })
    }

    /// As when the indexes are full of deleted words.
    #[cfg(all(test, loom))]
    pub(crate) fn clean(&self) {
        self.shards.iter().for_each(|shard| shard.lock.hold(|| shard.clean(|handle| self.hash_of(handle))));
    }

    #[cfg(all(test, not(loom)))]
    pub(crate) fn index_words(&self) -> usize {
        self.shards.iter().map(Shard::words).sum()
    }

    #[cfg(all(test, not(loom)))]
    pub(crate) fn values(&self) -> usize {
        self.table.len()
    }
}

/// How often a reader meets a writer before it waits for it.
const PATIENCE: u32 = if cfg!(all(test, loom)) { 0 } else { 16 };

impl<K, V> Deref for KeyedRef<'_, K, V> {
    type Target = V;

    #[inline]
    fn deref(&self) -> &V {
        &self.0.1
    }
}

impl<K, V: fmt::Debug> fmt::Debug for KeyedRef<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
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

impl<K: Hash + Eq + Clone, V: Clone, S: BuildHasher> Map<K, V> for Keyed<K, V, S> {
    fn put(&self, key: K, value: V) -> bool {
        Keyed::put(self, key, value)
    }

    fn get(&self, key: &K) -> Option<V> {
        Keyed::get(self, key).map(|value| V::clone(&value))
    }

    fn take(&self, key: &K) -> Result<Option<V>, Error> {
        Keyed::take(self, key)
    }

    fn delete(&self, key: &K) -> bool {
        Keyed::delete(self, key)
    }

    fn len(&self) -> usize {
        Keyed::len(self)
    }

    fn range(&self) -> Vec<(K, V)> {
        Keyed::range(self).map(|pair| pair.clone()).collect()
    }
}
