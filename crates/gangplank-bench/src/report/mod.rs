//! What was found, as JSON. Times are nanoseconds.

mod line;
mod machine;

pub use line::{Line, Sampled};
pub use machine::Machine;
pub(crate) use machine::count_cores;

use gangplank_build::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// The version of the layout below. A report of another version is not read.
pub const SCHEMA: u32 = 1;

/// What one run of the suite found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The command that repeats it.
    pub command: String,
    /// Fewer rounds, fewer points.
    pub quick: bool,
    /// Where and with what.
    pub machine: Machine,
    /// Why the numbers may not mean what they seem to.
    pub warnings: Vec<String>,
    /// What was found.
    pub sections: Vec<Section>,
}

/// A part of the report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// As `--only` takes it.
    pub name: String,
    /// What times were found, the ways of one work next to each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// What many calls left behind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub growth: Vec<Growth>,
    /// What is counted or computed, not timed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// What was not measured, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

/// One way to do some work.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What was done.
    pub work: String,
    /// How it was done.
    pub way: String,
    /// How it crosses: `cgo`, `fast`, `hosted`. Empty where it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lane: String,
    /// The plot whose point this is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub plot: String,
    /// Where in the plot.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub x: f64,
    /// The curve that the point is of, where that is not the way.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub curve: String,
    /// The Go that it was built with, if not the one of the whole report.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub go: String,
    /// Per call: the median of all rounds.
    pub ns: f64,
    /// The 95 % confidence interval of the median, widened to the medians of the passes.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The median of the rounds' ratios to the plain way.
    pub ratio: f64,
    /// Its interval, as that of `ns`.
    pub ratio_low: f64,
    /// Its upper end.
    pub ratio_high: f64,
    /// The plain way that `ratio` refers to: the first of the work.
    pub to: String,
    /// What `ratio` should not exceed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
    /// The median of the rounds' differences to the plain way, where there is a bar for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<f64>,
    /// What `extra` should not exceed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<f64>,
    /// Go heap allocations per call, where they were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocs: Option<f64>,
    /// How often a call crosses between the languages.
    #[serde(default)]
    pub crossings: f64,
    /// The figure of the talk of 2018, where it gave one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub talk: String,
    /// How many rounds there were.
    pub rounds: usize,
    /// The median ratio of each pass, where there were several: how far processes differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passes: Vec<f64>,
    /// How long single calls took, where that was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantiles: Option<Quantiles>,
}

/// How long single calls took. Medians of the passes; the worst of all.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Quantiles {
    pub p50: f64,
    pub p99: f64,
    pub p999: f64,
    pub worst: f64,
}

/// What many calls left behind, in bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Growth {
    /// What was called.
    pub work: String,
    /// How often.
    pub calls: u64,
    /// The Go heap, after a collection.
    pub go: i64,
    /// The native heap.
    pub native: i64,
    /// What the system says of the process.
    pub resident: i64,
}

/// A number that is no time: a cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What the table is about, with the unit.
    pub table: String,
    /// Its line.
    pub line: String,
    /// Its column.
    pub column: String,
    /// The number.
    pub value: f64,
}

/// What was not measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// What it would have been.
    pub what: String,
    /// Why it is not there.
    pub why: String,
}

fn is_zero(x: &f64) -> bool {
    *x == 0.0
}

impl Row {
    /// Is it the way that others are compared with?
    pub fn is_plain(&self) -> bool {
        self.way == self.to
    }

    /// Way and lane.
    pub fn name(&self) -> String {
        if self.lane.is_empty() || self.way.contains(&self.lane) {
            self.way.clone()
        } else {
            format!("{} ({})", self.way, self.lane)
        }
    }
}

impl Report {
    /// The rows of all sections, each with its section.
    pub fn rows(&self) -> impl Iterator<Item = (&Section, &Row)> {
        self.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)))
    }

    /// Reads a report.
    ///
    /// # Errors
    /// The file cannot be read, is no report, or is one of another version.
    pub fn load(path: &Path) -> Result<Report> {
        let fail = |why: String| {
            Error::new(format!("{}: {why}", path.display()))
                .help("name a file that `gangplank bench --json FILE` wrote")
        };
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        let text = fs::read_to_string(path).map_err(|cause| fail(cause.to_string()))?;
        let version: Version = serde_json::from_str(&text).map_err(|_| fail("this is no report".into()))?;
        if version.schema != SCHEMA {
            return Err(fail(format!("a report of version {}, not {SCHEMA}", version.schema)));
        }
        serde_json::from_str(&text).map_err(|cause| fail(cause.to_string()))
    }

    /// Writes it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self).expect("a report is plain data");
        write(path, &(text + "\n"))
    }
}

/// Writes a file, or says which one could not be written.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|cause| {
        Error::new(format!("cannot write {}: {cause}", path.display())).help("name another file")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_versions_and_other_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        for (text, said) in
            [("{\"schema\": 99}", "version 99"), ("[]", "no report"), ("{\"schema\": 1}", "missing field")]
        {
            let path = folder.path().join("report.json");
            fs::write(&path, text).unwrap();
            let error = Report::load(&path).unwrap_err().render();
            assert!(error.contains(said), "{error}");
        }
        assert!(Report::load(&folder.path().join("none")).is_err());
    }

    #[test]
    fn a_report_survives_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.json");
        let rows = vec![Row { work: "w".into(), way: "a".into(), ns: 1.5, ..Row::default() }];
        let sections = vec![Section { name: "crossings".into(), rows, ..Section::default() }];
        let report = Report {
            schema: SCHEMA,
            command: "gangplank bench".into(),
            quick: true,
            machine: Machine::here(Path::new("."), None),
            warnings: vec!["busy".into()],
            sections,
        };
        report.save(&path).unwrap();
        assert_eq!(Report::load(&path).unwrap(), report);
    }
}
