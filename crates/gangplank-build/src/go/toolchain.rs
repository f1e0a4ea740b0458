//! A Go toolchain that was found.

use super::Version;
use crate::{Result, process};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a toolchain comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `GANGPLANK_GO` or `--go` names it.
    Setting,
    /// It is on `PATH`.
    Path,
    /// It is where Go's installers put it.
    UsualPlace,
    /// gangplank fetched it.
    Fetched,
}

/// A Go toolchain of a supported version.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// The `go` command.
    pub go: PathBuf,
    /// Its version.
    pub version: Version,
    /// Where it comes from.
    pub origin: Origin,
}

impl Toolchain {
    /// A `go` command to be run in a folder.
    pub fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.go);
        // The one that was found and checked, not another one that it would download.
        command.env("GOTOOLCHAIN", "local").env("PWD", folder).current_dir(folder);
        if self.origin != Origin::Path {
            // It would be another toolchain's.
            command.env_remove("GOROOT");
        }
        command
    }

    /// One of Go's own settings, as `go env` prints it.
    pub fn env(&self, name: &str) -> Result<String> {
        let folder = self.go.parent().unwrap_or(Path::new("."));
        Ok(process::stdout(self.command(folder).args(["env", name]))?.trim_end().to_owned())
    }
}

impl Origin {
    /// In words, for a person.
    pub fn describe(self) -> &'static str {
        match self {
            Origin::Setting => "named by GANGPLANK_GO",
            Origin::Path => "on PATH",
            Origin::UsualPlace => "in the usual place",
            Origin::Fetched => "fetched by gangplank",
        }
    }
}
