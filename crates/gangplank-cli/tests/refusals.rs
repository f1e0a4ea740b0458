//! What does not go is said in a sentence, with what to do.
#![cfg(unix)]

mod common;

use common::{Sandbox, check, go, path_without, which};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

fn project(host: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.succeeds(&["new", "app", "--host", host, "--quiet"], &[]);
    sandbox
}

#[test]
fn outside_of_a_project() {
    let sandbox = Sandbox::new();
    for command in ["generate", "build", "run"] {
        sandbox.fails(&[command], &["error: no gangplank.toml in", "gangplank new"]);
    }
    sandbox.fails(&["build", "nowhere"], &["there is no folder", "nowhere"]);
    sandbox.fails(&["-C", "nowhere", "build"], &["-C: there is no folder"]);
}

#[test]
fn new_refuses_bad_names_and_full_folders() {
    let sandbox = project("go");
    sandbox.fails(&["new", "app", "--host", "rust"], &["exists already", "another name"]);
    sandbox.fails(&["new", "my app", "--host", "go"], &["\"my app\" is no name", "ASCII letters"]);
}

#[test]
fn a_crate_that_is_not_there() {
    let sandbox = project("go");
    fs::rename(sandbox.root.join("app/rust"), sandbox.root.join("app/oxide")).unwrap();
    sandbox.fails(
        &["build", "app"],
        &["gangplank.toml: [[bridge]] crate = \"rust\": no Cargo.toml in", "cargo init --lib"],
    );
}

#[test]
fn a_crate_without_a_library_in_a_go_program() {
    let sandbox = project("go");
    fs::rename(sandbox.root.join("app/rust/src/lib.rs"), sandbox.root.join("app/rust/src/main.rs")).unwrap();
    sandbox.fails(&["build", "app"], &["has no library", "src/lib.rs"]);
}

#[test]
fn all_mistakes_in_the_source_with_their_places() {
    let sandbox = project("go");
    let source =
        "#[gangplank::export]\npub fn one(x: u128) {}\n\n#[gangplank::export]\npub fn two<T>(x: T) {}\n";
    sandbox.write("app/rust/src/lib.rs", source);
    let shown = sandbox.fails(&["generate", "app"], &["src/lib.rs:2:", "src/lib.rs:5:", "u128"]);
    assert!(shown.matches("error[GP").count() >= 2, "{shown}");
}

#[test]
fn targets_that_cannot_work() {
    let (go, rust) = (project("go"), project("rust"));
    rust.fails(
        &["build", "app", "--target", "x86_64-unknown-linux-musl"],
        &["musl passes none to constructors", "linux-gnu"],
    );
    for sandbox in [&go, &rust] {
        sandbox.fails(
            &["build", "app", "--target", "x86_64-pc-windows-msvc"],
            &["MSVC", "x86_64-pc-windows-gnu"],
        );
        sandbox.fails(&["build", "app", "--target", "i686-unknown-linux-gnu"], &["64-bit little-endian"]);
        sandbox.fails(
            &["run", "app", "--target", "aarch64-apple-darwin"],
            &["cannot run here", "gangplank build --target"],
        );
    }
}

#[test]
fn another_system_needs_its_c_compiler() {
    let sandbox = project("go");
    let foreign = if cfg!(target_arch = "aarch64") { "x86_64" } else { "aarch64" };
    let target = format!("{foreign}-unknown-linux-gnu");
    let suggestion = format!("CC={foreign}-linux-gnu-gcc");
    sandbox.fails(&["build", "app", "--target", &target], &["needs a C compiler for it", &suggestion]);
    sandbox.fails(
        &["-C", "app", "build", "-o", "x", "--target", "riscv64gc-unknown-linux-gnu"],
        &["CC=riscv64-linux-gnu-gcc"],
    );
}

#[test]
fn no_c_compiler() {
    let sandbox = project("go");
    let mut command = sandbox.command(&["build", "app"]);
    command.env("CC", "cc-that-nobody-has");
    check(command, false, &["there is no C compiler `cc-that-nobody-has`", "apt install gcc"]);
}

#[test]
fn no_go_and_no_way_to_get_it() {
    let sandbox = project("go");
    let cache = sandbox.root.join("cache");
    let build = |arguments: &[&str]| {
        let mut command = sandbox.command(arguments);
        command.env("XDG_CACHE_HOME", &cache).env("PATH", path_without(&["go"]));
        command
    };
    check(
        build(&["--offline", "--go", "fetch", "build", "app"]),
        false,
        &["--offline forbids to fetch it", "https://go.dev/dl"],
    );
    for name in ["GANGPLANK_OFFLINE", "CARGO_NET_OFFLINE"] {
        let mut command = build(&["--go", "fetch", "build", "app"]);
        command.env(name, "true");
        check(command, false, &[name, "forbids to fetch it"]);
    }
    let mut command = build(&["--go", "fetch", "build", "app"]);
    command.env("PATH", folder_of_programs(&sandbox, &["rustc", "cargo"])).env("CARGO", env!("CARGO"));
    check(command, false, &["there is no pip to fetch it with", "apt install python3-pip"]);
    check(build(&["--go", "/nowhere/go", "build", "app"]), false, &["/nowhere/go: there is no `go` command"]);
    assert!(!cache.join("gangplank").exists());
}

#[test]
fn a_go_that_is_too_old_is_named() {
    let sandbox = project("go");
    let old = sandbox.root.join("old/go");
    common::install_script(&old, "echo go version go1.22.10 linux/amd64");
    let go = old.to_str().unwrap();
    sandbox.fails(&["--go", go, "build", "app"], &["old/go is Go 1.22.10, and 1.24 is needed"]);
    sandbox.fails(&["--go", go, "doctor"], &["missing  Go", "Go 1.22.10", "fix: "]);
    // The one on PATH is passed over, for a newer one that is installed or fetched.
    let path = std::env::var_os("PATH").unwrap();
    let folders = [old.parent().unwrap().into()].into_iter().chain(std::env::split_paths(&path));
    let mut command = sandbox.command(&["doctor"]);
    command.env("PATH", std::env::join_paths(folders).unwrap());
    check(command, true, &["Go 1.22.10, and 1.24 is needed"]);
}

#[test]
fn doctor_looks_at_the_project() {
    let sandbox = project("rust");
    let go = go();
    let texts = [
        "ok       Go",
        "ok       C compiler",
        "for Go",
        "lane        ",
        "a Rust program with Go inside",
        "fresh",
    ];
    sandbox.succeeds(&["--go", go.to_str().unwrap(), "doctor", "app"], &texts);
    sandbox.edit("app/src/main.rs", "days: u32", "days: u8");
    sandbox.fails(&["-C", "app", "doctor"], &["missing  generated", "stale", "fix: gangplank generate"]);
}

/// A folder with nothing but links to these programs.
fn folder_of_programs(sandbox: &Sandbox, programs: &[&str]) -> PathBuf {
    let folder = sandbox.root.join("programs");
    fs::create_dir_all(&folder).unwrap();
    for program in programs {
        let _ = symlink(which(program), folder.join(program));
    }
    folder
}
