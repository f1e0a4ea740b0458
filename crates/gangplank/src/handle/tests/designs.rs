use super::{Random, effort};
use crate::handle::keys::{Atomic, Blocks, Generator, Locked};
use crate::handle::plain::{BigMap, Modulo, Numbered};
use crate::handle::{Error, Handle, Keeper, Keyed, Map, Table};
use std::collections::{HashMap, HashSet};
use std::panic::catch_unwind;
use std::thread;

fn against_oracle(map: &dyn Map<u64, u64>) {
    let random = &mut Random(3);
    let mut oracle = HashMap::new();
    for step in 0..effort(20_000) {
        let key = random.below(50) as u64 * 64;
        match random.below(5) {
            0 | 1 => {
                let value = random.next();
                assert_eq!(map.put(key, value), oracle.insert(key, value).is_some(), "step {step}");
            }
            2 => assert_eq!(map.get(&key), oracle.get(&key).copied(), "step {step}"),
            3 => assert_eq!(map.take(&key), Ok(oracle.remove(&key)), "step {step}"),
            _ => assert_eq!(map.delete(&key), oracle.remove(&key).is_some(), "step {step}"),
        }
        assert_eq!(map.len(), oracle.len());
        assert_eq!(map.is_empty(), oracle.is_empty());
    }
    assert_eq!(map.range().into_iter().collect::<HashMap<_, _>>(), oracle);
}

#[test]
fn maps() {
    against_oracle(&BigMap::default());
    against_oracle(&Modulo::new(7));
    against_oracle(&Keyed::new());
    assert!(catch_unwind(|| Modulo::<()>::new(0)).is_err());
}

fn keeps(keeper: &dyn Keeper<&'static str>) {
    let (a, b) = (keeper.insert("a"), keeper.insert("b"));
    assert!(a != b && a != Handle::ZERO);
    assert_eq!(keeper.get(a), Ok("a"));
    assert_eq!(keeper.take(b), Ok("b"));
    assert_eq!(keeper.delete(a), Ok(()));
    for (handle, error) in [(a, Error::Stale), (b, Error::Stale), (Handle::ZERO, Error::Zero)] {
        assert_eq!(keeper.get(handle), Err(error));
        assert_eq!(keeper.take(handle), Err(error));
        assert_eq!(keeper.delete(handle), Err(error));
    }
}

#[test]
fn keepers() {
    keeps(&Table::new());
    keeps(&Numbered::new(BigMap::new(), Locked::default()));
    keeps(&Numbered::new(Modulo::new(5), Atomic::default()));
    keeps(&Numbered::new(Keyed::new(), Blocks::default()));
}

fn unique(keys: &(impl Generator + Sync)) {
    let each = if cfg!(miri) { 1100 } else { 5000 };
    let threads = if cfg!(miri) { 2 } else { 16 };
    let made = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| (0..each).map(|_| keys.next_key()).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(!made.contains(&0));
    assert_eq!(made.iter().collect::<HashSet<_>>().len(), made.len());
}

#[test]
fn generators() {
    unique(&Locked::default());
    unique(&Atomic::default());
    unique(&Blocks::default());
}
