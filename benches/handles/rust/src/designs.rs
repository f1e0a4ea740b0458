//! Ways to keep values under handles.

use gangplank::handle::keys::{Atomic, Blocks};
use gangplank::handle::plain::{BigMap, Modulo, Numbered};
use gangplank::handle::{Handle, Keeper, Keyed, Table};
use std::hint::black_box;
use std::sync::Arc;

pub const THOUSAND: usize = 1_000;
pub const MILLION: usize = 1_000_000;

/// What is kept.
pub type Value = Arc<u64>;

/// A filled table.
pub struct Filled {
    pub name: &'static str,
    pub ours: bool,
    table: Box<dyn Design>,
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests"))]
    handles: Vec<Handle>,
    /// The handles in the order in which they are used.
    list: Vec<Handle>,
}

/// One of several threads that work on a table at once.
#[derive(Clone, Copy)]
pub struct Part {
    pub i: usize,
    pub of: usize,
}

const DRAWS: usize = 1 << 20;

/// A loop per design, so that no call goes through a pointer.
pub trait Design: Send + Sync {
    fn insert(&self, value: Value) -> Handle;
    #[cfg(test)]
    fn number(&self, handle: Handle) -> u64;
    fn get(&self, handles: &[Handle], start: usize, n: u64);
    fn cycle(&self, n: u64);
}

impl Design for Table<Value> {
    fn insert(&self, value: Value) -> Handle {
        Table::insert(self, value)
    }

    #[cfg(test)]
    fn number(&self, handle: Handle) -> u64 {
        **Table::get(self, handle).unwrap()
    }

    fn get(&self, handles: &[Handle], start: usize, n: u64) {
        for i in 0..n as usize {
            black_box(Arc::as_ptr(&Table::get(self, handles[(start + i) % DRAWS]).unwrap()));
        }
    }

    fn cycle(&self, n: u64) {
        let value = Arc::new(0);
        for _ in 0..n {
            let handle = Table::insert(self, value.clone());
            black_box(Arc::as_ptr(&Table::get(self, handle).unwrap()));
            Table::delete(self, handle).unwrap();
        }
    }
}

/// For what copies a value to give it.
struct Copies<K>(K);

impl<K: Keeper<Value> + Send + Sync> Design for Copies<K> {
    fn insert(&self, value: Value) -> Handle {
        self.0.insert(value)
    }

    #[cfg(test)]
    fn number(&self, handle: Handle) -> u64 {
        *self.0.get(handle).unwrap()
    }

    fn get(&self, handles: &[Handle], start: usize, n: u64) {
        for i in 0..n as usize {
            black_box(self.0.get(handles[(start + i) % DRAWS]).unwrap());
        }
    }

    fn cycle(&self, n: u64) {
        let value = Arc::new(0);
        for _ in 0..n {
            let handle = self.0.insert(value.clone());
            black_box(self.0.get(handle).unwrap());
            self.0.delete(handle).unwrap();
        }
    }
}

/// All designs, with so many values. The first is what the others are compared with.
pub fn fill_all(live: usize) -> Vec<Filled> {
    vec![
        Filled::new("BigMap + atomic counter", live, Copies(Numbered::new(BigMap::new(), Atomic::default()))),
        Filled::new(
            "Modulo 64 + atomic counter",
            live,
            Copies(Numbered::new(Modulo::new(64), Atomic::default())),
        ),
        Filled::new("Keyed + blocks of keys", live, Copies(Numbered::new(Keyed::new(), Blocks::default()))),
        Filled::new("Table", live, Table::new()).ours(),
        Filled::new("Table, value cloned", live, Copies(Table::new())).ours(),
    ]
}

/// Numbers below a limit, the same in every run.
fn drawn(limit: usize) -> impl Iterator<Item = u32> {
    let mut state = 2018_u64;
    (0..DRAWS).map(move |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (((state >> 32) * limit as u64) >> 32) as u32
    })
}

impl Filled {
    fn new(name: &'static str, live: usize, table: impl Design + 'static) -> Filled {
        let handles: Vec<_> = (0..live).map(|i| table.insert(Arc::new(i as u64))).collect();
        let list = drawn(live).map(|i| handles[i as usize]).collect();
        Filled { name, ours: false, table: Box::new(table), handles, list }
    }

    fn ours(self) -> Filled {
        Filled { ours: true, ..self }
    }

    pub fn get(&self, part: Part, n: u64) {
        self.table.get(&self.list, part.start(), n);
    }

    pub fn cycle(&self, _: Part, n: u64) {
        self.table.cycle(n);
    }

    /// The number of the value that is behind the i-th handle.
    #[cfg(test)]
    pub fn number(&self, i: usize) -> u64 {
        self.table.number(self.handles[i])
    }
}

impl Part {
    fn start(self) -> usize {
        self.i * (DRAWS / self.of)
    }
}
