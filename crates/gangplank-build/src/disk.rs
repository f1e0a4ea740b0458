//! Files and paths.

use crate::{Error, Result};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(Error::io("read", path))
}

/// A folder and all above it.
pub(crate) fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(Error::io("create", path))
}

/// Writes a file if its content differs, so that what depends on it stays fresh. Readers see the old or the new file, never half of one.
pub(crate) fn write_if_changed(path: &Path, text: &str) -> Result<bool> {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    create_folder(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Go ignores files whose name starts with a dot.
    let draft = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    fs::write(&draft, text).map_err(Error::io("write", &draft))?;
    fs::rename(&draft, path).map_err(Error::io("write", path))?;
    Ok(true)
}

/// Gives a file or folder the time of its sources. Cargo then does not take it for a change that came after the build.
pub(crate) fn set_time(path: &Path, time: SystemTime) {
    // A folder cannot be opened like this on Windows; there the next build runs once more, which is harmless.
    if let Ok(file) = fs::File::open(path) {
        let _ = file.set_modified(time);
    }
}

/// When a file last changed.
pub(crate) fn time(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|m| m.modified()).ok()
}

/// An absolute path with symbolic links resolved, as far as it exists.
pub(crate) fn canonical(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for known in path.ancestors() {
        if let Ok(real) = known.canonicalize() {
            let rest = path.strip_prefix(known).expect("an ancestor is a prefix");
            // To join nothing would add a slash.
            return rest.components().fold(plain(real), |above, part| above.join(part));
        }
    }
    path
}

/// Windows canonicalizes to `\\?\C:\..`, which neither Go nor gcc understand.
fn plain(path: PathBuf) -> PathBuf {
    match path.to_str().and_then(|text| text.strip_prefix(r"\\?\")) {
        Some(text) => text.into(),
        None => path,
    }
}

/// The way from a folder to a path, with `/`, both canonical. None where there is none: other drives, and names that are not UTF-8.
pub(crate) fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, to): (Vec<Component>, Vec<Component>) =
        (from.components().collect(), to.components().collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if same == 0 {
        return None;
    }
    let up = from[same..].iter().map(|_| Some(".."));
    let down = to[same..].iter().map(|c| c.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    parts.map(|p| if p.is_empty() { ".".to_owned() } else { p.join("/") })
}

/// Joins a relative path written with `/`, dropping `.` and following `..` by name.
pub(crate) fn join(base: &Path, path: &str) -> PathBuf {
    let mut joined = base.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                joined.pop();
            }
            other => joined.push(other),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_between_two_folders() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b", "/a/c/d").as_deref(), Some("../c/d"));
        assert_eq!(way("/a/b", "/a/b").as_deref(), Some("."));
        assert_eq!(way("/a", "/a/b c").as_deref(), Some("b c"));
    }

    #[test]
    fn dots_are_followed_by_name() {
        assert_eq!(join(Path::new("/a/b"), "./x/../y"), Path::new("/a/b/y"));
        assert_eq!(join(Path::new("/a/b"), "."), Path::new("/a/b"));
        assert_eq!(join(Path::new("/a/b"), "../c"), Path::new("/a/c"));
    }

    #[test]
    fn a_file_with_the_same_content_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/file.go");
        assert!(write_if_changed(&file, "one").unwrap());
        let before = time(&file).unwrap();
        assert!(!write_if_changed(&file, "one").unwrap());
        assert_eq!(time(&file).unwrap(), before);
        assert!(write_if_changed(&file, "two").unwrap());
        assert_eq!(read(&file).unwrap(), "two");
    }
}
