//! Measures the designs of handle tables in Rust: gangplank's, and the plain ones.

mod designs;
#[path = "../../../crossing-rust/src/measure.rs"]
mod measure;
mod works;

use measure::Options;
use report::Report;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

const USAGE: &str = "usage: handles-rust [--json FILE] [--only WORK] [--rounds N] [--round MILLISECONDS]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("handles-rust: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let (mut json, mut only) = (None, String::new());
    let mut options = Options { rounds: 61, round: Duration::from_millis(10) };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(USAGE);
        match arg.trim_start_matches('-') {
            "json" => json = Some(value()?),
            "only" => only = value()?,
            "rounds" => options.rounds = value()?.parse()?,
            "round" => options.round = Duration::from_millis(value()?.parse()?),
            _ => return Err(USAGE.into()),
        }
    }
    let mut report = Report::new("handles-rust");
    println!("{}", report.conditions);
    for group in works::groups() {
        // A million values take longer to go through.
        let many = group.live >= designs::MILLION;
        let options =
            if many { Options { rounds: options.rounds / 2, round: options.round * 5 } } else { options };
        for work in group.works().iter().filter(|work| work.name.contains(&only)) {
            let rows = options.run(work, || 0);
            measure::print(&rows);
            report.rows.extend(rows);
        }
    }
    if let Some(file) = json {
        report.save(Path::new(&file))?;
    }
    Ok(())
}
