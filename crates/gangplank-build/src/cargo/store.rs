//! Keeping each build of the library under a name of its own.
//!
//! Go's build cache sees the text of `#cgo LDFLAGS`, not the files that it names. So the path of the library changes with its content.

use super::Workspace;
use crate::project::Project;
use crate::target::Target;
use crate::{Error, Result, disk};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use xxhash_rust::xxh3::xxh3_128;

/// How many builds are kept: debug and release, and the ones before.
const KEPT: usize = 4;

/// Several projects may share one target folder, and their crates may have the same names.
pub(super) fn project_id(project: &Project) -> String {
    let root = project.root.as_os_str().as_encoded_bytes();
    format!("{}-{:08x}", project.bridges[0].source.symbol_name(), xxh3_128(root) as u32)
}

/// Copies the library to the folder of its content, if it is not there, and returns the copy.
pub(super) fn keep(
    built: &Path,
    stem: &str,
    project: &Project,
    workspace: &Workspace,
    target: &Target,
) -> Result<PathBuf> {
    let content = fs::read(built).map_err(Error::io("read", built))?;
    let hash = format!("{:032x}", xxh3_128(&content));
    let shelf = workspace.target.join("gangplank").join(&target.triple).join(project_id(project));
    let folder = shelf.join(hash);
    let kept = folder.join(target.library_name(stem));
    if kept.is_file() {
        disk::set_time(&folder, SystemTime::now());
    } else {
        disk::create_folder(&folder)?;
        let draft = folder.join(format!("{}.tmp", std::process::id()));
        fs::write(&draft, content).map_err(Error::io("write", &draft))?;
        fs::rename(&draft, &kept).map_err(Error::io("write", &kept))?;
    }
    prune(&shelf, &folder);
    Ok(kept)
}

/// Old builds only cost space. Whoever cannot be removed stays.
fn prune(shelf: &Path, current: &Path) {
    let Ok(entries) = fs::read_dir(shelf) else { return };
    let mut folders: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path != current).collect();
    folders.sort_by_key(|folder| std::cmp::Reverse(disk::time(folder)));
    for old in folders.iter().skip(KEPT - 1) {
        let _ = fs::remove_dir_all(old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_builds_are_kept() {
        let shelf = tempfile::tempdir().unwrap();
        let folders: Vec<PathBuf> = (0..6).map(|i| shelf.path().join(i.to_string())).collect();
        for (i, folder) in folders.iter().enumerate() {
            fs::create_dir(folder).unwrap();
            disk::set_time(folder, SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(i as u64 * 100));
        }
        prune(shelf.path(), &folders[0]);
        let left: Vec<bool> = folders.iter().map(|folder| folder.is_dir()).collect();
        assert_eq!(left, [true, false, false, true, true, true]);
    }
}
