//! Programs that a chore needs, from Debian's packages where they are missing.

use std::path::Path;
use std::process::{Command, Stdio};

/// The packages of each program.
const PACKAGES: &[(&str, &[&str])] = &[
    ("qemu-aarch64", &["qemu-user"]),
    ("aarch64-linux-gnu-gcc", &["gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross"]),
    ("clang", &["clang"]),
    ("gdb", &["gdb"]),
];

/// Sees to it that the programs are there, or says which one is not.
pub fn provide(programs: &[&str]) -> Result<(), String> {
    for program in programs.iter().filter(|program| !exists(program)) {
        let packages = PACKAGES.iter().find(|(name, _)| name == program).map_or(&[][..], |(_, of)| of);
        println!("Installing {} for {program}", packages.join(" "));
        if !install(packages) || !exists(program) {
            return Err(format!("no {program} on PATH: apt install {}", packages.join(" ")));
        }
    }
    Ok(())
}

fn install(packages: &[&str]) -> bool {
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let wanted = [&["install", "-y", "-qq", "--no-install-recommends"][..], packages].concat();
    apt(&wanted) || apt(&["update", "-qq"]) && apt(&wanted)
}

fn exists(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
}
