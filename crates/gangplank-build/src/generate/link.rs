//! The file in a generated package that says what to link: the only one that differs between machines.

use super::LINK_FILE;
use crate::cargo::Library;
use crate::project::{Bridge, Project};
use crate::{Error, Result, disk};
use gangplank_codegen::go;
use std::path::{Path, PathBuf};

/// Names the library in every package, so that each can be used and tested alone. The linker takes the same archive twice
/// without harm.
pub(crate) fn link_library(project: &Project, library: &Library) -> Result<()> {
    for bridge in &project.bridges {
        let mut flags = vec![quote(&from_package(&bridge.folder, &library.archive)?)];
        flags.extend(library.native.iter().map(|flag| quote(flag)));
        write(bridge, &flags.join(" "))?;
    }
    Ok(())
}

/// The Rust program brings the library. Returns the files that changed.
pub(crate) fn link_nothing(project: &Project) -> Result<Vec<PathBuf>> {
    let mut changed = Vec::new();
    for bridge in &project.bridges {
        changed.extend(write(bridge, "")?);
    }
    Ok(changed)
}

fn write(bridge: &Bridge, flags: &str) -> Result<Option<PathBuf>> {
    let file = go::write_link(&bridge.package, flags);
    let path = bridge.folder.join(LINK_FILE);
    let changed = disk::write_if_changed(&path, &file.text)?;
    Ok(changed.then_some(path))
}

/// The way from the package to the archive: it stays right when both move together.
fn from_package(folder: &Path, archive: &Path) -> Result<String> {
    let (folder, archive) = (disk::canonical(folder), disk::canonical(archive));
    let path = match disk::relative(&folder, &archive) {
        Some(way) => format!("${{SRCDIR}}/{way}"),
        None => archive.to_string_lossy().replace('\\', "/"),
    };
    for place in [&*folder.to_string_lossy(), &*path] {
        if let Some(bad) = place.replace("${SRCDIR}", "").replace('\\', "/").chars().find(|c| !is_safe(*c)) {
            return Err(Error::new(format!("cgo does not accept the character {bad:?} in the path {place}"))
                .help("move the project, or let cargo build elsewhere with CARGO_TARGET_DIR"));
        }
    }
    Ok(path)
}

/// What Go lets into `#cgo` lines (`safeCgoName` of go/build).
fn is_safe(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric() || "+-.,/=_:$@%! ~^".contains(c)
}

fn quote(flag: &str) -> String {
    if flag.contains(' ') { format!("\"{flag}\"") } else { flag.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_and_blanks_are_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let way = |package: &str, archive: &str| {
            from_package(&folder.path().join(package), &folder.path().join(archive))
        };
        assert_eq!(way("a/search", "target x/libs.a").unwrap(), "${SRCDIR}/../../target x/libs.a");
        assert_eq!(quote("${SRCDIR}/a b.a"), "\"${SRCDIR}/a b.a\"");
        assert_eq!(quote("-lm"), "-lm");
        let error = way("it's", "libs.a").unwrap_err().to_string();
        assert!(error.contains("'\\''") && error.contains("CARGO_TARGET_DIR"), "{error}");
    }
}
