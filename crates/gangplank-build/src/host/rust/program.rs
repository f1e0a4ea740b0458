//! A Rust program with Go inside, built from outside of cargo: its build script does the work, this prepares for it.

use crate::cargo::{self, Options, messages};
use crate::go::{Search, c_compiler};
use crate::project::{BridgeCrate, Project};
use crate::{Error, Result};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A Rust program being built.
pub struct RustProgram<'a> {
    project: &'a Project,
    options: &'a Options,
    /// What the build script must be told, because it would not find it itself.
    settings: Vec<(&'static str, OsString)>,
}

impl<'a> RustProgram<'a> {
    /// Finds the tools, and fetches Go if there is none: a build script could not tell that it does.
    pub fn prepare(project: &'a Project, options: &'a Options, search: &Search) -> Result<RustProgram<'a>> {
        let program = RustProgram { project, options, settings: settings(search) };
        let host = cargo::host(program.folder())?;
        let target = options.target(&host)?;
        target.check_archive()?;
        let go = search.clone().at_least(project.module.floor).find(options.report)?;
        c_compiler(&go, &target, &host)?;
        Ok(program)
    }

    /// The folder of the program's crate.
    fn folder(&self) -> &Path {
        let root = &self.project.root;
        if root.join("Cargo.toml").is_file() { root } else { &self.project.bridges[0].source.folder }
    }

    /// A cargo command for the program: `build` or `run`.
    pub fn command(&self, verb: &str) -> Command {
        let mut command = self.options.command(self.folder());
        command.arg(verb);
        self.options.add_to(&mut command);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Builds it and returns the program.
    ///
    /// # Errors
    /// Cargo fails, or builds no program, or several and none with the crate's name.
    pub fn build(&self, arguments: &[OsString]) -> Result<PathBuf> {
        let mut command = self.command("build");
        command.arg(messages::format_argument()).args(arguments);
        let programs = messages::run(&mut command)?.programs;
        let own = BridgeCrate::read(self.folder()).map(|source| source.name);
        let own = programs
            .iter()
            .find(|file| own.as_ref().is_ok_and(|own| file.file_stem() == Some(OsStr::new(own))));
        match (&programs[..], own) {
            ([program], _) | (_, Some(program)) => Ok(program.clone()),
            ([], None) => Err(Error::new(format!("cargo built no program in {}", self.folder().display()))
                .help("a project with host = \"rust\" needs a crate with src/main.rs")),
            (several, None) => {
                let names: Vec<_> = several.iter().map(|file| file.display().to_string()).collect();
                Err(Error::new(format!("cargo built several programs: {}", names.join(", ")))
                    .help("they are ready; run one of them, or give one the name of the crate"))
            }
        }
    }
}

fn settings(search: &Search) -> Vec<(&'static str, OsString)> {
    let go = search.setting.clone().map(|go| ("GANGPLANK_GO", go));
    let offline = search.offline.is_some().then(|| ("GANGPLANK_OFFLINE", "1".into()));
    go.into_iter().chain(offline).collect()
}
