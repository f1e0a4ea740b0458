//! `gangplank generate`.

use super::build::say_generated;
use crate::session::Session;
use clap::Args;
use gangplank_build::Result;
use gangplank_build::generate::{Change, generate};
use std::path::PathBuf;
use std::process::ExitCode;

/// Write the Go packages from the Rust source
///
/// Only files that differ are touched, and generated files that nothing generates any more are removed. Needs neither cargo nor Go.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  gangplank generate\n  gangplank generate --check    # in CI: fails if something is stale"
)]
pub struct Generate {
    /// A folder in the project [default: the current folder]
    pub path: Option<PathBuf>,
    /// Write nothing; list what is stale and fail if anything is
    #[arg(long)]
    pub check: bool,
}

pub fn run(session: &Session, arguments: &Generate) -> Result<ExitCode> {
    let project = session.project(arguments.path.as_deref())?;
    let generated = generate(&project)?;
    if !arguments.check {
        let changes = generated.write()?;
        say_generated(session, &project, &changes);
        if changes.is_empty() {
            session.report.step("Fresh", project.root.display());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let changes = generated.check();
    if changes.is_empty() {
        session.report.step("Fresh", project.root.display());
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("error: the generated code is stale:");
    for (path, change) in &changes {
        let what = match change {
            Change::Missing => "missing",
            Change::Differs => "differs",
            Change::Left => "left over",
        };
        eprintln!("  {what:<9} {}", path.strip_prefix(&project.root).unwrap_or(path).display());
    }
    eprintln!("  help: run `gangplank generate` and commit what it writes");
    Ok(ExitCode::FAILURE)
}
