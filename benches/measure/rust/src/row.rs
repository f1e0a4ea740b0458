//! The result of one way.

use crate::send::send;
use serde::Serialize;

/// The result of one way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Of the report; empty for the one that the program belongs to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// What was done.
    pub work: String,
    /// Works of one plot are points of its curves.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub plot: String,
    /// Where in the plot.
    pub x: f64,
    /// The curve that the point is of, where that is not the way.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub curve: String,
    /// How it was done.
    pub way: String,
    /// How it crosses.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lane: String,
    /// Nanoseconds per call, round for round.
    pub samples: Vec<f64>,
    /// The median of all rounds.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allocs: Option<f64>,
    /// How often a call crosses between the languages.
    pub crossings: f64,
    /// The figure of the talk of 2018, where it gave one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub talk: String,
    /// How long single calls took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantiles: Option<Quantiles>,
}

/// How long single calls took, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Quantiles {
    pub p50: f64,
    pub p99: f64,
    pub p999: f64,
    pub worst: f64,
}

/// Prints the rows of one work, and sends them to `gangplank bench` if it runs the program.
pub fn print(rows: &[Row]) {
    println!("\n{:<40} {:>9} {:>19} {:>7} {:>7}", rows[0].work, "ns", "middle half", "ratio", "allocs");
    for row in rows {
        let way = if row.lane.is_empty() { row.way.clone() } else { format!("{} [{}]", row.way, row.lane) };
        let spread = format!("{:.2} - {:.2}", row.low, row.high);
        let allocs = row.allocs.map_or(String::new(), |allocs| allocs.to_string());
        print!("  {way:<38} {:>9.2} {spread:>19} {:>7.2} {allocs:>7}", row.ns, row.ratio);
        match row.limit {
            None => println!(),
            Some(limit) if row.ratio <= limit => println!("  at most {limit}: kept"),
            Some(limit) => println!("  at most {limit}: MISSED"),
        }
        send(row);
    }
}
