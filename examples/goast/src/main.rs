//! Counts what a tree of Go source declares. Rust finds and reads the files, with several threads; Go's own parser reads the language.

mod census;
mod parser;
mod table;

#[cfg(test)]
mod tests;

pub use parser::{FileSummary, Function, Parser};

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

gangplank::include_go!();

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("goast: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let root = source_tree()?.canonicalize()?;
    let threads = std::thread::available_parallelism()?.get();
    let parser = gangplank::imported::<dyn Parser>()?;

    let start = Instant::now();
    let files = census::find(&root)?;
    let census = census::take(&*parser, &root, &files, threads);
    let took = start.elapsed();

    println!("Parsed {} with Go's go/parser, called from {threads} Rust threads.\n", root.display());
    table::print(&census);
    println!(
        "\n{} calls into Go, {} files a second, {:.2} s in all.",
        files.len(),
        files.len() * 1000 / took.as_millis().max(1) as usize,
        took.as_secs_f64()
    );
    Ok(())
}

/// The folder to parse: the first argument, or the source of the installed Go toolchain.
fn source_tree() -> Result<PathBuf, Box<dyn std::error::Error>> {
    if let Some(root) = std::env::args_os().nth(1) {
        return Ok(root.into());
    }
    let output = Command::new("go")
        .args(["env", "GOROOT"])
        .output()
        .map_err(|error| format!("cannot ask `go env GOROOT` ({error}); name a folder to parse instead"))?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()).join("src"))
}
