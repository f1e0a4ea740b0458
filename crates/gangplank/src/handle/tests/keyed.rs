use super::{Random, effort};
use crate::handle::keys::{skew, stride};
use crate::handle::{Error, Keyed, Scatter, Table, scatter};
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

fn steps() -> Vec<u64> {
    let mut steps = vec![1, 2, 3, 5, 7, 10, 100, 1000, 4096, 1_000_000, 1 << 48];
    steps.extend((0..40).map(|bit| 1 << bit));
    let (mut a, mut b) = (1_u64, 2_u64);
    while b < 1 << 40 {
        steps.push(b);
        (a, b) = (b, a + b);
    }
    steps
}

/// 10,000 random keys in 64 shards have a skew of about 1.2.
#[test]
#[cfg_attr(miri, ignore = "arithmetic only")]
fn scatter_spreads_what_programs_use_as_keys() {
    for first in [0, 1, 0xc0_0001_0000, 0x7f3a_0000_0040] {
        for step in steps() {
            let skew = skew(64, stride(first, step, 10_000), |key| (scatter(key) >> 58) as usize);
            assert!(skew < 1.6, "keys from {first} in steps of {step}: skew {skew}");
        }
    }
}

/// Why one multiplication is not enough.
#[test]
fn fibonacci_hashing_does_not() {
    let fibonacci = |key: u64| (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as usize;
    assert!(skew(64, stride(0, 10_946, 1_000), fibonacci) > 10.0);
    assert!(skew(64, stride(0, 10_946, 1_000), |key| (scatter(key) >> 58) as usize) < 2.0);
}

#[test]
fn skew_is_the_fullest_shard() {
    let modulo = |key: u64| (key % 64) as usize;
    assert_eq!(skew(64, stride(5, 1, 6400), modulo), 1.0);
    assert_eq!(skew(64, stride(5, 64, 6400), modulo), 64.0);
    assert_eq!(skew(64, stride(5, 32, 6400), modulo), 32.0);
    assert_eq!(skew(64, stride(0, 1, 0), modulo), 1.0);
}

/// The maps inside use other bits of the same hash than what chooses the map.
#[test]
#[cfg_attr(miri, ignore = "arithmetic only")]
fn all_parts_of_a_hash_are_spread() {
    let hash = BuildHasherDefault::<Scatter>::default();
    for step in [1, 2, 64, 4096, 1 << 32] {
        for shift in [0, 7, 40, 57] {
            let skew = skew(64, stride(0, step, 10_000), |key| ((hash.hash_one(key) >> shift) & 63) as usize);
            assert!(skew < 1.7, "step {step}, bits from {shift}: skew {skew}");
        }
    }
    let mut seen = HashMap::new();
    for i in 0..5_000 {
        let text = format!("key {i}");
        assert_eq!(seen.insert(hash.hash_one(&text), text), None);
    }
    assert_ne!(hash.hash_one((1_u8, 2_u8)), hash.hash_one((2_u8, 1_u8)));
    assert_ne!(hash.hash_one([1_u16, 0]), hash.hash_one([0_u16, 1]));
}

#[test]
fn shards_get_their_share() {
    let table = Keyed::new();
    let keys = 100 * table.shards();
    for i in 0..effort(keys) {
        assert!(!table.put(i * 4096, i));
    }
    assert!(table.shards() >= 64 && table.shards().is_power_of_two());
    assert_eq!(table.len(), effort(keys));
    assert_eq!(table.with_value(&4096, |value| *value), Some(1));
    assert_eq!(table.with_value(&1, |value| *value), None);
    assert!(format!("{table:?}").contains("shards"));
}

#[test]
fn it_takes_any_key_and_any_hash() {
    let names = Keyed::with_hasher(RandomState::new());
    assert!(!names.put(String::from("a"), 1));
    assert!(names.put(String::from("a"), 2));
    assert_eq!(names.get(&"a".into()).as_deref(), Some(&2));
    assert!(names.delete(&"a".into()) && !names.delete(&"a".into()));
    assert!(names.is_empty());
    let points = Keyed::default();
    points.put((1, 'x', [true]), ());
    assert_eq!(points.range().map(|pair| *pair).collect::<Vec<_>>(), [((1, 'x', [true]), ())]);
}

#[test]
fn what_is_read_cannot_be_taken_but_deleted() {
    let table = Keyed::new();
    table.put("key", String::from("value"));
    let reader = table.get(&"key").unwrap();
    assert_eq!(table.take(&"key"), Err(Error::InUse));
    assert!(table.delete(&"key") && !table.delete(&"key"));
    assert!(table.get(&"key").is_none());
    assert_eq!((&*reader, format!("{reader:?}")), (&String::from("value"), String::from("\"value\"")));
    drop(reader);
    assert_eq!((table.take(&"key"), table.values()), (Ok(None), 0));
}

fn one_shard<V>() -> Keyed<u64, V> {
    Keyed::with(1, Table::new(), Default::default())
}

/// The index follows the number of keys, not the number of changes.
#[test]
fn the_index_stays_small() {
    let table = one_shard();
    for i in 0..effort(50_000) as u64 {
        table.put(i, i);
        assert!(i < 100 || table.delete(&(i - 100)));
        assert!(table.get(&i).is_some());
    }
    assert!(table.len() <= 100 && table.index_words() <= 512, "{}", table.index_words());
    assert_eq!(table.values(), table.len());
}

/// A key that is there all the time is found all the time, whatever happens around it: its neighbours come and go, its value is
/// replaced, its index is cleaned and grows.
#[test]
fn readers_never_miss() {
    const LASTING: u64 = 20;
    let table = one_shard();
    for key in 0..LASTING {
        table.put(key, [key; 2]);
    }
    let working = AtomicUsize::new(3);
    thread::scope(|scope| {
        for seed in 0..3 {
            let (table, working) = (&table, &working);
            scope.spawn(move || {
                let random = &mut Random(seed);
                for i in 0..effort(10_000) as u64 {
                    let passing = LASTING + random.next() % 200;
                    match random.below(3) {
                        0 => _ = table.put(passing, [passing; 2]),
                        1 => _ = table.delete(&passing),
                        _ => {
                            let key = random.next() % LASTING;
                            assert!(table.put(key, [i * 1000 + key; 2]), "key {key} was gone");
                        }
                    }
                }
                working.fetch_sub(1, Relaxed);
            });
        }
        for _ in 0..3 {
            scope.spawn(|| {
                while working.load(Relaxed) > 0 {
                    for key in 0..LASTING {
                        let value = *table.get(&key).unwrap_or_else(|| panic!("key {key} was missed"));
                        assert!(value[0] == value[1] && value[0] % 1000 == key, "key {key}: {value:?}");
                    }
                }
            });
        }
    });
    (LASTING..LASTING + 200).for_each(|key| _ = table.delete(&key));
    assert_eq!((table.len(), table.values()), (LASTING as usize, LASTING as usize));
}
