//! What stands between the files on disk and the generated ones.

use super::{File, Generated, stale};
use crate::{Error, Result, disk};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Why a file is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is not there.
    Missing,
    /// It has another content.
    Differs,
    /// It was generated once, and is not any more.
    Left,
}

/// Files that are not what they should be, and in which way.
pub type Changes = Vec<(PathBuf, Change)>;

impl Generated {
    /// Compares with the disk.
    pub fn check(&self) -> Changes {
        let compare = |file: &File| match fs::read(&file.path) {
            Err(_) => Some((file.path.clone(), Change::Missing)),
            // git may have given the lines the ends of its system
            Ok(old)
                if old != file.text.as_bytes()
                    && String::from_utf8_lossy(&old).replace("\r\n", "\n") != file.text =>
            {
                Some((file.path.clone(), Change::Differs))
            }
            Ok(_) => None,
        };
        let left = stale::left_files(&self.folders, &self.files).into_iter().map(|path| (path, Change::Left));
        self.files.iter().filter_map(compare).chain(left).collect()
    }

    /// Makes the disk agree, touching only what differs, and says what that was.
    pub fn write(&self) -> Result<Changes> {
        let changes = self.check();
        for (path, change) in &changes {
            match change {
                Change::Left => stale::remove(path, &self.folders)?,
                Change::Missing | Change::Differs => {}
            }
        }
        for file in &self.files {
            if changes.iter().any(|(path, _)| *path == file.path) {
                self.check_owner(&file.path)?;
                disk::write_if_changed(&file.path, &file.text)?;
            }
        }
        Ok(changes)
    }

    /// Somebody's own file is not overwritten.
    fn check_owner(&self, path: &Path) -> Result<()> {
        if !path.is_file() || stale::is_generated(path) {
            return Ok(());
        }
        Err(Error::new(format!(
            "{} is in the way: gangplank would write it, and did not write what is there",
            path.display()
        ))
        .help("give the generated package a folder of its own in gangplank.toml, or remove the file"))
    }

    /// Gives what was written the time of the newest source, so that cargo does not see a change after the build.
    pub(crate) fn backdate<'a>(&self, written: impl Iterator<Item = &'a PathBuf>) {
        let newest = self.sources.iter().filter_map(|source| disk::time(source)).max();
        let time = newest.unwrap_or(SystemTime::UNIX_EPOCH);
        for path in written {
            for place in path
                .ancestors()
                .take_while(|place| self.folders.iter().any(|folder| place.starts_with(folder)))
            {
                disk::set_time(place, time);
            }
        }
    }
}
