//! How long the generator takes for an interface of 1,000 functions and 300 records. Fails if that is over two seconds.

mod large;

use gangplank_codegen::{go, syntax};
use measure::{Conditions, Row, median, print, quantile};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What the command may take for it.
const LIMIT: Duration = Duration::from_secs(2);
/// Each stage is timed so often; the median counts.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("gangplank-generator-{}", std::process::id()));
    large::write_crate(&folder)?;
    let rows = measure(&folder);
    std::fs::remove_dir_all(&folder)?;
    println!("{}", Conditions::here());
    let rows = rows?;
    print(&rows);
    let took = rows.last().map_or(0.0, |row| row.ns);
    if took > LIMIT.as_nanos() as f64 {
        return Err(format!("{:.0} ms for both, at most {LIMIT:?} is wanted", took / 1e6).into());
    }
    Ok(())
}

/// Times what the command does, in stages and together.
fn measure(folder: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
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
    Ok(names.into_iter().zip(&times).map(|(stage, times)| row(stage, times)).collect())
}

fn row(stage: &str, times: &[Duration]) -> Row {
    let samples: Vec<f64> = times.iter().map(|time| time.as_nanos() as f64).collect();
    Row {
        section: String::new(),
        work: "an interface of 1,000 functions and 300 records".into(),
        plot: String::new(),
        curve: String::new(),
        x: 0.0,
        way: stage.into(),
        lane: String::new(),
        ns: median(&samples),
        low: quantile(&samples, 0.25),
        high: quantile(&samples, 0.75),
        ratio: 1.0,
        samples,
        to: "read and check the crate".into(),
        limit: None,
        allocs: None,
        crossings: 0.0,
        talk: String::new(),
        quantiles: None,
    }
}
