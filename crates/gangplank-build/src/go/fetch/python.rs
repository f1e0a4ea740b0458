//! A Python with pip.

use crate::process;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Command;

/// A Python whose `-m pip` works.
#[derive(Clone, Debug)]
pub struct Python {
    /// The interpreter.
    pub program: PathBuf,
    /// What `pip --version` prints.
    pub pip: String,
    path: Option<OsString>,
}

impl Python {
    /// The first on `PATH`.
    pub fn find(path: Option<&OsStr>) -> Option<Python> {
        ["python3", "python", "py"].iter().find_map(|name| {
            let program = process::find_program(OsStr::new(name), path)?;
            let mut python = Python { program, pip: String::new(), path: path.map(OsStr::to_owned) };
            python.pip = process::stdout(python.command().args(["-m", "pip", "--version"]))
                .ok()?
                .trim_end()
                .to_owned();
            Some(python)
        })
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        if let Some(path) = &self.path {
            command.env("PATH", path);
        }
        command
    }
}
