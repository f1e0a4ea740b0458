//! Writes BENCHMARKS.md and the tables in README.md and docs/handles.md from what the suite found, or checks that they are so.

use gangplank_bench::{Report, show};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

const USAGE: &str = "usage: figures [write | check]
  write  writes BENCHMARKS.md and the tables in README.md and docs/handles.md from benches/results/suite.json
  check  fails if they are not what `write` would write

To measure anew: cargo run --release -- bench --json benches/results/suite.json";

fn main() -> ExitCode {
    match run(env::args().nth(1).as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("figures: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Option<&str>) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let report = Report::load(&root.join("benches/results/suite.json")).map_err(|error| error.render())?;
    let (readme, handles) = (root.join("README.md"), root.join("docs/handles.md"));
    let files = [
        (root.join("BENCHMARKS.md"), show::page(&report)),
        (readme.clone(), show::readme(&fs::read_to_string(&readme)?, &report)?),
        (handles.clone(), show::chapter(&fs::read_to_string(&handles)?, &report, "handles")?),
    ];
    for (path, text) in files {
        match command {
            Some("write") => fs::write(path, text)?,
            Some("check") if fs::read_to_string(&path)? == text => {}
            Some("check") => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let fix = "cargo run -p gangplank-bench -- write";
                return Err(format!("{name} is not what benches/results/suite.json says: run `{fix}`").into());
            }
            _ => return Err(USAGE.into()),
        }
    }
    Ok(())
}
