use super::BigMap;
use crate::handle::{Error, Map};

/// N [`BigMap`]s; `key % N` chooses one.
///
/// It is good as long as the keys are, like those of a counter. Keys with a step that has a factor in common with N (even numbers,
/// multiples of 64) use a part of the maps only; at worst all are in one, and this is a `BigMap` that divides.
#[derive(Debug)]
pub struct Modulo<V>(Box<[Padded<V>]>);

#[derive(Debug)]
#[repr(align(128))]
struct Padded<V>(BigMap<u64, V>);

impl<V> Modulo<V> {
    /// A number of empty maps.
    ///
    /// # Panics
    /// If the number is zero.
    pub fn new(maps: usize) -> Modulo<V> {
        assert!(maps > 0, "gangplank: Modulo needs at least one map");
        Modulo((0..maps).map(|_| Padded(BigMap::new())).collect())
    }

    fn of(&self, key: u64) -> &BigMap<u64, V> {
        &self.0[(key % self.0.len() as u64) as usize].0
    }
}

impl<V: Clone> Map<u64, V> for Modulo<V> {
    fn put(&self, key: u64, value: V) -> bool {
        self.of(key).put(key, value)
    }

    fn get(&self, key: &u64) -> Option<V> {
        self.of(*key).get(key)
    }

    fn take(&self, key: &u64) -> Result<Option<V>, Error> {
        self.of(*key).take(key)
    }

    fn delete(&self, key: &u64) -> bool {
        self.of(*key).delete(key)
    }

    fn len(&self) -> usize {
        self.0.iter().map(|map| map.0.len()).sum()
    }

    fn range(&self) -> Vec<(u64, V)> {
        self.0.iter().flat_map(|map| map.0.range()).collect()
    }
}
