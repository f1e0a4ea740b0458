//! Showing and saving what a run found.

use crate::conditions::Conditions;
use crate::measure::Row;
use crate::memory::Growth;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::{fs, io};

/// Everything that a run found.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
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
}

impl Report {
    /// Writes it as JSON.
    pub fn save(&self, path: &Path) -> io::Result<()> {
        fs::write(path, serde_json::to_string_pretty(self)? + "\n")
    }
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
