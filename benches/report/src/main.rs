//! Runs the benchmarks and writes BENCHMARKS.md from what they found.

mod suite;
mod write;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

const USAGE: &str = "usage: report [run | write | check]
  run    runs every benchmark, keeps the results in benches/results, and writes BENCHMARKS.md
  write  writes BENCHMARKS.md from the results that are kept
  check  fails if BENCHMARKS.md is not what `write` would write";

fn main() -> ExitCode {
    match run(env::args().nth(1).as_deref().unwrap_or("write")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("report: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &str) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let page = root.join("BENCHMARKS.md");
    if command == "run" {
        suite::run_all(&root, &results(&root))?;
    }
    let text = write::page(&suite::load_all(&results(&root))?);
    match command {
        "run" | "write" => fs::write(page, text)?,
        "check" if fs::read_to_string(page)? == text => {}
        "check" => {
            return Err(format!(
                "BENCHMARKS.md is not what the results say: run `{}`",
                suite::command("write")
            )
            .into());
        }
        _ => return Err(USAGE.into()),
    }
    Ok(())
}

fn results(root: &Path) -> PathBuf {
    root.join("benches/results")
}
