use super::{Random, effort};
use crate::handle::lineage::Lineage;
use crate::handle::{Handle, Table};
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;

/// Knows the handle that it was filed under, as soon as there is one, and whether it is alive.
struct Tenant<'a> {
    handle: AtomicU64,
    words: [u64; 4],
    alive: &'a AtomicI64,
}

impl Tenant<'_> {
    fn check(&self, handle: Handle) {
        let is = self.handle.load(Relaxed);
        assert!(is == 0 || is == handle.to_bits(), "the value of {is:x} under {handle:?}");
        assert!(self.words.iter().all(|&word| word == self.words[0] && word != 0), "{:x?}", self.words);
    }
}

impl Drop for Tenant<'_> {
    fn drop(&mut self) {
        assert_ne!(self.words[0], 0, "dropped twice");
        self.words = [0; 4];
        self.alive.fetch_sub(1, Relaxed);
    }
}

/// Many threads, few slots: whoever gets a value gets the one of that handle, or an error, and keeps it as long as it reads.
#[test]
fn many_threads_few_slots() {
    let threads = if cfg!(miri) { 4 } else { 64 };
    let alive = AtomicI64::new(0);
    let got = AtomicUsize::new(0);
    let table = Table::with(Lineage::next().with_generations(1000), 4);
    let current: [AtomicU64; 4] = Default::default();
    thread::scope(|scope| {
        for seed in 0..threads {
            let (table, current, alive, got) = (&table, &current, &alive, &got);
            scope.spawn(move || {
                let random = &mut Random(seed);
                for _ in 0..effort(4_000) {
                    let place = &current[random.below(4)];
                    let handle = Handle::from_bits(place.load(Relaxed));
                    match random.below(8) {
                        0 | 1 => {
                            alive.fetch_add(1, Relaxed);
                            let words = [random.next() | 1; 4];
                            let tenant = Tenant { handle: AtomicU64::new(0), words, alive };
                            let new = table.insert_in(0, tenant).ok().unwrap();
                            if let Ok(tenant) = table.get(new) {
                                tenant.handle.store(new.to_bits(), Relaxed);
                            }
                            let old = Handle::from_bits(place.swap(new.to_bits(), Relaxed));
                            let _ = table.delete(old);
                        }
                        2 => drop(table.delete(handle)),
                        3 => {
                            if let Ok(tenant) = table.take(handle) {
                                tenant.check(handle);
                            }
                        }
                        4 => {
                            let forged = Handle::from_bits(random.next());
                            assert!(table.get(forged).is_err());
                        }
                        n => {
                            if let Ok(tenant) = table.get(handle) {
                                tenant.check(handle);
                                if n == 5 {
                                    thread::yield_now();
                                    tenant.check(handle);
                                }
                                got.fetch_add(1, Relaxed);
                            }
                        }
                    }
                }
            });
        }
    });
    assert!(got.load(Relaxed) > 0, "nothing was read: this tested nothing");
    assert_eq!(alive.load(Relaxed), table.len() as i64);
    for (handle, tenant) in &table {
        tenant.check(handle);
        table.delete(handle).unwrap();
    }
    assert_eq!(alive.load(Relaxed), 0);
}

/// Exactly one of those that delete a handle at once succeeds.
#[test]
fn a_handle_ends_once() {
    let table = Table::new();
    for round in 0..effort(500) {
        let handle = table.insert(round);
        let wins = AtomicUsize::new(0);
        thread::scope(|scope| {
            for i in 0..4 {
                let (table, wins) = (&table, &wins);
                scope.spawn(move || {
                    let won =
                        if i % 2 == 0 { table.delete(handle).is_ok() } else { table.take(handle).is_ok() };
                    wins.fetch_add(won.into(), Relaxed);
                });
            }
        });
        assert_eq!(wins.into_inner(), 1);
    }
}

/// Readers go on while the table grows under them.
#[test]
fn it_grows_under_readers() {
    let table = Table::with(Lineage::next(), 1);
    let first = table.insert_in(7, usize::MAX).unwrap();
    let each = effort(10_000);
    let working = AtomicUsize::new(4);
    thread::scope(|scope| {
        for writer in 0..4 {
            let (table, working) = (&table, &working);
            scope.spawn(move || {
                let mine: Vec<_> = (0..each).map(|i| table.insert_in(7, writer << 20 | i).unwrap()).collect();
                for (i, &handle) in mine.iter().enumerate() {
                    assert_eq!(*table.get(handle).unwrap(), writer << 20 | i);
                }
                working.fetch_sub(1, Relaxed);
            });
            scope.spawn(move || {
                while working.load(Relaxed) > 0 {
                    assert_eq!(*table.get(first).unwrap(), usize::MAX);
                    thread::yield_now();
                }
            });
        }
    });
    assert_eq!(table.len(), 4 * each + 1);
}
