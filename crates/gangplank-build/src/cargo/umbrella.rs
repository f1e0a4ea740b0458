//! Several crates in one static library: a crate in the target folder that depends on all of them.
//!
//! It takes lock file, profiles and patches from the workspace of the first crate, so that nothing is built otherwise than there.

use super::Workspace;
use crate::project::Project;
use crate::{Error, Result, disk};
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The stem of the library's name.
pub(super) const STEM: &str = "gangplank_umbrella";

/// Writes the crate and returns its `Cargo.toml`.
pub(super) fn write(project: &Project, workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("gangplank").join("umbrella").join(super::store::project_id(project));
    let manifest = folder.join("Cargo.toml");
    let table = manifest_of(project, workspace)?;
    let changed = disk::write_if_changed(&manifest, &table.to_string())?;
    disk::write_if_changed(&folder.join("src/lib.rs"), &source_of(project))?;
    copy_lock(&workspace.root.join("Cargo.lock"), &folder.join("Cargo.lock"), changed)?;
    Ok(manifest)
}

fn source_of(project: &Project) -> String {
    let crates = (0..project.bridges.len()).map(|i| format!("pub extern crate bridge_{i};\n"));
    format!("//! All Rust crates of a Go program, in one library.\n\n{}", crates.collect::<String>())
}

fn manifest_of(project: &Project, workspace: &Workspace) -> Result<Table> {
    let mut dependencies = Table::new();
    for (i, bridge) in project.bridges.iter().enumerate() {
        let mut dependency = Table::new();
        dependency.insert("package".into(), bridge.source.name.clone().into());
        dependency.insert("path".into(), text(&bridge.source.folder)?);
        dependencies.insert(format!("bridge_{i}"), dependency.into());
    }
    let mut package = Table::new();
    package.insert("name".into(), STEM.into());
    package.insert("version".into(), "0.0.0".into());
    package.insert("edition".into(), "2024".into());
    let mut manifest = Table::new();
    manifest.insert("package".into(), package.into());
    manifest.insert("dependencies".into(), dependencies.into());
    manifest.insert("workspace".into(), Table::new().into());
    let file = workspace.root.join("Cargo.toml");
    let mut original: Table = toml::from_str(&disk::read(&file)?)
        .map_err(|mistake| Error::new(format!("{} is wrong:\n{mistake}", file.display())))?;
    for key in ["profile", "patch", "replace"] {
        if let Some(mut value) = original.remove(key) {
            if key != "profile" {
                make_absolute(&mut value, &workspace.root)?;
            }
            manifest.insert(key.into(), value);
        }
    }
    Ok(manifest)
}

/// Paths of patches are relative to the workspace, and the umbrella lies elsewhere.
fn make_absolute(value: &mut Value, root: &Path) -> Result<()> {
    let Some(table) = value.as_table_mut() else { return Ok(()) };
    for (key, inner) in table.iter_mut() {
        match inner {
            Value::String(path) if key == "path" => *inner = text(&disk::join(root, path))?,
            _ => make_absolute(inner, root)?,
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<Value> {
    match path.to_str() {
        Some(path) => Ok(path.into()),
        None => Err(Error::new(format!("{} is not UTF-8, and Cargo.toml must be", path.display()))),
    }
}

/// The workspace's lock file holds. Cargo adds the umbrella to the copy, so it is only renewed when something changed.
fn copy_lock(from: &Path, to: &Path, changed: bool) -> Result<()> {
    let newer = |(a, b): (Option<_>, Option<_>)| a > b;
    if from.is_file() && (changed || newer((disk::time(from), disk::time(to)))) {
        fs::copy(from, to).map_err(Error::io("write", to))?;
    }
    Ok(())
}
