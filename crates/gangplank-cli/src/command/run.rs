//! `gangplank run`.

use super::build::{How, go};
use crate::session::Session;
use clap::Args;
use gangplank_build::host::rust::RustProgram;
use gangplank_build::project::Host;
use gangplank_build::{Error, Result};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode, ExitStatus};

/// Build a program and run it
///
/// The program runs in the current folder, and its exit code is that of this command.
#[derive(Args)]
#[command(after_help = "Examples:\n  gangplank run\n  gangplank run --release examples/search -- -first 5 .")]
pub struct Run {
    /// A folder in the project [default: the current folder]
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub how: How,
    /// For the program
    #[arg(last = true, value_name = "ARGUMENTS")]
    pub arguments: Vec<OsString>,
}

pub fn run(session: &Session, run: &Run) -> Result<ExitCode> {
    let project = session.project(run.path.as_deref())?;
    let options = run.how.options(session);
    if options.target.is_some() {
        return Err(
            Error::new("a program for another system cannot run here").help("use `gangplank build --target`")
        );
    }
    let program = match project.host {
        Host::Go if project.main.is_none() => {
            return Err(Error::new(format!(
                "{} names no [go] main, so there is nothing to run",
                project.manifest().display()
            ))
            .help("name the package with func main, or run its tests: gangplank build && go test ./..."));
        }
        // As `go run` does: the commit does not matter in a program that nobody keeps.
        Host::Go => go(session, &project, &options, None, &["-buildvcs=false".into()])?
            .expect("there is a main package"),
        Host::Rust => RustProgram::prepare(&project, &options, &session.search)?.build(&[])?,
    };
    session.report.step("Running", program.display());
    let mut command = Command::new(&program);
    let status = command.args(&run.arguments).current_dir(&session.folder).status();
    let status =
        status.map_err(|cause| Error::new(format!("cannot start {}: {cause}", program.display())))?;
    Ok(exit_code(status))
}

/// The program's own code; a signal as shells tell it.
fn exit_code(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        eprintln!("error: the program was ended by signal {signal}");
        return ExitCode::from(128 + signal as u8);
    }
    ExitCode::from(status.code().unwrap_or(1) as u8)
}
