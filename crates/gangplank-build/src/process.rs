//! Running other programs.

use crate::{Error, Result};
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Runs to the end and returns what was written; the exit code is the caller's business.
pub(crate) fn output(command: &mut Command) -> Result<Output> {
    command.stdin(Stdio::null()).output().map_err(|cause| cannot_start(command, &cause))
}

/// Runs to the end and returns its standard output. Fails with its standard error.
pub(crate) fn stdout(command: &mut Command) -> Result<String> {
    let output = output(command)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(Error::new(format!("{} failed:\n{}", name(command), stderr.trim_end())))
}

pub(crate) fn cannot_start(command: &Command, cause: &std::io::Error) -> Error {
    Error::new(format!("cannot start {}: {cause}", name(command)))
}

fn name(command: &Command) -> String {
    let program =
        Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match command.get_args().find(|arg| !arg.as_encoded_bytes().starts_with(b"-")) {
        Some(verb) => format!("`{program} {}`", verb.to_string_lossy()),
        None => format!("`{program}`"),
    }
}

/// The file that a shell would run for this word.
pub(crate) fn find_program(word: &OsStr, path: Option<&OsStr>) -> Option<PathBuf> {
    if Path::new(word).components().count() > 1 {
        return executable(PathBuf::from(word));
    }
    env::split_paths(path?).find_map(|folder| executable(folder.join(word)))
}

fn executable(file: PathBuf) -> Option<PathBuf> {
    let exe = PathBuf::from(format!("{}{}", file.display(), env::consts::EXE_SUFFIX));
    [file, exe].into_iter().find(|file| is_executable(file))
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}
