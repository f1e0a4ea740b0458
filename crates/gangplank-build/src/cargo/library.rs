//! Building the static library.

use super::{Options, Workspace, check_panic, messages, store, umbrella};
use crate::project::Project;
use crate::target::Target;
use crate::{Error, Result};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

/// The Rust side of a Go program, ready to be linked.
#[derive(Clone, Debug)]
pub struct Library {
    /// The archive, in a folder that is named after its content.
    pub archive: PathBuf,
    /// What it must be linked with.
    pub native: Vec<String>,
    /// Cargo's target folder.
    pub target_folder: PathBuf,
}

/// Builds all bridge crates of a project into one static library.
///
/// # Errors
/// A crate has no library, or cargo fails.
pub fn build_library(project: &Project, target: &Target, options: &Options) -> Result<Library> {
    for bridge in &project.bridges {
        let source = &bridge.source;
        if !source.has_library {
            return Err(Error::new(format!(
                "the crate {} in {} has no library",
                source.name,
                source.folder.display()
            ))
            .help("a Go program links with a library: move what crosses into src/lib.rs"));
        }
    }
    let first = &project.bridges[0].source;
    let workspace = Workspace::of(&first.folder, options)?;
    if let Some(warning) = check_panic(&workspace, &options.profile) {
        options.report.warn(warning);
    }
    let (stem, mut command) = if project.bridges.len() == 1 {
        let mut command = rustc(project, options);
        command.args(["--package", &first.name]);
        (first.symbol_name(), command)
    } else {
        let manifest = umbrella::write(project, &workspace)?;
        let mut command = rustc(project, options);
        command.arg("--manifest-path").arg(manifest).arg("--target-dir").arg(&workspace.target);
        (umbrella::STEM.to_owned(), command)
    };
    options.add_to(&mut command);
    command.arg(messages::format_argument()).args(["--", "--print", "native-static-libs"]);
    let built = messages::run(&mut command)?;
    let Some(archive) = built.archive else {
        return Err(Error::new(format!("cargo named no static library for {stem}")));
    };
    let archive = store::keep(&archive, &stem, project, &workspace, target)?;
    // What lies in the target folder was built along and is in the archive.
    let search = built.search.iter().filter(|folder| !folder.starts_with(&workspace.target));
    let search = search.map(|folder| format!("-L{}", folder.display())).collect::<BTreeSet<_>>();
    let native = search.into_iter().chain(built.native).collect();
    Ok(Library { archive, native, target_folder: workspace.target })
}

fn rustc(project: &Project, options: &Options) -> Command {
    let mut command = options.command(&project.bridges[0].source.folder);
    command.args(["rustc", "--lib", "--crate-type", "staticlib"]);
    command
}
