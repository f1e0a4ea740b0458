//! The table of costs: measured by `benches/cost`, beside the figures of Sean T. Allen's talk of 2018.

use gangplank_build::{Error, Result};
use serde::Deserialize;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the talk says: a call within Go, a call from Go to C, and a call from C to Go on a thread that Go has not seen.
const TALK: &[(&str, &str)] =
    &[("Go call", "1.83 ns"), ("Go -> Rust", "171 ns"), ("Rust thread -> Go", "1 to 2 ms")];

#[derive(Deserialize)]
struct Measured {
    name: String,
    ns: f64,
}

/// Runs the program and prints the table.
pub(super) fn show(program: &Path) -> Result<()> {
    let output = Command::new(program).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output =
        output.map_err(|cause| Error::new(format!("cannot start {}: {cause}", program.display())))?;
    if !output.status.success() {
        return Err(Error::new(format!("{} failed: {}", program.display(), output.status)));
    }
    print!("{}", table(&String::from_utf8_lossy(&output.stdout))?);
    Ok(())
}

fn table(lines: &str) -> Result<String> {
    let mut table = format!("{:<20} {:>10} {:>20}\n", "", "here", "talk (2018, with C)");
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let measured: Measured = serde_json::from_str(line).map_err(|cause| {
            Error::new(format!("benches/cost prints what is no measurement: {line}: {cause}"))
        })?;
        let talk = TALK.iter().find(|(name, _)| *name == measured.name).map_or("", |(_, figure)| figure);
        table.push_str(&format!("{:<20} {:>10} {talk:>20}\n", measured.name, duration(measured.ns)));
    }
    table.push_str("\nThe talk: Sean T. Allen, \"Adventures in cgo performance\". The figures are of his machine and the Go of that year.\n");
    Ok(table)
}

fn duration(ns: f64) -> String {
    match ns {
        ns if ns < 10.0 => format!("{ns:.2} ns"),
        ns if ns < 1_000.0 => format!("{ns:.0} ns"),
        ns if ns < 1_000_000.0 => format!("{:.1} µs", ns / 1e3),
        ns => format!("{:.1} ms", ns / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_talks_figures_stand_beside_ours() {
        let lines = "{\"name\":\"Go call\",\"ns\":1.234}\n{\"name\":\"Go -> Rust\",\"ns\":41.6}\n{\"name\":\"other\",\"ns\":2500}\n";
        let table = table(lines).unwrap();
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[1], ["Go", "call", "1.23", "ns", "1.83", "ns"]);
        assert_eq!(rows[2], ["Go", "->", "Rust", "42", "ns", "171", "ns"]);
        assert_eq!(rows[3], ["other", "2.5", "µs"]);
        assert!(super::table("hello").unwrap_err().to_string().contains("no measurement"));
    }
}
