use super::{Random, effort};
use crate::handle::bits::{Place, SEGMENTS, SHARDS};
use crate::handle::directory::FIRST_SEGMENT;
use crate::handle::lineage::{Lineage, TAGS};
use crate::handle::{Error, Handle, Table};
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

fn small<T>() -> Table<T> {
    Table::with(Lineage::next(), 4)
}

#[test]
fn a_value_comes_back() {
    let table = Table::new();
    for _ in 0..3 {
        let (a, b) = (table.insert(String::from("a")), table.insert(String::from("b")));
        assert_ne!(a, b);
        assert_eq!(*table.get(a).unwrap(), "a");
        assert_eq!(format!("{:?}", table.get(b).unwrap()), "\"b\"");
        assert_eq!(table.len(), 2);
        assert_eq!(table.take(a), Ok("a".into()));
        assert_eq!(table.delete(b), Ok(()));
        for handle in [a, b] {
            assert_eq!(table.get(handle).unwrap_err(), Error::Stale);
            assert_eq!(table.take(handle), Err(Error::Stale));
            assert_eq!(table.delete(handle), Err(Error::Stale));
        }
        assert!(table.is_empty());
    }
}

#[test]
fn values_without_size() {
    let table = Table::new();
    let handle = table.insert(());
    assert_eq!(*table.get(handle).unwrap(), ());
    assert_eq!(table.take(handle), Ok(()));
}

#[test]
fn what_is_no_handle_is_an_error() {
    let (table, other) = (small(), small());
    let live = table.insert(1);
    let stale = table.insert(2);
    table.delete(stale).unwrap();
    let bits = live.to_bits();
    for (handle, want) in [
        (Handle::ZERO, Error::Zero),
        (stale, Error::Stale),
        (other.insert(3), Error::Foreign),
        (Handle::from_bits(bits + 2), Error::Forged), // a slot that was never used
        (Handle::from_bits(bits + (1 << 40)), Error::Forged), // a generation to come
        (Handle::from_bits(bits & 0xff_ffff_ffff), Error::Forged), // no generation
        (Handle::from_bits(bits + (1 << 20)), Error::Forged), // a segment to come
        (Handle::from_bits(bits + (1 << 24)), Error::Forged), // a shard to come
        (Handle::from_bits(bits | 8), Error::Forged), // beyond the segment
        (Handle::from_bits(bits & !(0x3ff << 30)), Error::Forged), // no table
        (Handle::from_bits(u64::MAX), Error::Foreign),
        (Handle::from_bits(5), Error::Forged),
    ] {
        assert_eq!(table.get(handle).map(|value| *value), Err(want), "{handle:?}");
        assert_eq!(table.take(handle), Err(want), "{handle:?}");
        assert_eq!(table.delete(handle), Err(want), "{handle:?}");
    }
    assert_eq!(*table.get(live).unwrap(), 1);
}

#[test]
fn errors_say_what_they_are() {
    for (error, is) in [
        (Error::Zero, Error::is_zero as fn(&Error) -> bool),
        (Error::Stale, Error::is_stale),
        (Error::Foreign, Error::is_foreign),
        (Error::Forged, Error::is_forged),
        (Error::InUse, Error::is_in_use),
    ] {
        assert!(is(&error));
        assert_eq!(error.is_invalid(), error != Error::InUse);
        assert!(error.to_string().starts_with("gangplank: "));
    }
    assert_eq!(format!("{:?}", Handle::ZERO), "handle(zero)");
    let handle = Handle::new(9, 7, Place::new(5, 2, 3));
    assert_eq!(format!("{handle:?}"), "handle(table 7, shard 5, slot 2.3, generation 9)");
}

/// Tells when it is dropped.
struct Witness(Arc<()>);

#[test]
fn values_are_dropped_once_and_in_time() {
    let dropped = Arc::new(());
    let live = |count: usize| assert_eq!(Arc::strong_count(&dropped), count + 1);
    let table = Table::new();
    let witness = || Witness(dropped.clone());

    let handle = table.insert(witness());
    table.delete(handle).unwrap();
    live(0);

    let handle = table.insert(witness());
    let (one, two) = (table.get(handle).unwrap(), table.get(handle).unwrap());
    assert!(matches!(table.take(handle), Err(Error::InUse)));
    table.delete(handle).unwrap();
    assert!(matches!(table.get(handle), Err(Error::Stale)));
    assert!(matches!(table.delete(handle), Err(Error::Stale)));
    assert!(table.is_empty());
    live(1);
    drop(one);
    live(1);
    assert_eq!(Arc::strong_count(&two.0), 2);
    drop(two);
    live(0);

    let handle = table.insert(witness());
    let value = table.take(handle).unwrap();
    live(1);
    drop(value);
    live(0);

    let handles: Vec<_> = (0..effort(1000)).map(|_| table.insert(witness())).collect();
    table.delete(handles[1]).unwrap();
    std::mem::forget(table.get(handles[2]).unwrap());
    table.delete(handles[2]).unwrap();
    live(handles.len() - 1);
    drop(table);
    live(0);
}

#[test]
fn a_drop_that_panics_frees_the_slot() {
    struct Bomb(bool);
    impl Drop for Bomb {
        fn drop(&mut self) {
            assert!(!self.0, "bomb");
        }
    }
    let table = small();
    for round in 0..10 {
        let handle = table.insert_in(0, Bomb(true)).ok().unwrap();
        let reader = (round % 2 == 0).then(|| table.get(handle).unwrap());
        let result = catch_unwind(AssertUnwindSafe(|| {
            table.delete(handle).unwrap();
            drop(reader);
        }));
        assert!(result.is_err());
        assert!(matches!(table.get(handle), Err(Error::Stale)));
    }
    assert_eq!(table.capacity(), 4);
    let handle = table.insert(Bomb(false));
    table.delete(handle).unwrap();
}

#[test]
fn range_sees_what_is_live() {
    let table = small();
    let mut want = HashMap::new();
    for i in 0..100 {
        want.insert(table.insert(i), i);
    }
    want.retain(|&handle, &mut i| i % 3 != 0 || table.delete(handle).is_err());
    let got: HashMap<_, _> = table.range().map(|(handle, value)| (handle, *value)).collect();
    assert_eq!(got, want);
    for (handle, _) in &table {
        table.delete(handle).unwrap();
    }
    assert!(table.is_empty());
    assert!(format!("{:?}", table.range()).starts_with("Range"));
}

#[test]
fn it_grows() {
    let count = effort(200_000);
    let table = Table::new();
    let handles: Vec<_> = (0..count).map(|i| table.insert(i)).collect();
    for (i, &handle) in handles.iter().enumerate() {
        assert_eq!(*table.get(handle).unwrap(), i);
    }
    assert_eq!(table.len(), count);
    assert!(table.capacity() <= (count * 5 / 2).max(2 * FIRST_SEGMENT), "{}", table.capacity());
}

/// However values come and go, the memory follows the number of those that are live at once.
#[test]
fn slots_are_used_again() {
    let (live, cycles) = (effort(10_000), effort(500_000));
    type Pick = fn(usize, usize, &mut Random) -> usize;
    let picks: [(&str, Pick); 4] = [
        ("random", |_, live, random| random.below(live)),
        ("oldest first", |i, live, _| i % live),
        ("newest first", |i, live, _| live - 1 - i % 8),
        ("a long-lived half", |i, live, _| live / 2 + i % (live / 2)),
    ];
    for (name, pick) in picks {
        let table = Table::new();
        let mut random = Random(1);
        let mut handles: Vec<_> = (0..live).map(|i| table.insert_in(9, i).unwrap()).collect();
        for i in 0..cycles {
            let j = pick(i, live, &mut random);
            assert_eq!(table.take(handles[j]), Ok(j));
            handles[j] = table.insert_in(9, j).unwrap();
        }
        let slots = table.capacity();
        assert!(slots <= (live * 5 / 2).max(2 * FIRST_SEGMENT), "{name}: {slots} slots for {live} values");
        for (i, &handle) in handles.iter().enumerate() {
            assert_eq!(*table.get(handle).unwrap(), i);
        }
    }
}

#[test]
fn a_full_shard_sends_on_to_the_next() {
    // Segments of one slot at first, and of 32,768 at last, make 65,535 in a shard.
    let table: Table<()> = Table::with(Lineage::next(), 1);
    let full = (1 << SEGMENTS) - 1;
    if cfg!(miri) {
        return;
    }
    let mut shards = [0; SHARDS];
    for _ in 0..full + 10 {
        shards[table.insert_in(3, ()).unwrap().place().shard()] += 1;
    }
    assert_eq!((shards[3], shards[4]), (full, 10));
}

#[test]
fn a_full_table_gives_the_value_back() {
    if cfg!(miri) {
        return;
    }
    // No generation left: every slot that is made is retired after its first use, and those of a shard are soon made.
    let table = Table::with(Lineage::next().with_generations(1), 1);
    let all = SHARDS * ((1 << SEGMENTS) - 1);
    for i in 0..all {
        let handle = table.insert_in(i % SHARDS, i).unwrap();
        table.delete(handle).unwrap();
    }
    assert_eq!(table.try_insert(7), Err(7));
    assert!(catch_unwind(AssertUnwindSafe(|| table.insert(7))).is_err());
    assert!(table.is_empty());
}

/// A slot whose generations are used up is never issued again.
#[test]
fn slots_retire() {
    const GENERATIONS: usize = 5;
    let table = Table::with(Lineage::next().with_generations(GENERATIONS as u64), 4);
    let mut issued = HashSet::new();
    let mut uses = HashMap::<u64, usize>::new();
    let count = effort(5_000);
    for i in 0..count {
        let handle = table.insert_in(1, i).unwrap();
        assert!(issued.insert(handle), "issued twice: {handle:?}");
        *uses.entry(handle.place().to_bits()).or_default() += 1;
        assert_eq!(table.take(handle), Ok(i));
    }
    assert!(issued.iter().all(|&handle| table.get(handle).is_err_and(|error| error.is_stale())));
    assert!(uses.values().all(|&n| n <= GENERATIONS));
    let retired = uses.values().filter(|&&n| n == GENERATIONS).count();
    assert!(retired >= count / GENERATIONS / 2, "{retired}");
}

#[test]
fn lineages_differ() {
    let mut seen = HashSet::new();
    for table in 0..TAGS {
        let lineage = Lineage::of(table);
        assert!(lineage.tag > 1 && lineage.tag < 1024 && seen.insert(lineage.tag));
        assert_eq!(*lineage.generations().start(), 1);
    }
    for round in 1..100 {
        let lineage = Lineage::of(round * TAGS);
        assert_eq!(lineage.tag, Lineage::of(0).tag);
        assert!(seen.insert(*lineage.generations().start() + 10_000));
        assert!(lineage.generations().count() > 1 << 22);
    }
}

#[test]
fn tables_may_be_shared_and_sent() {
    fn check<T: Send + Sync>() {}
    check::<Table<String>>();
    check::<crate::handle::Ref<'static, String>>();
}

#[test]
fn what_is_held_is_taken_or_left() {
    let table = Table::new();
    let handle = table.insert(String::from("a"));
    let reading = table.get(handle).unwrap();
    assert_eq!(table.check_unused(handle), Err(Error::InUse));
    assert_eq!(table.hold(handle).err(), Some(Error::InUse));
    drop(reading);
    assert_eq!(table.check_unused(handle), Ok(()));
    let mut held = table.hold(handle).unwrap();
    // Its handle is still valid.
    assert_eq!(table.len(), 1);
    assert_eq!(table.check_unused(handle), Err(Error::InUse));
    assert_eq!(table.hold(handle).err(), Some(Error::InUse));
    assert_eq!(table.take(handle), Err(Error::InUse));
    let value = held.take_out();
    held.put_back(value + "b");
    assert_eq!(*table.get(handle).unwrap(), "ab");
    drop(table.hold(handle).unwrap());
    assert_eq!(*table.get(handle).unwrap(), "ab");
    let mut held = table.hold(handle).unwrap();
    assert_eq!(held.take_out(), "ab");
    held.end();
    assert_eq!(table.take(handle), Err(Error::Stale));
    assert_eq!(table.check_unused(handle), Err(Error::Stale));
    assert!(table.is_empty());
}

/// Who gets or deletes what is held waits until it is known whether it stays.
#[test]
fn others_wait_for_what_is_held() {
    for stays in [true, false] {
        let table = Table::new();
        let handle = table.insert(1);
        let mut held = table.hold(handle).unwrap();
        let value = held.take_out();
        std::thread::scope(|scope| {
            let got = scope.spawn(|| table.get(handle).map(|value| *value));
            let other = table.insert(2);
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert!(!got.is_finished());
            let deleted = scope.spawn(|| table.delete(handle));
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert!(!deleted.is_finished());
            if stays {
                held.put_back(value)
            } else {
                held.end()
            }
            // The delete may come before the get.
            assert!(matches!((got.join().unwrap(), stays), (Ok(1), true) | (Err(Error::Stale), _)));
            assert_eq!(deleted.join().unwrap().is_ok(), stays);
            assert_eq!(*table.get(other).unwrap(), 2);
        });
        assert_eq!(table.len(), 1);
    }
}
