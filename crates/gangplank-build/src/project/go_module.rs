//! A Go module: what `go.mod` says of itself.

use crate::go::Version;
use crate::{Error, Result, disk};
use std::path::{Path, PathBuf};

/// A folder with a `go.mod`.
#[derive(Clone, Debug)]
pub struct GoModule {
    /// Its folder.
    pub folder: PathBuf,
    /// Its import path.
    pub path: String,
    /// The oldest Go that it accepts, if it says so.
    pub floor: Option<Version>,
}

impl GoModule {
    /// Reads `go.mod`.
    pub fn read(folder: &Path) -> Result<GoModule> {
        let file = folder.join("go.mod");
        let text = disk::read(&file)?;
        let Some(path) = directive(&text, "module") else {
            return Err(Error::new(format!("{} has no line `module ..`", file.display()))
                .help("add one: module example.com/name"));
        };
        let floor = directive(&text, "go").and_then(|version| Version::parse(&version));
        Ok(GoModule { folder: folder.to_owned(), path, floor })
    }

    /// The import path of a folder in this module.
    pub fn import_path(&self, folder: &Path) -> Option<String> {
        let below = disk::canonical(folder).strip_prefix(&self.folder).ok()?.to_owned();
        let mut path = self.path.clone();
        for part in below.components() {
            path.push('/');
            path.push_str(part.as_os_str().to_str()?);
        }
        Some(path)
    }
}

/// The argument of a directive of one line. `module` and `go` may be quoted and may carry a comment.
fn directive(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    let argument =
        lines.find_map(|line| line.strip_prefix(name).filter(|rest| rest.starts_with([' ', '\t'])))?;
    Some(argument.trim().trim_matches(['"', '`']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives() {
        let text = "// a module\nmodule \"example.com/a\" // the name\n\ngo 1.24.1\ngodebug x=1\n";
        assert_eq!(directive(text, "module").as_deref(), Some("example.com/a"));
        assert_eq!(directive(text, "go").as_deref(), Some("1.24.1"));
        assert_eq!(directive(text, "toolchain"), None);
    }

    #[test]
    fn import_paths() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("go.mod"), "module example.com/a\ngo 1.24\n").unwrap();
        let module = GoModule::read(&disk::canonical(folder.path())).unwrap();
        assert_eq!(module.import_path(&folder.path().join("b/c")).as_deref(), Some("example.com/a/b/c"));
        assert_eq!(module.import_path(folder.path()).as_deref(), Some("example.com/a"));
        assert_eq!(module.import_path(Path::new("/")), None);
    }
}
