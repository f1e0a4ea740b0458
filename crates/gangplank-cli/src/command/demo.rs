//! `gangplank demo`.

mod cost;

use crate::session::Session;
use gangplank_build::cargo::{Options, Profile};
use gangplank_build::host::rust::RustProgram;
use gangplank_build::project::{Host, Project};
use gangplank_build::{Error, Result};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

pub fn run(session: &Session) -> Result<ExitCode> {
    let tree = source_tree("examples", "demo")?;
    let options = Options {
        target_folder: Some(target_folder(&tree, "demo")),
        ..session.options(Profile::chosen(true, None), None)
    };
    let build = |folder: &str| build(session, &options, &tree.join(folder));

    let go = session.search.find(session.report)?;
    let input = Path::new(&go.env("GOROOT")?).join("src");
    if !input.is_dir() {
        return Err(Error::new(format!(
            "Go {} came without its source: there is no {}",
            go.version,
            input.display()
        ))
        .help("let gangplank fetch one with its source: gangplank demo --go fetch"));
    }
    let start = Instant::now();
    let search = build("examples/search")?;
    let goast = build("examples/goast")?;
    let cost = build("benches/cost")?;
    session.report.step("Built", format!("everything in {:.0} s", start.elapsed().as_secs_f64()));

    show("A Go program calls Rust: examples/search, ripgrep's crates on the source of Go", &search, &input)?;
    show("A Rust program calls Go: examples/goast, Go's own parser on the source of Go", &goast, &input)?;
    heading("What a call costs here, beside the talk that gangplank starts from");
    cost::show(&cost)?;
    heading("Where to look next");
    println!(
        "examples/search and examples/goast   both programs, a few hundred lines with their generated code"
    );
    println!("gangplank new hello --host go        begin your own; --host rust for the other direction");
    println!("docs/commands.md, ARCHITECTURE.md    the commands; how it works");
    Ok(ExitCode::SUCCESS)
}

/// The examples and benchmarks are not in the command: they are in the source that it was built from.
pub(super) fn source_tree(folder: &str, command: &str) -> Result<PathBuf> {
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("/"));
    if tree.join(folder).is_dir() {
        return Ok(tree.to_owned());
    }
    Err(Error::new(format!("the {folder} are not here: {} is gone", tree.join(folder).display()))
        .help(format!("clone gangplank's repository and run `cargo run --release -- {command}` in it")))
}

/// One folder for all of them: they share most of their dependencies.
pub(super) fn target_folder(tree: &Path, name: &str) -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => tree.join(folder).join(name),
        None => tree.join("target").join(name),
    }
}

fn build(session: &Session, options: &Options, folder: &Path) -> Result<PathBuf> {
    let project = Project::load(folder)?;
    session.report.step("Building", folder.display());
    match project.host {
        Host::Go => {
            let program = super::build::go(session, &project, options, None, &["-buildvcs=false".into()])?;
            program.ok_or_else(|| Error::new(format!("{} names no [go] main", project.manifest().display())))
        }
        Host::Rust => RustProgram::prepare(&project, options, &session.search)?.build(&[]),
    }
}

fn heading(text: &str) {
    println!("\n== {text}\n");
}

/// Runs a program on the source tree of Go.
fn show(text: &str, program: &Path, input: &Path) -> Result<()> {
    heading(text);
    let start = Instant::now();
    let status = Command::new(program).arg(input).stdin(Stdio::null()).status();
    let status =
        status.map_err(|cause| Error::new(format!("cannot start {}: {cause}", program.display())))?;
    println!("\nThe whole program took {:.2} s.", start.elapsed().as_secs_f64());
    if status.success() { Ok(()) } else { Err(Error::new(format!("{} failed: {status}", program.display()))) }
}
