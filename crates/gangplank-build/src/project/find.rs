//! Where a project begins.

use super::MANIFEST;
use crate::{Error, Result, disk};
use std::path::{Path, PathBuf};

/// The project that a folder lies in: the nearest folder above it, or itself, with a `gangplank.toml`.
pub fn find_root(folder: &Path) -> Result<PathBuf> {
    if !folder.is_dir() {
        return Err(Error::new(format!("there is no folder {}", folder.display())));
    }
    let folder = disk::canonical(folder);
    match folder.ancestors().find(|above| above.join(MANIFEST).is_file()) {
        Some(root) => Ok(root.to_owned()),
        None => Err(Error::new(format!("no {MANIFEST} in {} or a folder above it", folder.display()))
            .help("run the command inside a project, or begin one: gangplank new hello --host go")),
    }
}
