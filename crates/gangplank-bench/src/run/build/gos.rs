//! Other Gos on this machine.

use gangplank_build::go::{FLOOR, Origin, Toolchain, Version};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A Go for each supported minor version besides that of `used`, oldest first: those in `GANGPLANK_GOS`, those that golang.org/dl puts into
/// `~/sdk`, and those that `cargo xtask go-versions` fetched.
pub fn others(tree: &Path, used: Option<&Toolchain>) -> Vec<Toolchain> {
    let mut commands: Vec<PathBuf> =
        env::split_paths(&env::var_os("GANGPLANK_GOS").unwrap_or_default()).collect();
    commands.extend(inside(&tree.join("target/gos")).map(|folder| folder.join("go/bin/go")));
    if let Some(home) = env::var_os("HOME") {
        commands.extend(inside(&Path::new(&home).join("sdk")).map(|folder| folder.join("bin/go")));
        commands.extend(
            inside(&Path::new(&home).join(".cache/gangplank")).map(|folder| folder.join("go/bin/go")),
        );
    }
    let mut found: Vec<Toolchain> = Vec::new();
    for go in commands.into_iter().filter(|go| go.is_file()) {
        let Some(version) = version(&go).filter(|version| *version >= FLOOR) else { continue };
        let known = |other: &Toolchain| other.version.minor == version.minor;
        if !used.is_some_and(known) && !found.iter().any(known) {
            found.push(Toolchain { go, version, origin: Origin::Setting });
        }
    }
    found.sort_by_key(|go| go.version);
    found
}

fn inside(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

fn version(go: &Path) -> Option<Version> {
    let output =
        Command::new(go).arg("version").env("GOTOOLCHAIN", "local").env_remove("GOROOT").output().ok()?;
    Version::parse_output(&String::from_utf8_lossy(&output.stdout))
}
