//! `gangplank build`.

use crate::session::Session;
use clap::Args;
use gangplank_build::Result;
use gangplank_build::cargo::{Options, Profile};
use gangplank_build::generate::Changes;
use gangplank_build::host::go::GoProgram;
use gangplank_build::host::rust::RustProgram;
use gangplank_build::project::{Host, Project};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// Generate, compile and link a program
///
/// A Go program with Rust inside: writes the generated packages, builds the Rust side with cargo and the program with `go build`.
/// Afterwards plain `go build`, `go test` and `go vet` work, too, until the Rust side changes.
///
/// A Rust program with Go inside: runs `cargo build`; the program's build script does the rest, so that plain cargo works as well.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    gangplank build --release\n  \
    gangplank build -o bin/search -- -race -tags netgo\n  \
    CC=aarch64-linux-gnu-gcc gangplank build --target aarch64-unknown-linux-gnu")]
pub struct Build {
    /// A folder in the project [default: the current folder]
    pub path: Option<PathBuf>,
    #[command(flatten)]
    pub how: How,
    /// Where to write the program (Go programs only) [default: in cargo's target folder, under gangplank]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// For `go build` or `cargo build`
    #[arg(last = true, value_name = "ARGUMENTS")]
    pub arguments: Vec<OsString>,
}

/// What `build` and `run` share.
#[derive(Args)]
pub struct How {
    /// Optimize: cargo's release profile [default: the dev profile]
    #[arg(short, long)]
    pub release: bool,
    /// Another profile of cargo's
    #[arg(long, value_name = "NAME", conflicts_with = "release")]
    pub profile: Option<String>,
    /// Build for another system, in cargo's words; Go's are found
    #[arg(long, value_name = "TRIPLE")]
    pub target: Option<String>,
}

impl How {
    pub fn options(&self, session: &Session) -> Options {
        session.options(Profile::chosen(self.release, self.profile.clone()), self.target.clone())
    }
}

pub fn run(session: &Session, build: &Build) -> Result<ExitCode> {
    let project = session.project(build.path.as_deref())?;
    let options = build.how.options(session);
    match project.host {
        Host::Go => {
            let output = build.output.as_ref().map(|file| session.folder.join(file));
            go(session, &project, &options, output, &build.arguments)?;
        }
        Host::Rust => {
            if build.output.is_some() {
                let error = gangplank_build::Error::new("-o is for Go programs, and this one is Rust's");
                return Err(error.help("cargo decides where a Rust program is written: CARGO_TARGET_DIR"));
            }
            let program =
                RustProgram::prepare(&project, &options, &session.search)?.build(&build.arguments)?;
            session.report.step("Built", program.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds a Go program, or a module that is only a library, and says where the program is.
pub fn go(
    session: &Session,
    project: &Project,
    options: &Options,
    output: Option<PathBuf>,
    arguments: &[OsString],
) -> Result<Option<PathBuf>> {
    let program = GoProgram::prepare(project, options, &session.search)?;
    let (changes, library) = program.link()?;
    say_generated(session, project, &changes);
    let output = output.or_else(|| program.output(&library));
    session.report.step("Compiling", format!("Go {}", project.main.as_deref().unwrap_or("./...")));
    program.build(output.as_deref(), arguments)?;
    match &output {
        Some(output) => session.report.step("Built", output.display()),
        None => session.report.step("Built", "all packages"),
    }
    Ok(output)
}

pub fn say_generated(session: &Session, project: &Project, changes: &Changes) {
    if !changes.is_empty() {
        let packages: Vec<&str> = project.bridges.iter().map(|bridge| bridge.import_path.as_str()).collect();
        session.report.step("Generated", format!("{} (changed: {})", packages.join(", "), changes.len()));
    }
}
