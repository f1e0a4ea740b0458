//! A Go program with Rust inside: generated packages, one static library, `go build`.

use crate::cargo::{self, Library, Options, build_library};
use crate::generate::{Changes, generate, link_library};
use crate::go::{Search, Toolchain, c_compiler};
use crate::project::Project;
use crate::target::Target;
use crate::{Error, Result, disk, process};
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A Go program being built.
pub struct GoProgram<'a> {
    /// What it is made of.
    pub project: &'a Project,
    /// How to build.
    pub options: &'a Options,
    /// Go.
    pub go: Toolchain,
    /// The C compiler, for Go's `CC`.
    pub compiler: OsString,
    /// What to build for.
    pub target: Target,
}

impl<'a> GoProgram<'a> {
    /// Finds the tools. Nothing is built before all of them are there.
    pub fn prepare(project: &'a Project, options: &'a Options, search: &Search) -> Result<GoProgram<'a>> {
        let host = cargo::host(&project.bridges[0].source.folder)?;
        let target = options.target(&host)?;
        let go = search.clone().at_least(project.module.floor).find(options.report)?;
        let compiler = c_compiler(&go, &target, &host)?;
        Ok(GoProgram { project, options, go, compiler, target })
    }

    /// Generates the packages, builds the library, and tells the packages where it is. After this, plain `go` commands work in
    /// the module, too.
    pub fn link(&self) -> Result<(Changes, Library)> {
        let changes = generate(self.project)?.write()?;
        let library = build_library(self.project, &self.target, self.options)?;
        link_library(self.project, &library)?;
        Ok((changes, library))
    }

    /// Where the program is written when nobody says otherwise.
    pub fn output(&self, library: &Library) -> Option<PathBuf> {
        let main = self.project.main.as_ref()?;
        let base = library.target_folder.join("gangplank");
        let base = if self.options.target.is_some() { base.join(&self.target.triple) } else { base };
        let name = self.target.program_name(main.rsplit('/').next().unwrap_or(main));
        Some(base.join(self.options.profile.folder()).join(name))
    }

    /// A `go` command in the module, for the target.
    pub fn command(&self) -> Command {
        let mut command = self.go.command(&self.project.module.folder);
        command.env("CGO_ENABLED", "1").env("GOOS", self.target.goos).env("GOARCH", self.target.goarch);
        command.env("CC", &self.compiler);
        command
    }

    /// Runs `go build` with the user's own arguments.
    ///
    /// # Errors
    /// Go's messages were shown.
    pub fn build(&self, output: Option<&Path>, arguments: &[OsString]) -> Result<()> {
        let mut command = self.command();
        command.args(["build", "-v"]).args(arguments);
        match (output, &self.project.main) {
            (Some(output), Some(main)) => {
                disk::create_folder(output.parent().unwrap_or(Path::new(".")))?;
                command.arg("-o").arg(output).arg(main);
            }
            _ => {
                command.arg("./...");
            }
        }
        let shows_names =
            arguments.iter().any(|a| a == OsStr::new("-v") || a == OsStr::new("-x") || a == OsStr::new("-n"));
        self.watch(&mut command, shows_names)
    }

    /// `-v` names each package that is compiled: that is the progress. Everything else is a message for the user.
    fn watch(&self, command: &mut Command, all: bool) -> Result<()> {
        let mut child = command
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|cause| process::cannot_start(command, &cause))?;
        let mut ticker = self.options.report.ticker("Compiling");
        let pipe = child.stderr.take().expect("the pipe was asked for");
        let mut packages = 0;
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if !all && is_package(&line) {
                packages += 1;
                ticker.update(format!("{packages} Go packages, {line}"));
            } else {
                ticker.clear();
                eprintln!("{line}");
            }
        }
        ticker.clear();
        let status = child.wait().map_err(|cause| Error::new(format!("cannot wait for go: {cause}")))?;
        if status.success() {
            Ok(())
        } else {
            Err(Error::new("go could not build the program; its messages are above"))
        }
    }
}

/// Import paths have neither blanks nor the punctuation of messages.
fn is_package(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| c.is_alphanumeric() || "./_-~+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::is_package;

    #[test]
    fn packages_and_messages() {
        assert!(is_package("internal/runtime/maps") && is_package("example.com/a_b/c-d/v2"));
        for message in ["# example.com/a", "./main.go:3:2: undefined: x", "go: no such tool", ""] {
            assert!(!is_package(message), "{message}");
        }
    }
}
