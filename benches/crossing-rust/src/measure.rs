//! Timing variants of the same work side by side, so that their ratio holds on a machine whose speed changes.

use report::Row;
use std::time::{Duration, Instant};

/// Something done in several ways. The first way is what the others are compared with.
pub struct Work<'a> {
    /// What is done.
    pub name: &'static str,
    /// The ways to do it.
    pub ways: Vec<Way<'a>>,
}

/// One way to do it.
pub struct Way<'a> {
    /// Its name.
    pub name: &'static str,
    /// Does it so many times.
    pub run: Box<dyn Fn(u64) + 'a>,
    /// The ratio that it should not exceed.
    pub limit: Option<f64>,
}

/// How long to measure.
#[derive(Clone, Copy)]
pub struct Options {
    /// Rounds of each way.
    pub rounds: usize,
    /// Time of each way in a round.
    pub round: Duration,
}

impl Options {
    /// Measures a work: in every round each way once, in alternating order. `mallocs` counts Go's allocations so far.
    pub fn run(self, work: &Work, mallocs: impl Fn() -> u64) -> Vec<Row> {
        let counts: Vec<u64> = work.ways.iter().map(|way| self.calibrate(way)).collect();
        let mut ns = vec![Vec::new(); work.ways.len()];
        for round in 0..self.rounds {
            for i in 0..work.ways.len() {
                let i = if round % 2 == 1 { work.ways.len() - 1 - i } else { i };
                let took = clock(&work.ways[i], counts[i]);
                ns[i].push(took.as_nanos() as f64 / counts[i] as f64);
            }
        }
        let row = |(i, way): (usize, &Way)| {
            let ratios: Vec<f64> = ns[i].iter().zip(&ns[0]).map(|(ns, first)| ns / first).collect();
            Row {
                work: work.name.into(),
                way: way.name.into(),
                ns: quantile(&ns[i], 0.5),
                low: quantile(&ns[i], 0.25),
                high: quantile(&ns[i], 0.75),
                ratio: quantile(&ratios, 0.5),
                to: work.ways[0].name.into(),
                limit: way.limit,
                allocs: allocs(way, &mallocs),
            }
        };
        work.ways.iter().enumerate().map(row).collect()
    }

    /// How many calls fill a round.
    fn calibrate(self, way: &Way) -> u64 {
        let mut n = 1;
        loop {
            // The best of three: another process may have had the core.
            let took = (0..3).map(|_| clock(way, n)).min().unwrap_or_default();
            if took > self.round / 4 {
                return (n as f64 * self.round.as_secs_f64() / took.as_secs_f64()).max(1.0) as u64;
            }
            n *= 2;
        }
    }
}

fn clock(way: &Way, n: u64) -> Duration {
    let start = Instant::now();
    (way.run)(n);
    start.elapsed()
}

/// Go heap allocations of a call, to a hundredth.
fn allocs(way: &Way, mallocs: impl Fn() -> u64) -> f64 {
    const CALLS: u64 = 10_000;
    let before = mallocs();
    (way.run)(CALLS);
    ((mallocs() - before) * 100 / CALLS) as f64 / 100.0
}

fn quantile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(q * (sorted.len() - 1) as f64).round() as usize]
}

/// Prints the rows of one work.
pub fn print(rows: &[Row]) {
    println!("\n{:<36} {:>9} {:>19} {:>7} {:>7}", rows[0].work, "ns", "middle half", "ratio", "allocs");
    for row in rows {
        let spread = format!("{:.2} - {:.2}", row.low, row.high);
        print!("  {:<34} {:>9.2} {spread:>19} {:>7.2} {:>7}", row.way, row.ns, row.ratio, row.allocs);
        match row.limit {
            None => println!(),
            Some(limit) if row.ratio <= limit => println!("  at most {limit}: kept"),
            Some(limit) => println!("  at most {limit}: MISSED"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    #[test]
    fn the_ratio_is_that_of_the_work() {
        let burn = |n: u64| (0..n * 100).for_each(|i| _ = black_box(i));
        let way = |name, run: Box<dyn Fn(u64)>| Way { name, run, limit: None };
        let ways = vec![way("slow", Box::new(move |n| burn(10 * n))), way("fast", Box::new(burn))];
        let options = Options { rounds: 5, round: Duration::from_millis(1) };
        let rows = options.run(&Work { name: "w", ways }, || 0);
        assert_eq!(rows[0].ratio, 1.0);
        assert!(rows[1].ratio < 0.5, "{rows:?}");
        assert_eq!(rows[1].to, "slow");
    }
}
