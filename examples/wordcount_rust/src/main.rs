//! Counts the words of a tree of Go source. The logic is Go, the layout is Rust, the engine is timely dataflow.
//!
//! ```text
//! wordcount_rust FOLDER [-w WORKERS] [-n PROCESSES -p THIS -h HOSTS] [--status]
//! ```

mod layout;
#[cfg(test)]
mod tests;

use layout::{Count, layout};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

gangplank::include_go!();

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(folder) = args.next().filter(|folder| !folder.starts_with('-')) else {
        eprintln!("usage: wordcount_rust FOLDER [-w WORKERS] [-n PROCESSES -p THIS -h HOSTS] [--status]");
        return ExitCode::FAILURE;
    };
    let counts: Arc<Mutex<Vec<Count>>> = Arc::default();
    if let Err(error) = layout(&folder, counts.clone()).run(args) {
        eprintln!("wordcount_rust: {error}");
        return ExitCode::FAILURE;
    }
    // Words of other processes are counted and printed there.
    let mut counts = std::mem::take(&mut *counts.lock().expect("the run is over"));
    counts.sort_by(|a, b| a.word.cmp(&b.word));
    for count in counts {
        println!("{:8} {}", count.n, count.word);
    }
    ExitCode::SUCCESS
}
