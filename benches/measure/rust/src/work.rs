//! Timing.

use crate::{Row, quick};
use std::time::{Duration, Instant};

/// Something done in several ways. The first way is what the others are compared with.
#[derive(Default)]
pub struct Work<'a> {
    /// Of the report; empty for the one that the program belongs to.
    pub section: &'static str,
    /// What is done.
    pub name: String,
    /// Works of one plot are points of its curves.
    pub plot: String,
    /// Where in the plot.
    pub x: f64,
    /// If set, the work is this curve, and its ways are the points.
    pub curve: String,
    /// The ways to do it.
    pub ways: Vec<Way<'a>>,
}

/// One way to do it.
pub struct Way<'a> {
    /// Its name.
    pub name: String,
    /// How it crosses: cgo, fast, hosted; empty if it does not.
    pub lane: &'static str,
    /// Does it so many times.
    pub run: Box<dyn Fn(u64) + 'a>,
    /// The ratio that it should not exceed.
    pub limit: Option<f64>,
    /// How often it crosses between the languages.
    pub crossings: f64,
    /// The figure of the talk of 2018, where it gave one.
    pub talk: &'static str,
    /// Where in the plot, if the work is a curve.
    pub x: f64,
}

/// How long to measure.
#[derive(Clone, Copy)]
pub struct Options {
    /// Rounds of each way.
    pub rounds: usize,
    /// Time of each way in a round.
    pub round: Duration,
    /// So many rounds more while a ratio is noisy.
    pub more: usize,
}

impl<'a> Way<'a> {
    /// A way that does not cross.
    pub fn new(name: impl Into<String>, run: impl Fn(u64) + 'a) -> Way<'a> {
        Way { name: name.into(), lane: "", run: Box::new(run), limit: None, crossings: 0.0, talk: "", x: 0.0 }
    }

    /// A way that crosses so often on a lane.
    pub fn crossing(self, lane: &'static str, crossings: f64) -> Way<'a> {
        Way { lane, crossings, ..self }
    }

    /// The ratio that it should not exceed.
    pub fn at_most(self, limit: f64) -> Way<'a> {
        Way { limit: Some(limit), ..self }
    }

    /// Where in the plot, if the work is a curve.
    pub fn at(self, x: f64) -> Way<'a> {
        Way { x, ..self }
    }
}

impl Options {
    /// Allows half as many rounds again for works that are noisy, unless the run must be quick.
    pub fn patient(self) -> Options {
        Options { more: if quick() { 0 } else { self.rounds / 2 }, ..self }
    }

    /// Measures a work: in every round each way once, in alternating order. `mallocs` counts Go's allocations so far.
    pub fn run(self, work: &Work, mallocs: Option<&dyn Fn() -> u64>) -> Vec<Row> {
        let counts: Vec<u64> = work.ways.iter().map(|way| self.calibrate(way)).collect();
        let mut samples = vec![Vec::new(); work.ways.len()];
        let mut round = 0;
        while round < self.rounds || round < self.rounds + self.more && is_noisy(&samples) {
            for i in 0..work.ways.len() {
                let i = if round % 2 == 1 { work.ways.len() - 1 - i } else { i };
                let took = clock(&work.ways[i], counts[i]);
                samples[i].push(took.as_nanos() as f64 / counts[i] as f64);
            }
            round += 1;
        }
        let row = |(i, way): (usize, &Way)| {
            let ratios: Vec<f64> = samples[i].iter().zip(&samples[0]).map(|(ns, first)| ns / first).collect();
            Row {
                section: work.section.into(),
                work: work.name.clone(),
                plot: work.plot.clone(),
                x: if way.x == 0.0 { work.x } else { way.x },
                curve: work.curve.clone(),
                way: way.name.clone(),
                lane: way.lane.into(),
                ns: median(&samples[i]),
                low: quantile(&samples[i], 0.25),
                high: quantile(&samples[i], 0.75),
                ratio: median(&ratios),
                samples: samples[i].clone(),
                to: work.ways[0].name.clone(),
                limit: way.limit,
                allocs: mallocs.map(|mallocs| allocs(way, counts[i], mallocs)),
                crossings: way.crossings,
                talk: way.talk.into(),
                quantiles: None,
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

/// How wide the interval of a ratio may be, as a part of it, before more rounds are worth their time.
const NOISE: f64 = 0.1;

/// Is a ratio not yet known well? It looks at the width of the interval, never at where it lies.
fn is_noisy(samples: &[Vec<f64>]) -> bool {
    samples[1..].iter().any(|way| {
        let ratios: Vec<f64> = way.iter().zip(&samples[0]).map(|(ns, first)| ns / first).collect();
        let (low, high) = interval(&ratios);
        high - low > NOISE * median(&ratios)
    })
}

/// The 95 % confidence interval of the median, from ranks.
fn interval(values: &[f64]) -> (f64, f64) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let half = 0.98 * n.sqrt();
    let below = ((n / 2.0 - half) as usize).max(1) - 1;
    let above = ((n / 2.0 + half).ceil() as usize).min(sorted.len() - 1);
    (sorted[below], sorted[above])
}

fn clock(way: &Way, n: u64) -> Duration {
    let start = Instant::now();
    (way.run)(n);
    start.elapsed()
}

/// Go heap allocations of a call, to a hundredth. What takes long is not called often.
fn allocs(way: &Way, round: u64, mallocs: &dyn Fn() -> u64) -> f64 {
    let calls = (4 * round).min(10_000);
    let before = mallocs();
    (way.run)(calls);
    ((mallocs() - before) * 100 / calls) as f64 / 100.0
}

/// The middle of some numbers.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The number that this part of some numbers does not exceed.
pub fn quantile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get((q * (sorted.len().max(1) - 1) as f64).round() as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hint::black_box;

    #[test]
    fn the_ratio_is_that_of_the_work() {
        let burn = |n: u64| (0..n * 100).for_each(|i| _ = black_box(i));
        let ways = vec![
            Way::new("slow", move |n| burn(10 * n)).crossing("cgo", 2.0),
            Way::new("fast", burn).at_most(0.5),
        ];
        let options = Options { rounds: 5, round: Duration::from_millis(1), more: 0 };
        let rows = options.run(&Work { name: "w".into(), ways, ..Work::default() }, None);
        assert_eq!((rows[0].ratio, rows[0].lane.as_str(), rows[0].crossings), (1.0, "cgo", 2.0));
        assert!(rows[1].ratio < 0.5, "{rows:?}");
        assert_eq!((rows[1].to.as_str(), rows[1].samples.len()), ("slow", 5));
    }

    #[test]
    fn noisy_works_get_more_rounds() {
        let quiet = vec![10.0, 20.0, 10.0, 20.0, 10.0, 20.0, 10.0, 20.0];
        let jumps = vec![10.0, 90.0, 40.0, 20.0, 10.0, 80.0, 20.0, 90.0];
        assert!(!is_noisy(&[quiet.clone(), quiet.clone()]) && !is_noisy(std::slice::from_ref(&jumps)));
        assert!(is_noisy(&[quiet, jumps]));
        assert_eq!(interval(&[7.0]), (7.0, 7.0));
        let burn = |n: u64| (0..n * 100).for_each(|i| _ = black_box(i));
        let calls = std::cell::Cell::new(0);
        let jumps = |n| {
            calls.set(calls.get() + 1);
            burn(if calls.get() % 2 == 0 { 20 * n } else { n });
        };
        let ways = vec![Way::new("plain", burn), Way::new("jumps", jumps)];
        let options = Options { rounds: 5, round: Duration::from_micros(100), more: 5 };
        let rows = options.run(&Work { name: "w".into(), ways, ..Work::default() }, None);
        assert_eq!(rows[1].samples.len(), 10);
    }

    #[test]
    fn ways_are_the_points_of_a_curve() {
        let way = |name, x| Way::new(name, |n| (0..n).for_each(|i| _ = black_box(i))).at(x);
        let ways = vec![way("1 core", 1.0), way("2 cores", 2.0)];
        let options = Options { rounds: 1, round: Duration::from_micros(1), more: 0 };
        let rows = options.run(&Work { curve: "c".into(), ways, ..Work::default() }, None);
        assert_eq!((rows[1].curve.as_str(), rows[1].x), ("c", 2.0));
    }
}
