//! Medians, intervals, several passes as one.

use crate::report::{Quantiles, Row};

/// The number that this part of some numbers does not exceed; between two, the nearer one.
pub fn quantile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get((q * (sorted.len().max(1) - 1) as f64).round() as usize).copied().unwrap_or_default()
}

/// The middle of some numbers.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// A median and where it could be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The median.
    pub middle: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The median of all rounds of all passes, with its 95 % confidence interval.
///
/// The interval comes from ranks, so it assumes nothing about how samples are spread. But rounds of one process share its luck (where
/// its code and its data lie), which ranks cannot see. So the interval also covers the median of each pass: each is a process of its own.
pub fn estimate(passes: &[Vec<f64>]) -> Estimate {
    let mut all: Vec<f64> = passes.iter().flatten().copied().collect();
    all.sort_by(f64::total_cmp);
    let Some(last) = all.len().checked_sub(1) else {
        return Estimate { middle: 0.0, low: 0.0, high: 0.0 };
    };
    let n = all.len() as f64;
    let half = 0.98 * n.sqrt();
    let below = (n / 2.0 - half).floor().max(1.0) as usize - 1;
    let above = ((n / 2.0 + half).ceil() as usize).min(last);
    let medians = passes.iter().filter(|pass| !pass.is_empty()).map(|pass| median(pass));
    let (low, high) =
        medians.fold((all[below], all[above]), |(low, high), median| (low.min(median), high.max(median)));
    Estimate { middle: median(&all), low, high }
}

/// The samples of one way in all passes, beside those of the plain way.
#[derive(Debug, Clone, Default)]
pub struct Samples {
    /// What is known without samples.
    pub row: Row,
    /// Those of each pass.
    pub passes: Vec<Vec<f64>>,
    /// Those of the plain way, round for round.
    pub plain: Vec<Vec<f64>>,
    /// Those of each pass, where single calls were timed.
    pub quantiles: Vec<Quantiles>,
}

impl Samples {
    /// The row.
    pub fn row(self) -> Row {
        let compare = |with: fn(f64, f64) -> f64| -> Vec<Vec<f64>> {
            let rounds = self.passes.iter().zip(&self.plain);
            rounds
                .map(|(pass, plain)| pass.iter().zip(plain).map(|(ns, plain)| with(*ns, *plain)).collect())
                .collect()
        };
        let ratios = compare(|ns, plain| ns / plain);
        let (ns, ratio) = (estimate(&self.passes), estimate(&ratios));
        let differ = ratios.len() > 1 && self.row.way != self.row.to;
        let extra = self.row.more.map(|_| digits(estimate(&compare(|ns, plain| ns - plain)).middle));
        Row {
            ns: digits(ns.middle),
            low: digits(ns.low),
            high: digits(ns.high),
            ratio: digits(ratio.middle),
            ratio_low: digits(ratio.low),
            ratio_high: digits(ratio.high),
            extra,
            passes: ratios.iter().filter(|_| differ).map(|pass| digits(median(pass))).collect(),
            rounds: self.passes.iter().map(Vec::len).sum(),
            quantiles: spread(&self.quantiles),
            ..self.row
        }
    }
}

fn spread(passes: &[Quantiles]) -> Option<Quantiles> {
    let middle = |part: fn(&Quantiles) -> f64| digits(median(&passes.iter().map(part).collect::<Vec<_>>()));
    let worst = passes.iter().map(|pass| pass.worst).max_by(f64::total_cmp)?;
    Some(Quantiles {
        p50: middle(|pass| pass.p50),
        p99: middle(|pass| pass.p99),
        p999: middle(|pass| pass.p999),
        worst: digits(worst),
    })
}

/// Five digits: more would be noise, and would make reports long.
fn digits(x: f64) -> f64 {
    format!("{x:.4e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles() {
        let values: Vec<f64> = (0..101).rev().map(f64::from).collect();
        assert_eq!((quantile(&values, 0.0), median(&values), quantile(&values, 0.99)), (0.0, 50.0, 99.0));
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn the_interval_is_that_of_ranks() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        // The 40th and the 61st of a hundred: the table that every textbook has.
        assert_eq!(estimate(&[values]), Estimate { middle: 51.0, low: 40.0, high: 61.0 });
        assert_eq!(estimate(&[vec![7.0]]), Estimate { middle: 7.0, low: 7.0, high: 7.0 });
        assert_eq!(estimate(&[]).middle, 0.0);
    }

    #[test]
    fn the_interval_covers_every_pass() {
        let slow = vec![20.0; 5];
        let estimate = estimate(&[vec![10.0; 50], slow, vec![10.0; 50]]);
        assert_eq!(estimate, Estimate { middle: 10.0, low: 10.0, high: 20.0 });
    }

    #[test]
    fn ratios_are_taken_round_by_round() {
        // The machine became twice as slow in the middle; the ratio does not notice.
        let plain = vec![10.0, 10.0, 20.0, 20.0];
        let samples = Samples {
            passes: vec![plain.iter().map(|ns| ns * 3.0).collect()],
            plain: vec![plain],
            ..Samples::default()
        };
        let row = samples.row();
        assert!(row.passes.is_empty(), "there was one");
        assert_eq!((row.ratio, row.ratio_low, row.ratio_high, row.rounds), (3.0, 3.0, 3.0, 4));
        assert!(row.high > row.low);
    }

    #[test]
    fn how_far_processes_differ_is_kept() {
        let samples = Samples {
            row: Row { way: "ours".into(), to: "plain".into(), ..Row::default() },
            passes: vec![vec![20.0; 3], vec![30.0; 3]],
            plain: vec![vec![10.0; 3]; 2],
            ..Samples::default()
        };
        assert_eq!(samples.row().passes, [2.0, 3.0]);
    }

    #[test]
    fn differences_are_taken_round_by_round_where_there_is_a_bar() {
        let extra = |more| {
            let row = Row { more, ..Row::default() };
            let (passes, plain) = (vec![vec![14.0, 24.0, 17.0]], vec![vec![10.0, 20.0, 10.0]]);
            Samples { row, passes, plain, ..Samples::default() }.row().extra
        };
        assert_eq!((extra(Some(3.0)), extra(None)), (Some(4.0), None));
    }

    #[test]
    fn the_worst_is_the_worst_of_all() {
        let pass = |p99, worst| Quantiles { p50: 1.0, p99, p999: 3.0, worst };
        let all = spread(&[pass(2.0, 10.0), pass(5.0, 90.0), pass(3.0, 20.0)]).unwrap();
        assert_eq!((all.p99, all.worst), (3.0, 90.0));
        assert_eq!(spread(&[]), None);
    }
}
