//! What is measured.

use crate::designs::{Filled, MILLION, Part, THOUSAND, fill_all};
use gangplank::handle::keys::{Atomic, Blocks, Generator, Locked};
use measure::{Way, Work};
use std::hint::black_box;
use std::{iter, thread};

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
            for cores in one_and_all() {
                works.push(Work {
                    name: format!("{does}, {} live, {}", count(self.live), core_count(cores)),
                    ways: self.tables.iter().map(|table| way(table.name, table, run, cores)).collect(),
                    ..Work::default()
                });
            }
            for table in &self.tables {
                works.push(rise(does, self.live, table, run));
            }
        }
        if self.live == THOUSAND {
            for threads in at_once(all_cores()) {
                works.push(Work {
                    name: format!("a key, {}", at_once_name(threads)),
                    plot: format!("Rust: a key, {} against threads at once", core_count(all_cores())),
                    x: threads as f64,
                    ways: vec![
                        generator("Locked", Locked::default(), threads),
                        generator("Atomic", Atomic::default(), threads),
                        generator("Blocks", Blocks::default(), threads),
                    ],
                    ..Work::default()
                });
            }
        }
        works
    }
}

/// How the time grows with the threads that are there at once. Beyond the number of cores they take turns, which the time of each contains: no
/// more is expected of it than that.
fn rise<'a>(does: &str, live: usize, table: &'a Filled, run: Run) -> Work<'a> {
    let cores = all_cores();
    let point = |threads: usize| {
        let way = way(at_once_name(threads), table, run, threads).at(threads as f64);
        if table.ours && threads == cores && cores > 1 { way.at_most(1.1) } else { way }
    };
    Work {
        name: format!("{}, {does}, {} live", table.name, count(live)),
        plot: format!("Rust: {does}, {} live, {} against threads at once", count(live), core_count(cores)),
        curve: table.name.into(),
        ways: at_once(cores).into_iter().map(point).collect(),
        ..Work::default()
    }
}

/// One core, and all where there are more.
fn one_and_all() -> Vec<usize> {
    if all_cores() == 1 { vec![1] } else { vec![1, all_cores()] }
}

/// From one to twice the cores, doubled each time; of a quick run the ends and the cores.
fn at_once(cores: usize) -> Vec<usize> {
    let doubled = iter::successors(Some(1), |n| Some(2 * n)).take_while(|n| *n < cores);
    doubled.filter(|n| *n == 1 || !measure::quick()).chain([cores, 2 * cores]).collect()
}

fn at_once_name(threads: usize) -> String {
    if threads > all_cores() { format!("{threads} threads") } else { core_count(threads) }
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

    #[test]
    fn from_one_to_twice_the_cores() {
        let wanted = [(1, vec![1, 2]), (2, vec![1, 2, 4]), (6, vec![1, 2, 4, 6, 12])];
        for (cores, counts) in wanted {
            assert_eq!(at_once(cores), counts);
        }
    }

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
