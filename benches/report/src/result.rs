//! What a benchmark writes with `--json`.

use crate::Conditions;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::{fs, io};

/// What one run of a benchmark found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Which benchmark it is.
    pub suite: String,
    /// Where it ran.
    pub conditions: Conditions,
    /// What calls cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// What calls leave behind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub memory: Vec<Growth>,
    /// How long the generator takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
}

/// A way to do some work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What was done.
    pub work: String,
    /// How it was done.
    pub way: String,
    /// Nanoseconds per call, the median of all rounds.
    pub ns: f64,
    /// A quarter of the rounds was faster.
    pub low: f64,
    /// A quarter of the rounds was slower.
    pub high: f64,
    /// The median of the rounds' ratios.
    pub ratio: f64,
    /// The way that `ratio` refers to.
    pub to: String,
    /// What `ratio` should not exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
    /// Go heap allocations per call.
    pub allocs: f64,
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

/// A stage of the generator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Its name.
    pub stage: String,
    /// How long it took.
    pub milliseconds: f64,
    /// What it may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
}

impl Report {
    /// Nothing found yet, here and now.
    pub fn new(suite: &str) -> Report {
        let conditions = Conditions::here();
        Report { suite: suite.into(), conditions, rows: Vec::new(), memory: Vec::new(), stages: Vec::new() }
    }

    /// Writes it as JSON.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        fs::write(path, serde_json::to_string_pretty(self)? + "\n")
    }
}
