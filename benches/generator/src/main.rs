//! How long the generator takes for an interface of 1,000 functions and 300 records. Fails if that is over two seconds.

mod large;

use gangplank_codegen::{go, syntax};
use report::{Report, Stage};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// What the command may take for it, in milliseconds.
const LIMIT: f64 = 2000.0;
/// Each stage is timed so often; the median counts.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("generator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<bool, Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let json = match &args[..] {
        [] => None,
        [flag, file] if flag == "--json" => Some(file),
        _ => return Err("usage: generator [--json FILE]".into()),
    };
    let folder = std::env::temp_dir().join(format!("gangplank-generator-{}", std::process::id()));
    large::write_crate(&folder)?;
    let stages = measure(&folder);
    std::fs::remove_dir_all(&folder)?;

    let report = Report { stages: stages?, ..Report::new("generator") };
    println!("{}", report.conditions);
    println!("{} functions, {} records", large::MODULES * large::FUNCTIONS, large::MODULES * large::RECORDS);
    for Stage { stage, milliseconds, limit } in &report.stages {
        println!(
            "  {stage:<40} {milliseconds:>8.1} ms{}",
            limit.map_or(String::new(), |limit| format!("  at most {limit}"))
        );
    }
    if let Some(file) = json {
        report.save(file.as_ref())?;
    }
    Ok(report.stages.iter().all(|stage| stage.limit.is_none_or(|limit| stage.milliseconds <= limit)))
}

/// Times what the command does, in stages and together.
fn measure(folder: &Path) -> Result<Vec<Stage>, Box<dyn Error>> {
    let options = go::Options {
        package: "large".into(),
        import_path: "example.com/large".into(),
        crate_version: "0.1.0".into(),
        callbacks: false,
    };
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let interface =
            syntax::parse_crate(folder, "src/lib.rs", "large").map_err(|mistakes| mistakes.to_string())?;
        let parsed = start.elapsed();
        let files = go::write_package(&interface, &options);
        times[0].push(parsed);
        times[1].push(start.elapsed() - parsed);
        times[2].push(start.elapsed());
        assert_eq!(
            (interface.functions.len(), interface.records.len()),
            (1000, 300),
            "not the interface it should be"
        );
        assert!(!files.is_empty());
    }
    let names = ["read and check the crate", "write the Go package", "both"];
    Ok(names
        .into_iter()
        .zip(times)
        .map(|(stage, mut times)| {
            times.sort();
            let limit = (stage == "both").then_some(LIMIT);
            Stage { stage: stage.into(), milliseconds: times[ROUNDS / 2].as_secs_f64() * 1e3, limit }
        })
        .collect())
}
