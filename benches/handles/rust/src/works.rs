//! What is measured.

use crate::designs::{Filled, MILLION, Part, THOUSAND, fill_all};
use gangplank::handle::keys::{Atomic, Blocks, Generator, Locked};
use measure::{Way, Work};
use std::hint::black_box;
use std::thread;

/// Works that share a filling of the tables.
pub struct Group {
    pub live: usize,
    tables: Vec<Filled>,
}

/// All, one after the other: a filling is gone when the next is made.
pub fn groups() -> impl Iterator<Item = Group> {
    let live: &[usize] = if measure::quick() { &[THOUSAND] } else { &[THOUSAND, MILLION] };
    live.iter().map(|&live| Group { live, tables: fill_all(live) })
}

fn all_cores() -> usize {
    thread::available_parallelism().map_or(1, |n| n.get())
}

impl Group {
    /// What is measured with this filling.
    pub fn works(&self) -> Vec<Work<'_>> {
        let mut works = Vec::new();
        for (does, run) in [("get", Filled::get as Run), ("insert + get + delete", Filled::cycle)] {
            for cores in [1, all_cores()] {
                works.push(Work {
                    name: format!("{does}, {} live, {}", count(self.live), core_count(cores)),
                    ways: self.tables.iter().map(|table| way(table.name, table, run, cores)).collect(),
                    ..Work::default()
                });
            }
            for table in &self.tables {
                let all = way(core_count(all_cores()), table, run, all_cores());
                works.push(Work {
                    name: format!("{}, {does}, {} live", table.name, count(self.live)),
                    ways: vec![
                        way(core_count(1), table, run, 1),
                        if table.ours { all.at_most(1.1) } else { all },
                    ],
                    ..Work::default()
                });
            }
        }
        if self.live == THOUSAND {
            for cores in [1, all_cores()] {
                works.push(Work {
                    name: format!("a key, {}", core_count(cores)),
                    ways: vec![
                        generator("Locked", Locked::default(), cores),
                        generator("Atomic", Atomic::default(), cores),
                        generator("Blocks", Blocks::default(), cores),
                    ],
                    ..Work::default()
                });
            }
        }
        works
    }
}

type Run = fn(&Filled, Part, u64);

fn way<'a>(name: impl Into<String>, table: &'a Filled, run: Run, cores: usize) -> Way<'a> {
    Way::new(name, move |n| on_cores(cores, n, |part, n| run(table, part, n)))
}

fn generator<'a>(name: &'static str, keys: impl Generator + Sync + 'a, cores: usize) -> Way<'a> {
    let run = move |n| {
        on_cores(cores, n, |_, n| {
            for _ in 0..n {
                black_box(keys.next_key());
            }
        });
    };
    Way::new(name, run)
}

/// Does the work on each of some threads. The time per operation is what each of them sees.
fn on_cores(cores: usize, n: u64, run: impl Fn(Part, u64) + Sync) {
    if cores == 1 {
        return run(Part { i: 0, of: 1 }, n);
    }
    thread::scope(|scope| {
        for i in 0..cores {
            let run = &run;
            scope.spawn(move || run(Part { i, of: cores }, n));
        }
    });
}

fn count(n: usize) -> &'static str {
    if n == MILLION { "1 million" } else { "1 thousand" }
}

fn core_count(n: usize) -> String {
    if n == 1 { "1 core".into() } else { format!("{n} cores") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All designs do the same, and the works leave what they found: otherwise their times would mean nothing.
    #[test]
    fn designs_do_the_same() {
        let group = Group { live: THOUSAND, tables: fill_all(THOUSAND) };
        for work in group.works() {
            work.ways.iter().for_each(|way| (way.run)(1_000));
        }
        for table in &group.tables {
            for i in 0..THOUSAND {
                assert_eq!(table.number(i), i as u64, "{}", table.name);
            }
        }
    }
}
