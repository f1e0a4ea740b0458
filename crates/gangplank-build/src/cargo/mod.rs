//! The Rust crates of a Go program as one static library: two of them in one program would collide.

mod library;
pub(crate) mod messages;
mod profile;
mod store;
mod umbrella;
mod workspace;

pub use library::{Library, build_library};
pub use profile::{Profile, check_panic};
pub use workspace::Workspace;

use crate::report::Report;
use crate::target::Target;
use crate::{Error, Result, process};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How to build.
#[derive(Clone, Debug)]
pub struct Options {
    /// Cargo's profile.
    pub profile: Profile,
    /// Cargo's target; none is this machine.
    pub target: Option<String>,
    /// Stay off the network.
    pub offline: bool,
    /// Who reads along.
    pub report: Report,
    /// Where cargo builds; none is where cargo itself decides.
    pub target_folder: Option<PathBuf>,
}

impl Options {
    /// What to build for: the target that was asked for, in the options or in `CARGO_BUILD_TARGET`, or this machine.
    pub fn target(&self, host: &Target) -> Result<Target> {
        match self
            .target
            .clone()
            .or_else(|| env::var("CARGO_BUILD_TARGET").ok().filter(|target| !target.is_empty()))
        {
            Some(triple) => Target::parse(&triple),
            None => Ok(host.clone()),
        }
    }

    /// A cargo command, to be run in a folder so that its toolchain file and its configuration hold.
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        command.current_dir(folder);
        if let Some(target) = &self.target_folder {
            command.env("CARGO_TARGET_DIR", target);
        }
        command
    }

    /// Adds what a build needs to know.
    pub(crate) fn add_to(&self, command: &mut Command) {
        command.args(["--profile", &self.profile.name]);
        if let Some(target) = &self.target {
            command.args(["--target", target]);
        }
        if self.offline {
            command.arg("--offline");
        }
        if self.report == Report::Quiet {
            command.arg("--quiet");
        }
    }
}

/// The machine that the Rust compiler runs on.
pub fn host(folder: &Path) -> Result<Target> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let text = process::stdout(Command::new(rustc).arg("-vV").current_dir(folder))?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Target::parse(host.ok_or_else(|| Error::new(format!("`rustc -vV` names no host:\n{text}")))?)
}
