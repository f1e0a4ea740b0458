//! `gangplank new`.

use crate::session::Session;
use crate::template::{self, Names};
use clap::{Args, ValueEnum};
use gangplank_build::generate::generate;
use gangplank_build::project::Project;
use gangplank_build::{Error, Result};
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Begin a program of Rust and Go
///
/// It builds and runs untouched, and shows a call with a record and with an error.
#[derive(Args)]
#[command(after_help = "Examples:\n  \
    gangplank new hello --host go      # func main in Go, Rust inside\n  \
    gangplank new hello --host rust    # fn main in Rust, Go inside")]
pub struct New {
    /// The folder to make; its last part is the program's name
    pub name: PathBuf,
    /// The language of the program's main
    #[arg(long)]
    pub host: HostName,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum HostName {
    /// A Go program with Rust inside
    Go,
    /// A Rust program with Go inside
    Rust,
}

pub fn run(session: &Session, new: &New) -> Result<ExitCode> {
    let folder = session.folder.join(&new.name);
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(Error::new(format!("{} exists already", folder.display())).help("choose another name"));
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let names = Names::of(&name)?;
    let files = match new.host {
        HostName::Go => template::GO_HOST,
        HostName::Rust => template::RUST_HOST,
    };
    for (path, text) in files {
        let path = folder.join(path);
        let above = path.parent().expect("templates lie in the folder");
        let write = fs::create_dir_all(above).and_then(|()| fs::write(&path, names.fill(text)));
        write.map_err(|cause| Error::new(format!("cannot write {}: {cause}", path.display())))?;
    }
    let project = Project::load(&folder)?;
    generate(&project)?.write()?;
    let kind = match new.host {
        HostName::Go => "a Go program with Rust inside",
        HostName::Rust => "a Rust program with Go inside",
    };
    session.report.step("Created", format!("{kind} in {}", folder.display()));
    session.report.step("Next", format!("gangplank run {}", new.name.display()));
    Ok(ExitCode::SUCCESS)
}
