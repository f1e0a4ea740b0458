//! Verdicts on two reports.
//!
//! What is compared is each way's ratio to the plain way of the same run: the speed of a machine changes from one run to the next, and both
//! change with it. A verdict is given only where the two intervals do not touch, and the change is not tiny.

use crate::report::{Report, Row};
use std::fmt;

/// A smaller change than this is no verdict: where the linker puts code is worth as much.
pub const TINY: f64 = 0.03;

/// A quick run is one process and cannot know how processes differ: its intervals must be so far apart.
pub const QUICK: f64 = 0.25;

/// What two reports say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Every way that both have, but the plain ones.
    pub changes: Vec<Change>,
    /// Ways that only the older one has.
    pub gone: Vec<String>,
    /// Ways that only the newer one has.
    pub added: Vec<String>,
    /// What to know before reading on.
    pub notes: Vec<String>,
}

/// How a way did.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Change {
    pub section: String,
    pub work: String,
    pub way: String,
    /// The older ratio to the plain way.
    pub then: f64,
    /// The newer one.
    pub now: f64,
    /// The least that now / then can be.
    pub low: f64,
    /// The most.
    pub high: f64,
    pub verdict: Verdict,
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It takes less than before.
    Faster,
    /// It takes more than before.
    Slower,
    /// Nothing: the difference lies inside the noise.
    Noise,
}

impl Change {
    fn new(section: &str, then: &Row, now: &Row, margin: f64) -> Change {
        let (low, high) = (now.ratio_low / then.ratio_high, now.ratio_high / then.ratio_low);
        let change = now.ratio / then.ratio;
        let verdict = match change {
            _ if low > 1.0 + margin && change > 1.0 + TINY => Verdict::Slower,
            _ if high < 1.0 / (1.0 + margin) && change < 1.0 - TINY => Verdict::Faster,
            _ => Verdict::Noise,
        };
        Change {
            section: section.into(),
            work: now.work.clone(),
            way: now.name(),
            then: then.ratio,
            now: now.ratio,
            low,
            high,
            verdict,
        }
    }

    /// The change in percent.
    pub fn percent(&self) -> f64 {
        (self.now / self.then - 1.0) * 100.0
    }

    /// The least it can be.
    pub fn low_percent(&self) -> f64 {
        (self.low - 1.0) * 100.0
    }

    /// The most it can be.
    pub fn high_percent(&self) -> f64 {
        (self.high - 1.0) * 100.0
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Verdict::Faster => "faster",
            Verdict::Slower => "SLOWER",
            Verdict::Noise => "inside the noise",
        })
    }
}

/// Compares an older report with a newer one.
pub fn compare(then: &Report, now: &Report) -> Comparison {
    let key = |section: &str, row: &Row| (section.to_owned(), row.work.clone(), row.way.clone());
    let text = |section: &str, row: &Row| format!("{section}: {}: {}", row.work, row.name());
    let mut found =
        Comparison { changes: Vec::new(), gone: Vec::new(), added: Vec::new(), notes: notes(then, now) };
    let margin = if then.quick || now.quick { QUICK } else { 0.0 };
    for (section, row) in now.rows() {
        let wanted = key(&section.name, row);
        let old = then.rows().find(|(section, row)| key(&section.name, row) == wanted).map(|(_, row)| row);
        match old {
            None => found.added.push(text(&section.name, row)),
            // With another plain way it is another ratio.
            Some(old) if old.to != row.to || !row.is_plain() && old.ratio * row.ratio <= 0.0 => {
                found.added.push(text(&section.name, row));
            }
            Some(old) if !row.is_plain() => {
                found.changes.push(Change::new(&section.name, old, row, margin));
            }
            Some(_) => {}
        }
    }
    let measured: Vec<&str> = now.sections.iter().map(|section| section.name.as_str()).collect();
    for (section, row) in then.rows().filter(|(section, _)| measured.contains(&section.name.as_str())) {
        let wanted = key(&section.name, row);
        if !now.rows().any(|(section, row)| key(&section.name, row) == wanted) {
            found.gone.push(text(&section.name, row));
        }
    }
    found
}

fn notes(then: &Report, now: &Report) -> Vec<String> {
    let mut notes = vec![format!("Then: {}", then.machine), format!("Now:  {}", now.machine)];
    let (old, new) = (&then.machine, &now.machine);
    if (&old.cpu, old.cores) != (&new.cpu, new.cores) {
        notes.push("Another machine: a difference says as much about the machines as about the code.".into());
    }
    if (&old.go, &old.rustc, &old.flags) != (&new.go, &new.rustc, &new.flags) {
        notes.push("Other tools or flags: a difference need not be one of gangplank's code.".into());
    }
    if then.quick || now.quick {
        notes.push(
            "A quick run has few rounds and one process: a verdict needs intervals that are far apart."
                .into(),
        );
    }
    notes
}

impl Comparison {
    /// In a sentence.
    pub fn summary(&self) -> String {
        let count = |verdict| self.changes.iter().filter(|change| change.verdict == verdict).count();
        let (faster, slower, noise) = (count(Verdict::Faster), count(Verdict::Slower), count(Verdict::Noise));
        format!(
            "{faster} faster, {slower} slower, {noise} inside the noise; {} only then, {} only now.",
            self.gone.len(),
            self.added.len()
        )
    }
}

#[cfg(test)]
mod tests;
