//! Synthetic reports: what the noise hides gets no verdict, what it does not hide gets one.

use super::*;
use crate::report::{Machine, SCHEMA, Section};
use crate::statistics::Samples;
use std::path::Path;

/// Numbers that are drawn, the same in every run of the tests.
struct Draw(u64);

impl Draw {
    /// Below 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Like a benchmark's: never much faster, now and then much slower.
    fn noise(&mut self, width: f64) -> f64 {
        let outlier = if self.next() < 0.05 { self.next() * 2.0 } else { 0.0 };
        1.0 + width * (self.next() + self.next() - 1.0) + outlier
    }
}

/// A report of `works` works: 15 rounds in each of 3 processes, each process with some luck of its own.
fn report(works: usize, seed: u64, cost: impl Fn(usize) -> f64) -> Report {
    let mut draw = Draw(seed);
    let mut rows = Vec::new();
    for work in 0..works {
        let mut ways = ["plain", "ours"].map(|way| Samples {
            row: Row { work: format!("w{work}"), way: way.into(), to: "plain".into(), ..Row::default() },
            ..Samples::default()
        });
        for _ in 0..3 {
            let luck = 1.0 + 0.02 * draw.next();
            let plain: Vec<f64> = (0..15).map(|_| 30.0 * draw.noise(0.1)).collect();
            let ours = plain.iter().map(|_| 30.0 * cost(work) * luck * draw.noise(0.1)).collect();
            for (way, samples) in ways.iter_mut().zip([plain.clone(), ours]) {
                way.passes.push(samples);
                way.plain.push(plain.clone());
            }
        }
        rows.extend(ways.map(Samples::row));
    }
    Report {
        schema: SCHEMA,
        command: String::new(),
        quick: false,
        machine: Machine::here(Path::new("."), None),
        warnings: Vec::new(),
        sections: vec![Section { name: "crossings".into(), rows, ..Section::default() }],
    }
}

fn told(found: &Comparison) -> usize {
    found.changes.iter().filter(|change| change.verdict != Verdict::Noise).count()
}

#[test]
fn the_same_code_gets_no_verdict() {
    let found = compare(&report(300, 1, |_| 1.1), &report(300, 2, |_| 1.1));
    assert_eq!(found.changes.len(), 300);
    assert!(told(&found) <= 3, "{}", found.summary());
}

#[test]
fn a_real_change_is_told_with_its_direction() {
    let found = compare(
        &report(100, 3, |_| 1.1),
        &report(100, 4, |work| match work {
            0..20 => 1.1 * 1.3,
            20..40 => 1.1 / 1.3,
            _ => 1.1,
        }),
    );
    for (work, change) in found.changes.iter().enumerate() {
        match work {
            0..20 => assert_eq!(change.verdict, Verdict::Slower, "{change:?}"),
            20..40 => assert_eq!(change.verdict, Verdict::Faster, "{change:?}"),
            _ => {}
        }
    }
    assert!(told(&found) <= 42, "{}", found.summary());
}

#[test]
fn a_slower_machine_is_no_change() {
    let mut now = report(50, 6, |_| 1.1);
    for row in &mut now.sections[0].rows {
        (row.ns, row.low, row.high) = (row.ns * 1.5, row.low * 1.5, row.high * 1.5);
    }
    assert!(told(&compare(&report(50, 5, |_| 1.1), &now)) <= 1);
}

#[test]
fn a_tiny_change_is_none_however_narrow_the_intervals_are() {
    let row = |ratio: f64| Row {
        work: "w".into(),
        way: "ours".into(),
        to: "plain".into(),
        ratio,
        ratio_low: ratio * 0.9999,
        ratio_high: ratio * 1.0001,
        ..Row::default()
    };
    assert_eq!(Change::new("s", &row(1.0), &row(1.02), 0.0).verdict, Verdict::Noise);
    assert_eq!(Change::new("s", &row(1.0), &row(1.05), 0.0).verdict, Verdict::Slower);
    assert_eq!(Change::new("s", &row(1.0), &row(0.95), 0.0).verdict, Verdict::Faster);
}

#[test]
fn what_only_one_has_is_named() {
    let (mut then, mut now) = (report(3, 7, |_| 1.0), report(3, 8, |_| 1.0));
    then.sections[0].rows.truncate(4);
    now.sections[0].rows.remove(1);
    now.machine.go = "go9.99".into();
    // A section that was not measured now is not gone.
    then.sections.push(Section {
        name: "tails".into(),
        rows: then.sections[0].rows.clone(),
        ..Section::default()
    });
    let found = compare(&then, &now);
    assert_eq!(found.gone, ["crossings: w0: ours"]);
    assert_eq!(found.added, ["crossings: w2: plain", "crossings: w2: ours"]);
    assert!(found.notes.iter().any(|note| note.contains("Other tools")), "{:?}", found.notes);
}

#[test]
fn a_missing_ratio_is_no_infinite_change() {
    let then = report(1, 9, |_| 1.0);
    let mut now = then.clone();
    now.sections[0].rows[1].ratio = 0.0;
    assert_eq!(compare(&then, &now).changes, []);
}

#[test]
fn a_quick_run_needs_more() {
    let then = report(20, 10, |_| 1.0);
    let (mut some, mut much) = (report(20, 11, |_| 1.2), report(20, 12, |_| 2.0));
    assert_eq!(told(&compare(&then, &some)), 20);
    (some.quick, much.quick) = (true, true);
    assert_eq!(told(&compare(&then, &some)), 0);
    assert_eq!(told(&compare(&then, &much)), 20);
}
