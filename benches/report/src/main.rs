//! Runs the benchmarks and writes BENCHMARKS.md, and the table in README.md, from what they found.

mod suite;
mod write;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

const USAGE: &str = "usage: report [run | write | check]
  run    runs every benchmark, keeps the results in benches/results, and writes BENCHMARKS.md and the table in README.md
  write  writes them from the results that are kept
  check  fails if they are not what `write` would write";

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
    let reports = suite::load_all(&results(&root))?;
    let readme = root.join("README.md");
    let wanted = [
        (page, write::page(&reports)),
        (readme.clone(), write::readme(&fs::read_to_string(readme)?, &reports)?),
    ];
    for (path, text) in wanted {
        match command {
            "run" | "write" => fs::write(path, text)?,
            "check" if fs::read_to_string(&path)? == text => {}
            "check" => {
                let name = path.file_name().unwrap_or_default().display().to_string();
                return Err(
                    format!("{name} is not what the results say: run `{}`", suite::command("write")).into()
                );
            }
            _ => return Err(USAGE.into()),
        }
    }
    Ok(())
}

fn results(root: &Path) -> PathBuf {
    root.join("benches/results")
}
