//! Generated code is committed; this proves that it is what the generator writes.

use gangplank_build::generate::generate;
use gangplank_build::project::{MANIFEST, Project};
use gangplank_build::{Error, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Checks every project of the repository, or generates it anew.
pub fn fresh(write: bool) -> Result<()> {
    let root = crate::root();
    let mut projects = Vec::new();
    find_projects(root, &mut projects);
    projects.sort();
    let mut stale = Vec::new();
    for folder in &projects {
        let project = Project::load(folder)?;
        if !is_committed(&project) {
            continue;
        }
        let generated = generate(&project)?;
        let changes = if write { generated.write()? } else { generated.check() };
        let state = match (changes.len(), write) {
            (0, _) => "fresh".to_owned(),
            (n, true) => format!("{n} files written"),
            (n, false) => format!("{n} files stale"),
        };
        println!("{}: {state}", folder.strip_prefix(root).unwrap_or(folder).display());
        stale.extend(changes.into_iter().map(|(path, _)| path));
    }
    if write || stale.is_empty() {
        return Ok(());
    }
    let list: String = stale.iter().map(|path| format!("\n  {}", path.display())).collect();
    Err(Error::new(format!("generated code is stale:{list}")).help("cargo xtask fresh --write"))
}

/// The end-to-end tests generate theirs each time, and git ignores it.
fn is_committed(project: &Project) -> bool {
    let mut git = Command::new("git");
    git.args(["check-ignore", "--quiet"])
        .arg(project.bridges[0].folder.join("doc.go"))
        .current_dir(&project.root);
    !git.status().is_ok_and(|status| status.success())
}

fn find_projects(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join(MANIFEST).is_file() {
        found.push(folder.to_owned());
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir() && !path.is_symlink())
    {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Templates hold placeholders, not projects.
        if !name.starts_with('.') && name != "target" && name != "templates" {
            find_projects(&path, found);
        }
    }
}
