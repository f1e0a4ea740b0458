//! The `gangplank` command. Each subcommand is a file of [`command`], thin over `gangplank-build`.

mod arguments;
mod command;
mod session;
mod template;

use arguments::{Arguments, Command};
use clap::Parser;
use gangplank_build::Result;
use session::Session;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", error.render());
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let session = Session::begin(arguments.global)?;
    match arguments.command {
        Command::New(new) => command::new::run(&session, &new),
        Command::Generate(generate) => command::generate::run(&session, &generate),
        Command::Build(build) => command::build::run(&session, &build),
        Command::Run(run) => command::run::run(&session, &run),
        Command::Doctor(doctor) => command::doctor::run(&session, &doctor),
        Command::Bench(bench) => command::bench::run(&session, &bench),
        Command::Demo => command::demo::run(&session),
    }
}
