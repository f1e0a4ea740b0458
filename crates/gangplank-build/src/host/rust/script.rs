//! The steps of the build script.

use super::archive::Archive;
use crate::generate::{generate, link_nothing, write_constructor};
use crate::go::{Search, c_compiler};
use crate::project::{Host, MANIFEST, Project, find_root};
use crate::report::Report;
use crate::target::Target;
use crate::{Error, Result, disk};
use std::env;
use std::path::{Path, PathBuf};

/// What changes the archive, and is neither a file nor cargo's own.
const VARIABLES: &[&str] = &[
    "GANGPLANK_GO",
    "GANGPLANK_OFFLINE",
    "CC",
    "CGO_CFLAGS",
    "CGO_LDFLAGS",
    "GOFLAGS",
    "GOEXPERIMENT",
    "GOAMD64",
    "GOARM64",
    "GOWORK",
];

pub(super) fn run() -> Result<()> {
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    for name in VARIABLES {
        println!("cargo::rerun-if-env-changed={name}");
    }
    check_only(&here)?;
    let constructor = out.join("gangplank_go.rs");
    if env::var_os("DOCS_RS").is_some() {
        // There is no Go where documentation is built, and nothing is linked.
        disk::write_if_changed(&constructor, "")?;
        return Ok(());
    }
    let root = find_root(&here)?;
    println!("cargo::rerun-if-changed={}", root.join(MANIFEST).display());
    let project = Project::load(&root)?;
    if project.host != Host::Rust {
        return Err(Error::new(format!(
            "{} says host = \"go\", but cargo builds a Rust program",
            project.manifest().display()
        ))
        .help("a Go program is built by `gangplank build`; for a Rust program write host = \"rust\""));
    }
    let target = Target::parse(&variable("TARGET")?)?;
    target.check_archive()?;
    let host = Target::parse(&variable("HOST")?)?;

    let generated = generate(&project)?;
    for source in &generated.sources {
        println!("cargo::rerun-if-changed={}", source.display());
    }
    let changes = generated.write()?;
    let linked = link_nothing(&project)?;
    generated.backdate(changes.iter().map(|(path, _)| path).chain(&linked));

    let go = Search::from_env().at_least(project.module.floor).find(Report::Cargo)?;
    let compiler = c_compiler(&go, &target, &host)?;
    let archive = Archive { project: &project, go, compiler, target, out: &out };
    archive.watch_sources()?;
    archive.build()?;
    archive.print_link();
    disk::write_if_changed(&constructor, write_constructor())?;
    Ok(())
}

/// A crate that depends on another one with Go inside cannot have Go inside itself. Cargo tells when the other one has `links`.
fn check_only(here: &Path) -> Result<()> {
    match env::var("DEP_GANGPLANK_GO_PROJECT") {
        Ok(other) if cargo_folder(&other) != cargo_folder(&here.display().to_string()) => Err(Error::new(format!(
            "{} and {other} both bring Go, and there is room for one Go runtime in a process",
            here.display()
        ))
        .help("let one crate call gangplank_build::build(), and list the Go packages of both in its gangplank.toml")),
        _ => {
            println!("cargo::metadata=PROJECT={}", here.display());
            Ok(())
        }
    }
}

fn cargo_folder(path: &str) -> PathBuf {
    disk::canonical(Path::new(path))
}

fn variable(name: &str) -> Result<String> {
    env::var(name).map_err(|_| {
        Error::new(format!(
            "{name} is not set: gangplank_build::build() belongs into a build.rs that cargo runs"
        ))
        .help("to build from elsewhere, use the `gangplank` command")
    })
}
