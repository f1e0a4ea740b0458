//! The protocol under every order of events that loom can find.

use crate::handle::lineage::Lineage;
use crate::handle::{Error, Handle, Keyed, Table};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering::*};
use loom::thread;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc as Plain;
use std::sync::atomic::AtomicUsize as PlainUsize;

/// Counts how often values were dropped. Not loom's atomics: it is no part of the protocol.
#[derive(Debug)]
struct Value(u64, Plain<PlainUsize>);

impl Drop for Value {
    fn drop(&mut self) {
        self.1.fetch_add(1, Relaxed);
    }
}

fn model(preemptions: usize, f: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(f);
}

fn table<T>(first_segment: usize) -> Arc<Table<T>> {
    Arc::new(Table::with(Lineage::of(0), first_segment))
}

/// A get that comes at any moment of a delete gives the value or an error; the value lives until both are done, and is dropped once.
#[test]
fn get_against_delete() {
    model(3, || {
        let drops = Plain::new(PlainUsize::new(0));
        let table = table(1);
        let handle = table.insert_in(0, Value(7, drops.clone())).unwrap();
        let reader = {
            let (table, drops) = (table.clone(), drops.clone());
            thread::spawn(move || match table.get(handle) {
                Ok(value) => {
                    assert_eq!(value.0, 7);
                    assert_eq!(drops.load(Relaxed), 0, "dropped while it was read");
                }
                Err(error) => assert_eq!(error, Error::Stale),
            })
        };
        table.delete(handle).unwrap();
        assert_eq!(table.get(handle).unwrap_err(), Error::Stale);
        reader.join().unwrap();
        assert_eq!(drops.load(Relaxed), 1);
    });
}

/// A value that is held and put back after all: a get that comes at any moment gives it, and never finds the handle to have ended. Afterwards all is as before.
#[test]
fn get_against_hold() {
    model(3, || {
        let drops = Plain::new(PlainUsize::new(0));
        let table = table(1);
        let handle = table.insert_in(0, Value(7, drops.clone())).unwrap();
        let reader = {
            let table = table.clone();
            thread::spawn(move || assert_eq!(table.get(handle).unwrap().0, 7))
        };
        match table.hold(handle) {
            Ok(mut held) => {
                let value = held.take_out();
                held.put_back(value);
            }
            Err(error) => assert_eq!(error, Error::InUse),
        }
        reader.join().unwrap();
        assert_eq!(table.get(handle).unwrap().0, 7);
        assert_eq!(drops.load(Relaxed), 0);
        table.delete(handle).unwrap();
        assert_eq!(drops.load(Relaxed), 1);
    });
}

/// A value that is held and then ends: a get that comes at any moment gives it before, or finds no handle.
#[test]
fn get_against_hold_that_ends() {
    model(3, || {
        let drops = Plain::new(PlainUsize::new(0));
        let table = table(1);
        let handle = table.insert_in(0, Value(7, drops.clone())).unwrap();
        let reader = {
            let table = table.clone();
            thread::spawn(move || match table.get(handle) {
                Ok(value) => assert_eq!(value.0, 7),
                Err(error) => assert_eq!(error, Error::Stale),
            })
        };
        let ended = table.hold(handle).map(|mut held| {
            drop(held.take_out());
            held.end();
        });
        reader.join().unwrap();
        assert_eq!(drops.load(Relaxed), usize::from(ended.is_ok()));
        assert_eq!(table.delete(handle).is_ok(), ended.is_err());
        assert_eq!(drops.load(Relaxed), 1);
    });
}

/// A value that is held and put back, or taken out for good, while it is deleted: it is dropped once, and no delete is lost.
#[test]
fn delete_against_hold() {
    for stays in [true, false] {
        model(3, move || {
            let drops = Plain::new(PlainUsize::new(0));
            let table = table(1);
            let handle = table.insert_in(0, Value(7, drops.clone())).unwrap();
            let deleter = {
                let table = table.clone();
                thread::spawn(move || table.delete(handle).is_ok())
            };
            let held = table.hold(handle).map(|mut held| match held.take_out() {
                value if stays => held.put_back(value),
                value => {
                    drop(value);
                    held.end();
                }
            });
            assert_eq!(deleter.join().unwrap(), stays || held.is_err());
            assert_eq!(table.get(handle).unwrap_err(), Error::Stale);
            assert_eq!(drops.load(Relaxed), 1);
        });
    }
}

/// Two that hold the same value: neither waits, at least one is told that it is in use or ended, and it is taken once at most.
#[test]
fn hold_against_hold() {
    model(3, || {
        let table = table(1);
        let handle = table.insert_in(0, 7).unwrap();
        let take = move |table: &Table<i32>| match table.hold(handle) {
            Ok(mut held) => {
                assert_eq!(held.take_out(), 7);
                held.end();
                true
            }
            Err(error) => {
                assert!(matches!(error, Error::InUse | Error::Stale));
                false
            }
        };
        let other = {
            let table = table.clone();
            thread::spawn(move || take(&table))
        };
        assert!(take(&table) ^ other.join().unwrap());
        assert_eq!(table.get(handle).unwrap_err(), Error::Stale);
    });
}

/// Two readers and a deleter: the last of the three drops the value.
#[test]
fn two_gets_against_delete() {
    model(2, || {
        let drops = Plain::new(PlainUsize::new(0));
        let table = table(1);
        let handle = table.insert_in(0, Value(7, drops.clone())).unwrap();
        let readers: Vec<_> = (0..2)
            .map(|_| {
                let table = table.clone();
                thread::spawn(move || {
                    if let Ok(value) = table.get(handle) {
                        assert_eq!(value.0, 7);
                    }
                })
            })
            .collect();
        table.delete(handle).unwrap();
        readers.into_iter().for_each(|reader| reader.join().unwrap());
        assert_eq!(drops.load(Relaxed), 1);
    });
}

/// A take gives the value to one, or fails because it is read.
#[test]
fn take_against_get_and_take() {
    model(2, || {
        let drops = Plain::new(PlainUsize::new(0));
        let table = table(1);
        let handle = table.insert_in(0, Value(7, drops.clone())).unwrap();
        let take = move |table: &Table<Value>| match table.take(handle) {
            Ok(value) => usize::from(value.0 == 7),
            Err(Error::Stale | Error::InUse) => 0,
            Err(error) => panic!("{error}"),
        };
        let other = {
            let table = table.clone();
            thread::spawn(move || take(&table))
        };
        let reader = {
            let table = table.clone();
            thread::spawn(move || table.get(handle).map(|value| value.0).unwrap_or(7))
        };
        let taken = take(&table) + other.join().unwrap();
        assert_eq!(reader.join().unwrap(), 7);
        assert!(taken <= 1);
        assert_eq!(drops.load(Relaxed), taken);
        assert_eq!(table.delete(handle).is_ok(), taken == 0);
        assert_eq!(drops.load(Relaxed), 1);
    });
}

/// The slot of a deleted value is used again while a stale handle is tried: it never finds the new value.
#[test]
fn stale_get_against_reuse() {
    model(3, || {
        let table = table(1);
        let old = table.insert_in(0, 1).unwrap();
        let reader = {
            let table = table.clone();
            thread::spawn(move || match table.get(old) {
                Ok(value) => assert_eq!(*value, 1),
                Err(error) => assert_eq!(error, Error::Stale),
            })
        };
        table.delete(old).unwrap();
        let new = table.insert_in(0, 2).unwrap();
        assert_ne!(old, new);
        assert_eq!(*table.get(new).unwrap(), 2);
        reader.join().unwrap();
        assert_eq!(*table.get(new).unwrap(), 2);
    });
}

/// Of two that delete the same handle, one succeeds.
#[test]
fn delete_against_delete() {
    model(3, || {
        let drops = Plain::new(PlainUsize::new(0));
        let table = table(1);
        let handle = table.insert_in(0, Value(7, drops.clone())).unwrap();
        let other = {
            let table = table.clone();
            thread::spawn(move || table.delete(handle).is_ok())
        };
        let here = table.delete(handle).is_ok();
        assert!(here ^ other.join().unwrap());
        assert_eq!(drops.load(Relaxed), 1);
    });
}

/// Two threads insert into a shard that has to grow for it, and a third reads what it is told of. If it is told with release and acquire,
/// it finds the value; if without, it may find nothing yet, but never half a value.
#[test]
fn insert_and_grow() {
    for (tell, listen) in [(Release, Acquire), (Relaxed, Relaxed)] {
        model(2, move || {
            let table = table(1);
            let told = Arc::new(AtomicUsize::new(0));
            let writer = {
                let (table, told) = (table.clone(), told.clone());
                thread::spawn(move || {
                    let handle = table.insert_in(0, 1).unwrap();
                    told.store(handle.to_bits() as usize, tell);
                    handle
                })
            };
            let reader = {
                let (table, told) = (table.clone(), told.clone());
                thread::spawn(move || {
                    let handle = Handle::from_bits(told.load(listen) as u64);
                    match table.get(handle) {
                        Ok(value) => assert_eq!(*value, 1),
                        Err(error) => assert!(handle == Handle::ZERO || listen == Relaxed, "{error}"),
                    }
                })
            };
            let mine = table.insert_in(0, 2).unwrap();
            let theirs = writer.join().unwrap();
            reader.join().unwrap();
            assert_ne!(mine, theirs);
            assert_eq!((*table.get(mine).unwrap(), *table.get(theirs).unwrap()), (2, 1));
        });
    }
}

/// Slots with one generation retire while two threads use them: no handle is issued twice.
#[test]
fn retire() {
    model(2, || {
        let table = Arc::new(Table::with(Lineage::of(0).with_generations(1), 1));
        let cycle = |table: &Table<u64>| {
            let handle = table.insert_in(0, 1).unwrap();
            table.delete(handle).unwrap();
            handle
        };
        let other = {
            let table = table.clone();
            thread::spawn(move || cycle(&table))
        };
        let here = cycle(&table);
        let there = other.join().unwrap();
        let third = cycle(&table);
        assert!(here != there && there != third && third != here);
        assert!([here, there, third].iter().all(|&handle| table.get(handle).is_err()));
    });
}

fn keyed() -> Arc<Keyed<u64, u64>> {
    let keyed = Keyed::with(1, Table::with(Lineage::of(0), 4), Default::default());
    keyed.put(1, 10);
    Arc::new(keyed)
}

/// A key whose value is replaced is always there.
#[test]
fn keyed_get_against_replacement() {
    model(2, || {
        let keyed = keyed();
        let reader = {
            let keyed = keyed.clone();
            thread::spawn(move || assert!(matches!(*keyed.get(&1).unwrap(), 10 | 11)))
        };
        assert!(keyed.put(1, 11));
        reader.join().unwrap();
        assert_eq!(*keyed.get(&1).unwrap(), 11);
    });
}

/// All keys have the same hash, and so follow one another in an index.
#[derive(Clone, Default)]
struct Same;

impl Hasher for Same {
    fn finish(&self) -> u64 {
        0
    }

    fn write(&mut self, _: &[u8]) {}
}

/// A key stays while the index around it is cleaned, and its word moves to where another was deleted.
#[test]
fn keyed_get_against_clean() {
    model(3, || {
        let hasher = BuildHasherDefault::<Same>::default();
        let keyed = Arc::new(Keyed::with(1, Table::with(Lineage::of(0), 4), hasher));
        keyed.put(2, 20);
        keyed.put(1, 10);
        keyed.delete(&2);
        let reader = {
            let keyed = keyed.clone();
            thread::spawn(move || assert_eq!(*keyed.get(&1).unwrap(), 10))
        };
        keyed.clean();
        assert_eq!(*keyed.get(&1).unwrap(), 10);
        reader.join().unwrap();
    });
}

/// A key stays while its index grows, and a key that is put meanwhile is found by who is told of it.
#[test]
fn keyed_get_against_grow() {
    model(2, move || {
        let keyed = keyed();
        let told = Arc::new(AtomicUsize::new(0));
        let reader = {
            let (keyed, told) = (keyed.clone(), told.clone());
            thread::spawn(move || {
                assert_eq!(*keyed.get(&1).unwrap(), 10);
                let key = told.load(Acquire) as u64;
                assert!(key == 0 || *keyed.get(&key).unwrap() == key);
            })
        };
        for key in 2..5 {
            keyed.put(key, key);
            told.store(key as usize, Release);
        }
        reader.join().unwrap();
        assert_eq!(*keyed.get(&1).unwrap(), 10);
    });
}

/// What is read under a key that appears meanwhile is whole, however the reader learnt of the key.
#[test]
fn keyed_get_against_put() {
    model(2, || {
        let keyed = keyed();
        let reader = {
            let keyed = keyed.clone();
            thread::spawn(move || assert!(keyed.get(&2).is_none_or(|value| *value == 20)))
        };
        keyed.put(2, 20);
        reader.join().unwrap();
        assert_eq!(*keyed.get(&2).unwrap(), 20);
    });
}

/// A get finds the key or not, and a take gives its value once.
#[test]
fn keyed_get_against_take() {
    model(2, || {
        let keyed = keyed();
        let reader = {
            let keyed = keyed.clone();
            thread::spawn(move || assert!(keyed.get(&1).is_none_or(|value| *value == 10)))
        };
        match keyed.take(&1) {
            Ok(taken) => assert_eq!(taken, Some(10)),
            Err(error) => assert!(error.is_in_use() && keyed.delete(&1)),
        }
        assert!(keyed.get(&1).is_none());
        reader.join().unwrap();
    });
}
