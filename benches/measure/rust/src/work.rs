//! Timing.

use crate::Row;
use std::time::{Duration, Instant};

/// Something done in several ways. The first way is what the others are compared with.
#[derive(Default)]
pub struct Work<'a> {
    /// Of the report; empty for the one that the program belongs to.
    pub section: &'static str,
    /// What is done.
    pub name: String,
    /// Works of one plot are points of its curves.
    pub plot: &'static str,
    /// Where in the plot.
    pub x: f64,
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
}

/// How long to measure.
#[derive(Clone, Copy)]
pub struct Options {
    /// Rounds of each way.
    pub rounds: usize,
    /// Time of each way in a round.
    pub round: Duration,
}

impl<'a> Way<'a> {
    /// A way that does not cross.
    pub fn new(name: impl Into<String>, run: impl Fn(u64) + 'a) -> Way<'a> {
        Way { name: name.into(), lane: "", run: Box::new(run), limit: None, crossings: 0.0, talk: "" }
    }

    /// A way that crosses so often on a lane.
    pub fn crossing(self, lane: &'static str, crossings: f64) -> Way<'a> {
        Way { lane, crossings, ..self }
    }

    /// The ratio that it should not exceed.
    pub fn at_most(self, limit: f64) -> Way<'a> {
        Way { limit: Some(limit), ..self }
    }
}

impl Options {
    /// Measures a work: in every round each way once, in alternating order. `mallocs` counts Go's allocations so far.
    pub fn run(self, work: &Work, mallocs: Option<&dyn Fn() -> u64>) -> Vec<Row> {
        let counts: Vec<u64> = work.ways.iter().map(|way| self.calibrate(way)).collect();
        let mut samples = vec![Vec::new(); work.ways.len()];
        for round in 0..self.rounds {
            for i in 0..work.ways.len() {
                let i = if round % 2 == 1 { work.ways.len() - 1 - i } else { i };
                let took = clock(&work.ways[i], counts[i]);
                samples[i].push(took.as_nanos() as f64 / counts[i] as f64);
            }
        }
        let row = |(i, way): (usize, &Way)| {
            let ratios: Vec<f64> = samples[i].iter().zip(&samples[0]).map(|(ns, first)| ns / first).collect();
            Row {
                section: work.section.into(),
                work: work.name.clone(),
                plot: work.plot.into(),
                x: work.x,
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
        let options = Options { rounds: 5, round: Duration::from_millis(1) };
        let rows = options.run(&Work { name: "w".into(), ways, ..Work::default() }, None);
        assert_eq!((rows[0].ratio, rows[0].lane.as_str(), rows[0].crossings), (1.0, "cgo", 2.0));
        assert!(rows[1].ratio < 0.5, "{rows:?}");
        assert_eq!((rows[1].to.as_str(), rows[1].samples.len()), ("slow", 5));
    }
}
