//! Building the programs. What cannot be built is named, with the reason.

mod gos;
mod peer;

use super::Request;
use super::gather::Gathered;
use super::interrupt::was_interrupted;
use crate::catalogue::{How, Kind, Peer, Program, Step};
use gangplank_build::cargo::{Options, Profile};
use gangplank_build::go::{Search, Toolchain};
use gangplank_build::host::go::GoProgram;
use gangplank_build::host::rust::RustProgram;
use gangplank_build::project::{Host, Project};
use gangplank_build::{Error, Result};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program that can run.
#[derive(Debug, Clone)]
pub struct Built {
    /// For people.
    pub name: String,
    /// The program.
    pub path: PathBuf,
    /// Where it runs.
    pub folder: PathBuf,
    /// What it must be told.
    pub env: Vec<(&'static str, OsString)>,
    /// Which Go it was built with, if not with the one that all use.
    pub go: Option<String>,
}

/// Builds each program once.
pub struct Builder<'a> {
    request: &'a Request,
    go: std::result::Result<Toolchain, String>,
    done: RefCell<HashMap<&'static str, std::result::Result<Built, String>>>,
}

impl<'a> Builder<'a> {
    pub fn new(request: &'a Request, look: Result<Toolchain>) -> Builder<'a> {
        Builder { request, go: look.map_err(|error| reason(&error)), done: RefCell::default() }
    }

    /// The programs of a step: one, or one for each other Go.
    pub fn build(&self, step: &Step, gathered: &mut Gathered) -> Vec<Built> {
        if was_interrupted() {
            gathered.missing(step.section, step.program.folder, "interrupted before it was built");
            return Vec::new();
        }
        if step.how == How::OtherGos {
            return self.with_other_gos(step, gathered);
        }
        match self.once(step.program) {
            Ok(built) => vec![built],
            Err(why) => {
                let what = peer::describe(&self.folder(step.program.folder), step.program.kind)
                    .unwrap_or(step.program.folder.into());
                gathered.missing(step.section, &what, &why);
                Vec::new()
            }
        }
    }

    fn once(&self, program: Program) -> std::result::Result<Built, String> {
        if let Some(done) = self.done.borrow().get(program.folder) {
            return done.clone();
        }
        let built = self.program(program).map_err(|error| match was_interrupted() {
            true => "interrupted while it was built".into(),
            false => reason(&error),
        });
        self.done.borrow_mut().insert(program.folder, built.clone());
        built
    }

    fn program(&self, program: Program) -> Result<Built> {
        let folder = self.folder(program.folder);
        self.request.report.step("Building", format!("benches/{}", program.folder));
        let (path, env) = match program.kind {
            Kind::Project => (self.project(&folder, self.go()?, None)?, Vec::new()),
            Kind::GoModule => (self.module(program.folder, &folder)?, Vec::new()),
            Kind::Crate => (self.crate_program(program.folder, &folder, None)?, Vec::new()),
            Kind::Peer(Peer::Crate(_)) => {
                (self.crate_program(program.folder, &folder, Some(self.go()?))?, Vec::new())
            }
            Kind::Peer(Peer::Module { beside, .. }) => {
                // The module imports the project's packages, which must know where the library is.
                self.once(Program { folder: beside, kind: Kind::Project }).map_err(Error::new)?;
                let library = self.library(&self.folder(beside).join("rust"))?;
                (self.module(program.folder, &folder)?, vec![("GANGPLANK_BENCH_LIBRARY", library.into())])
            }
        };
        Ok(Built { name: program.folder.into(), path, folder, env, go: None })
    }

    fn with_other_gos(&self, step: &Step, gathered: &mut Gathered) -> Vec<Built> {
        let mut built = Vec::new();
        let others = gos::others(&self.request.tree, self.go.as_ref().ok());
        if others.is_empty() {
            let why = "no other supported Go is installed; GANGPLANK_GOS may list go commands";
            gathered.missing(step.section, "other versions of Go", why);
        }
        for go in others {
            let folder = self.folder(step.program.folder);
            let version = go.version.to_string();
            self.request
                .report
                .step("Building", format!("benches/{} with Go {version}", step.program.folder));
            match self.project(&folder, &go, Some(&version)) {
                Ok(path) => built.push(Built {
                    name: format!("{} with Go {version}", step.program.folder),
                    path,
                    folder,
                    env: Vec::new(),
                    go: Some(version),
                }),
                Err(error) => gathered.missing(step.section, &format!("Go {version}"), &reason(&error)),
            }
        }
        built
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.request.tree.join("benches").join(name)
    }

    fn go(&self) -> Result<&Toolchain> {
        self.go.as_ref().map_err(|why| Error::new(why.clone()))
    }

    /// A project of gangplank; `suffix` keeps programs of several Gos apart.
    fn project(&self, folder: &Path, go: &Toolchain, suffix: Option<&str>) -> Result<PathBuf> {
        let project = Project::load(folder)?;
        let options = Options {
            profile: Profile::chosen(true, None),
            target: None,
            offline: self.request.offline,
            report: gangplank_build::report::Report::Quiet,
            target_folder: Some(self.request.target.clone()),
        };
        let search = Search { setting: Some(go.go.clone().into()), ..self.request.search.clone() };
        if project.host == Host::Rust {
            return RustProgram::prepare(&project, &options, &search)?.build(&[]);
        }
        let program = GoProgram::prepare(&project, &options, &search)?;
        let (_, library) = program.link()?;
        let output = program
            .output(&library)
            .ok_or_else(|| Error::new(format!("{} names no [go] main", project.manifest().display())))?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let output = output.with_file_name(format!("{name}{}", suffix.unwrap_or_default()));
        program.build(Some(&output), &["-buildvcs=false".into()])?;
        Ok(output)
    }

    fn module(&self, name: &str, folder: &Path) -> Result<PathBuf> {
        let output = self.request.target.join("modules").join(name.replace('/', "-"));
        let mut command = self.go()?.command(folder);
        command.args(["build", "-buildvcs=false", "-o"]).arg(&output).arg(".").env("CGO_ENABLED", "1");
        if self.request.offline {
            command.env("GOPROXY", "off");
        }
        run(&mut command)?;
        Ok(output)
    }

    /// The package has the name of the folder.
    fn crate_program(&self, name: &str, folder: &Path, go: Option<&Toolchain>) -> Result<PathBuf> {
        let mut command = self.cargo("build", folder);
        if let Some(go) = go {
            let bin = go.go.parent().unwrap_or(Path::new("."));
            let path = std::env::var_os("PATH").unwrap_or_default();
            let paths = [bin.to_owned()].into_iter().chain(std::env::split_paths(&path));
            command.env("PATH", std::env::join_paths(paths).unwrap_or(path)).env("GOTOOLCHAIN", "local");
            if self.request.offline {
                command.env("GOPROXY", "off");
            }
        }
        run(&mut command)?;
        Ok(self.request.target.join("release").join(name.replace('/', "-")))
    }

    /// A crate as a library that can be loaded.
    fn library(&self, folder: &Path) -> Result<PathBuf> {
        let mut command = self.cargo("rustc", folder);
        // Beside the static library of the same crate, whose metadata would be overwritten.
        let target = self.request.target.join("loaded");
        command.args(["--lib", "--crate-type", "cdylib"]).env("CARGO_TARGET_DIR", &target);
        run(&mut command)?;
        let release = target.join("release");
        let files =
            fs::read_dir(&release).map_err(|cause| Error::new(format!("{}: {cause}", release.display())))?;
        let mut paths = files.flatten().map(|entry| entry.path());
        paths
            .find(|path| path.extension().is_some_and(|end| end == "so" || end == "dylib"))
            .ok_or_else(|| Error::new(format!("cargo wrote no library to {}", release.display())))
    }

    fn cargo(&self, verb: &str, folder: &Path) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        command.args([verb, "--release", "--quiet"]).current_dir(folder);
        command.env("CARGO_TARGET_DIR", &self.request.target);
        if self.request.offline {
            command.arg("--offline");
        }
        command
    }
}

/// Runs a tool; its words are the reason if it fails.
fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|cause| Error::new(format!("cannot start {program}: {cause}")))?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::new(format!("it does not build: {}", essence(&String::from_utf8_lossy(&output.stderr)))))
}

/// What went wrong, of all that a tool says: of a build script that failed its own words, and no stack.
fn essence(words: &str) -> String {
    let own = words.split_once("--- stderr").map_or(words, |(_, own)| own);
    // Where a tool itself is, is nobody's business but this machine's.
    let says = |line: &&str| !line.is_empty() && !line.starts_with("thread '");
    let mut lines: Vec<&str> = own.lines().map(str::trim).filter(says).collect();
    lines.dedup();
    lines.truncate(lines.iter().position(|line| line.starts_with("stack backtrace")).unwrap_or(6).min(6));
    lines.join("\n")
}

fn reason(error: &Error) -> String {
    let text = error.render();
    // A report is read elsewhere, where nothing is above it.
    text.strip_prefix("error: ").unwrap_or(&text).replace("; its messages are above", "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::essence;

    #[test]
    fn the_essence_of_what_cargo_says() {
        let words = "error: failed to run custom build command for `p`\n\nCaused by:\n  --- stdout\n  a\n  --- stderr\n  no module\n  no module\n  thread 'main' panicked at /home\n\n  stack backtrace:\n  0: x";
        assert_eq!(essence(words), "no module");
        assert_eq!(essence("main.go:1: undefined: x\n"), "main.go:1: undefined: x");
    }
}
