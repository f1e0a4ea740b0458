//! Maps.

use std::collections::{BTreeMap, HashMap};

#[gangplank::record]
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub group: String,
    pub number: u16,
}

#[gangplank::record]
pub struct Index {
    pub by_name: HashMap<String, Vec<u32>>,
    pub by_key: BTreeMap<Key, String>,
}

#[gangplank::export]
pub fn echo_index(of: Index) -> Index {
    of
}

#[gangplank::export]
pub fn count_letters(text: &str) -> BTreeMap<char, u64> {
    let mut counts = BTreeMap::new();
    for letter in text.chars() {
        *counts.entry(letter).or_insert(0) += 1;
    }
    counts
}

#[gangplank::export]
pub fn invert(of: HashMap<String, i64>) -> HashMap<i64, String> {
    of.into_iter().map(|(k, v)| (v, k)).collect()
}

#[gangplank::export]
pub fn set(of: HashMap<u8, ()>) -> HashMap<[u8; 2], Option<Key>> {
    let _ = of;
    HashMap::new()
}
