use super::{Random, effort};
use crate::handle::lineage::Lineage;
use crate::handle::{Handle, Table};
use std::collections::HashMap;

/// The table against a plain map, in a random order of operations, with handles that are stale, foreign and made up mixed in.
#[test]
fn it_is_a_map() {
    for seed in 0..effort(20).min(20) as u64 {
        let random = &mut Random(seed);
        let table = Table::with(Lineage::next().with_generations(30), 2);
        let other = Table::new();
        let foreign = other.insert(0);
        let mut oracle = HashMap::<Handle, u64>::new();
        let mut issued = vec![foreign];
        for step in 0..effort(20_000) {
            let any = issued[random.below(issued.len())];
            let handle = match random.below(20) {
                0 => Handle::ZERO,
                1 => foreign,
                2 => Handle::from_bits(random.next()),
                3 => Handle::from_bits(any.to_bits() ^ (1 << random.below(64))),
                _ => any,
            };
            let want = oracle.get(&handle).copied();
            match random.below(7) {
                0 | 1 => {
                    let value = random.next();
                    let handle = table.insert_in(random.below(2), value).unwrap();
                    assert!(
                        oracle.insert(handle, value).is_none(),
                        "step {step}: {handle:?} was live already"
                    );
                    issued.push(handle);
                }
                2 | 3 => {
                    assert_eq!(table.get(handle).ok().map(|value| *value), want, "step {step}: {handle:?}")
                }
                4 => {
                    assert_eq!(table.take(handle).ok(), want, "step {step}: {handle:?}");
                    oracle.remove(&handle);
                }
                5 => {
                    assert_eq!(table.delete(handle).is_ok(), want.is_some(), "step {step}: {handle:?}");
                    oracle.remove(&handle);
                }
                _ => {
                    // Deleted while it is read.
                    let reader = table.get(handle).ok();
                    assert!(reader.is_none() || table.take(handle).is_err_and(|error| error.is_in_use()));
                    assert_eq!(table.delete(handle).is_ok(), want.is_some());
                    assert!(table.get(handle).is_err());
                    assert_eq!(reader.map(|value| *value), want);
                    oracle.remove(&handle);
                }
            }
            if step % 1000 == 0 {
                assert_eq!(table.len(), oracle.len());
            }
        }
        let all: HashMap<_, _> = table.range().map(|(handle, value)| (handle, *value)).collect();
        assert_eq!(all, oracle);
        assert_eq!(*other.get(foreign).unwrap(), 0);
    }
}
