use crate::handle::{Error, Map};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// One map with one lock.
///
/// It is the least memory and the least code. Reading it costs two atomic operations on one word that all threads share, so it gets
/// slower with every processor that reads, and a writer stops them all.
#[derive(Debug)]
pub struct BigMap<K, V>(RwLock<HashMap<K, V>>);

impl<K, V> BigMap<K, V> {
    /// An empty map.
    pub fn new() -> BigMap<K, V> {
        BigMap(RwLock::default())
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<K, V>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<K, V>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Default for BigMap<K, V> {
    fn default() -> BigMap<K, V> {
        BigMap::new()
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Map<K, V> for BigMap<K, V> {
    fn put(&self, key: K, value: V) -> bool {
        self.write().insert(key, value).is_some()
    }

    fn get(&self, key: &K) -> Option<V> {
        self.read().get(key).cloned()
    }

    fn take(&self, key: &K) -> Result<Option<V>, Error> {
        Ok(self.write().remove(key))
    }

    fn delete(&self, key: &K) -> bool {
        self.write().remove(key).is_some()
    }

    fn len(&self) -> usize {
        self.read().len()
    }

    fn range(&self) -> Vec<(K, V)> {
        self.read().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}
