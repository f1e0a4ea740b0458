//! Chores of this repository: `cargo xtask`.

mod debian;
mod debugger;
mod fresh;
mod gates;
mod generated;
mod go_versions;
mod soak;
mod soak_timely;

use clap::{Parser, Subcommand};
use std::path::Path;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of this repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Runs every gate but the tests, or lists them
    Gates {
        /// Run only these
        names: Vec<String>,
        /// Only say what they are
        #[arg(long)]
        list: bool,
    },
    /// Proves that the committed generated code of every project in the repository is fresh
    Fresh {
        /// Generate it anew instead
        #[arg(long)]
        write: bool,
    },
    /// Tests the fast lane with every Go version that it admits
    GoVersions {
        /// All runs with every version, and the tests that build programs too: half an hour
        #[arg(long)]
        long: bool,
        /// Run only these: plain, race, cgo, asan, msan, arm64, generated, generated-race
        only: Vec<String>,
    },
    /// Has a debugger read the stack of a program with generated code, and installs one if there is none
    Debugger,
    /// Runs everything that generated code does at once, the fast lane's suite and the behaviours that lean on the runtime most, over and over, in all modes
    Soak {
        /// For how long
        #[arg(long, default_value_t = 60)]
        minutes: u64,
    },
    /// Runs Go operators in timely dataflow, in one process and in two, and fails if memory grows
    SoakTimely {
        /// For how long
        #[arg(long, default_value_t = 10)]
        minutes: u64,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().chore {
        Chore::Gates { names, list } => gates::gates(&names, list),
        Chore::Fresh { write } => fresh::fresh(write),
        Chore::GoVersions { long, only } => go_versions::go_versions(long, &only),
        Chore::Debugger => debugger::debugger(),
        Chore::Soak { minutes } => soak::soak(minutes),
        Chore::SoakTimely { minutes } => soak_timely::soak(minutes),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", error.render());
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}
