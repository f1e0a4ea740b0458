//! The benchmarks and how they are run.

use report::Report;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A benchmark.
pub struct Suite {
    /// Its name, also that of its results.
    pub name: &'static str,
    /// What its table shows.
    pub title: &'static str,
    /// Arguments for cargo.
    cargo: &'static [&'static str],
    /// Arguments for the benchmark.
    args: &'static [&'static str],
}

/// All of them.
pub const SUITES: &[Suite] = &[
    Suite {
        name: "crossing-go",
        title: "Go calls Rust",
        cargo: &[
            "run",
            "--release",
            "-p",
            "gangplank-cli",
            "--",
            "run",
            "--release",
            "benches/crossing-go",
            "--",
        ],
        args: &[],
    },
    Suite {
        name: "crossing-rust",
        title: "A Rust thread calls Go",
        cargo: &[
            "run",
            "--release",
            "-p",
            "gangplank-cli",
            "--",
            "run",
            "--release",
            "benches/crossing-rust",
            "--",
        ],
        args: &[],
    },
    Suite {
        name: "memory-go",
        title: "Memory, Go calls Rust",
        cargo: &[
            "run",
            "--release",
            "-p",
            "gangplank-cli",
            "--",
            "run",
            "--release",
            "benches/crossing-go",
            "--",
        ],
        args: &["memory"],
    },
    Suite {
        name: "memory-rust",
        title: "Memory, a Rust thread calls Go",
        cargo: &[
            "run",
            "--release",
            "-p",
            "gangplank-cli",
            "--",
            "run",
            "--release",
            "benches/crossing-rust",
            "--",
        ],
        args: &["memory"],
    },
    Suite {
        name: "generator",
        title: "The generator",
        cargo: &["run", "--release", "--manifest-path", "benches/generator/Cargo.toml", "--"],
        args: &[],
    },
];

/// The command that runs this tool.
pub fn command(what: &str) -> String {
    format!("cargo run --manifest-path benches/report/Cargo.toml -- {what}")
}

/// Runs all benchmarks, one after the other, and keeps their results. A benchmark that fails does not stop the others.
pub fn run_all(root: &Path, results: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(results)?;
    let mut failed = Vec::new();
    for suite in SUITES {
        println!("\n== {} ==", suite.title);
        let file = results.join(format!("{}.json", suite.name));
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root).args(suite.cargo).arg("--json").arg(file).args(suite.args);
        if !cargo.status()?.success() {
            failed.push(suite.name);
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", ")).into()) }
}

/// The results that are kept, in the order of the suites.
pub fn load_all(folder: &Path) -> Result<Vec<Report>, Box<dyn Error>> {
    let mut reports = Vec::new();
    for suite in SUITES {
        let path = folder.join(format!("{}.json", suite.name));
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let report: Report =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        if report.suite != suite.name {
            return Err(format!("{} holds the results of {}", path.display(), report.suite).into());
        }
        reports.push(report);
    }
    Ok(reports)
}
