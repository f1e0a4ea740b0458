//! All Go packages of a Rust program in one c-archive.

use crate::go::Toolchain;
use crate::project::Project;
use crate::target::Target;
use crate::{Error, Result, process};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) struct Archive<'a> {
    pub project: &'a Project,
    pub go: Toolchain,
    pub compiler: OsString,
    pub target: Target,
    pub out: &'a Path,
}

/// The stem of the archive's name.
const STEM: &str = "gangplank_go";

/// What `go list` says of a package.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Package {
    dir: PathBuf,
    module: Option<Module>,
    go_files: Vec<String>,
    cgo_files: Vec<String>,
    c_files: Vec<String>,
    h_files: Vec<String>,
    s_files: Vec<String>,
    embed_files: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Module {
    main: bool,
    replace: Option<Box<Module>>,
    version: String,
}

impl Archive<'_> {
    fn command(&self) -> Command {
        let mut command = self.go.command(&self.project.module.folder);
        command.env("CGO_ENABLED", "1").env("GOOS", self.target.goos).env("GOARCH", self.target.goarch);
        // Rust's symbols are there when the program is linked; cgo's own trial link must not miss them.
        let trial = if self.target.goos == "darwin" {
            "-Wl,-undefined,dynamic_lookup"
        } else {
            "-Wl,--unresolved-symbols=ignore-all"
        };
        let own = env::var("CGO_LDFLAGS").unwrap_or_else(|_| "-O2 -g".to_owned());
        command.env("CGO_LDFLAGS", format!("{own} {trial}")).env("CC", &self.compiler);
        command
    }

    /// Compiles.
    pub fn build(&self) -> Result<()> {
        let archive = self.out.join(self.target.library_name(STEM));
        let mut command = self.command();
        // Without the commit in it: it would be another archive after every commit.
        command.args(["build", "-buildmode=c-archive", "-buildvcs=false", "-o"]).arg(&archive);
        command.arg(self.project.archive_package());
        process::stdout(&mut command)?;
        Ok(())
    }

    /// Tells cargo which files make the archive.
    pub fn watch_sources(&self) -> Result<()> {
        let module = &self.project.module.folder;
        let mut watched: BTreeSet<PathBuf> = ["go.mod", "go.sum"].map(|name| module.join(name)).into();
        watched.retain(|file| file.is_file());
        for package in self.list()?.iter().filter(|package| package.can_change()) {
            watched.extend(package.files());
            // A folder is watched for new files with everything below it; that must not be where cargo itself writes.
            if !self.out.starts_with(&package.dir) {
                watched.insert(package.dir.clone());
            }
        }
        for path in watched {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        Ok(())
    }

    fn list(&self) -> Result<Vec<Package>> {
        let fields = "-json=Dir,Module,GoFiles,CgoFiles,CFiles,HFiles,SFiles,EmbedFiles";
        let mut command = self.command();
        let text =
            process::stdout(command.args(["list", "-deps", fields]).arg(self.project.archive_package()))?;
        let packages: Result<Vec<Package>, _> =
            serde_json::Deserializer::from_str(&text).into_iter().collect();
        packages
            .map_err(|cause| Error::new(format!("`go list` answers what gangplank does not know: {cause}")))
    }

    /// Tells cargo what to link.
    pub fn print_link(&self) {
        println!("cargo::rustc-link-search=native={}", self.out.display());
        println!("cargo::rustc-link-lib=static={STEM}");
        let (libraries, frameworks): (&[&str], &[&str]) = match self.target.goos {
            "linux" => (&["pthread", "dl", "resolv"], &[]),
            "darwin" => (&["resolv"], &["CoreFoundation", "Security"]),
            "windows" => (&["ws2_32", "winmm", "ntdll"], &[]),
            _ => (&["pthread"], &[]),
        };
        for library in libraries {
            println!("cargo::rustc-link-lib={library}");
        }
        for framework in frameworks {
            println!("cargo::rustc-link-lib=framework={framework}");
        }
        // Go's race detector ends the program at its start unless it lies where Go expects programs.
        let flags = env::var("GOFLAGS").unwrap_or_default();
        if self.target.goos == "linux"
            && flags.split_whitespace().any(|flag| flag == "-race" || flag == "-race=true")
        {
            println!("cargo::rustc-link-arg=-no-pie");
        }
    }
}

impl Package {
    /// The standard library and downloaded modules never change under one version.
    fn can_change(&self) -> bool {
        let Some(module) = &self.module else { return false };
        module.main
            || module.version.is_empty()
            || module.replace.as_ref().is_some_and(|by| by.version.is_empty())
    }

    fn files(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let kinds =
            [&self.go_files, &self.cgo_files, &self.c_files, &self.h_files, &self.s_files, &self.embed_files];
        kinds.into_iter().flatten().map(|name| self.dir.join(name))
    }
}
