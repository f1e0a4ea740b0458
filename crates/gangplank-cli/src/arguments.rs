//! The command line.

use crate::command::{bench, build, doctor, generate, new, run};
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// Call Rust from Go and Go from Rust: described once, generated, built and run by one command.
#[derive(Parser)]
#[command(name = "gangplank", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "First steps:\n  \
    gangplank demo                    see both directions at work\n  \
    gangplank new hello --host go     begin a Go program with Rust inside\n  \
    gangplank doctor                  see what is missing on this machine\n  \
    gangplank bench --quick           see what a call costs on it")]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every subcommand accepts.
#[derive(Args)]
pub struct Global {
    /// Run as if started in this folder
    #[arg(short = 'C', long = "directory", value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,
    /// Stay off the network: fetch neither Go nor crates
    #[arg(long, global = true)]
    pub offline: bool,
    /// The `go` command to use, or `fetch` for the one that gangplank fetches [env: GANGPLANK_GO]
    #[arg(long, value_name = "PATH", global = true)]
    pub go: Option<OsString>,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

#[derive(Subcommand)]
pub enum Command {
    New(new::New),
    Generate(generate::Generate),
    Build(build::Build),
    Run(run::Run),
    Doctor(doctor::Doctor),
    /// Run both examples on the source of Go itself, and measure what a call costs on this machine
    ///
    /// A Go program searches it with ripgrep's crates; a Rust program parses it with Go's own parser. Then a table compares the
    /// cost of calls with the figures of the talk that gangplank starts from.
    Demo,
    Bench(bench::Bench),
}
