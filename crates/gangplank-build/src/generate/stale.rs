//! Generated files that nothing generates any more.

use super::{File, HEADER, LINK_FILE};
use crate::project::MANIFEST;
use crate::{Error, Result};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The files in generated packages that carry the header and are not among the generated ones.
pub(super) fn left_files(folders: &[PathBuf], files: &[File]) -> Vec<PathBuf> {
    let wanted: BTreeSet<&Path> = files.iter().map(|file| file.path.as_path()).collect();
    let mut left = BTreeSet::new();
    for folder in folders {
        walk(folder, &mut |path| {
            let linked = path.file_name().is_some_and(|name| name == LINK_FILE);
            if !linked && !wanted.contains(path) && is_generated(path) {
                left.insert(path.to_owned());
            }
        });
    }
    left.into_iter().collect()
}

/// Does it carry the header?
pub(super) fn is_generated(path: &Path) -> bool {
    let mut start = [0; 512];
    let read = fs::File::open(path).and_then(|mut file| file.read(&mut start)).unwrap_or(0);
    String::from_utf8_lossy(&start[..read]).lines().take(4).any(|line| line.starts_with(HEADER))
}

/// Removes a file, and the folders that it leaves empty.
pub(super) fn remove(path: &Path, folders: &[PathBuf]) -> Result<()> {
    fs::remove_file(path).map_err(Error::io("remove", path))?;
    for above in path
        .ancestors()
        .skip(1)
        .take_while(|above| folders.iter().any(|f| above.starts_with(f) && *above != f))
    {
        if fs::remove_dir(above).is_err() {
            break;
        }
    }
    Ok(())
}

/// Files below a folder, not those of another project, of another module, or of cargo.
fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            let foreign = name.starts_with('.')
                || name == "target"
                || path.join("go.mod").exists()
                || path.join(MANIFEST).exists();
            if !foreign && !path.is_symlink() {
                walk(&path, visit);
            }
        } else {
            visit(&path);
        }
    }
}
