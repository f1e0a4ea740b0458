//! Sending results to `gangplank bench`.

use serde::Serialize;
use std::env;
use std::fs::OpenOptions;
use std::io::Write;

/// The file that results go to, a line of JSON each.
const LINES: &str = "GANGPLANK_BENCH_LINES";
/// Fewer points of each curve.
const QUICK: &str = "GANGPLANK_BENCH_QUICK";

/// Are only the most important points of a curve wanted?
pub fn quick() -> bool {
    env::var_os(QUICK).is_some_and(|value| !value.is_empty())
}

/// Says that something could not be measured, and why.
pub fn missing(what: &str, why: &str) {
    eprintln!("not measured: {what}: {why}");
    send(&serde_json::json!({ "missing": what, "why": why }));
}

/// Gives a line to `gangplank bench`. What it already has, it keeps whatever happens to this process.
pub(crate) fn send(line: &impl Serialize) {
    let Some(path) = env::var_os(LINES).filter(|path| !path.is_empty()) else { return };
    let written = serde_json::to_string(line).map_err(std::io::Error::other).and_then(|text| {
        let mut file = OpenOptions::new().append(true).create(true).open(path)?;
        file.write_all((text + "\n").as_bytes())
    });
    if let Err(error) = written {
        eprintln!("measure: {LINES}: {error}");
        std::process::exit(1);
    }
}
