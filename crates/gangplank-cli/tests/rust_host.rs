//! A Rust program with Go inside: begun, built, run, changed.

mod common;

use common::{Sandbox, check, target_folder};
use std::fs;
use std::path::Path;
use std::process::Command;

fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target_folder())
        .env_remove("RUSTFLAGS");
    command
}

#[test]
fn a_new_program_runs_untouched_and_follows_every_change() {
    let sandbox = Sandbox::new();
    let folder = sandbox.root.join("forecast");
    sandbox.succeeds(&["new", "forecast", "--host", "rust"], &["Created a Rust program with Go inside"]);
    sandbox.succeeds(&["generate", "--check", "forecast"], &["Fresh"]);
    sandbox.succeeds(&["run", "forecast"], &["Bremen: [16.5, 17.5, 18.5]", "error: Atlantis has no weather"]);

    // Nothing changed: nothing is compiled, although the build wrote files that it depends on.
    let shown = check(cargo(&folder, &["build"]), true, &["Finished"]);
    assert!(!shown.contains("Compiling"), "{shown}");
    sandbox.succeeds(&["generate", "--check", "forecast"], &["Fresh"]);

    // Plain cargo sees a changed Go file, a new one, and a changed interface.
    sandbox.edit("forecast/go/impl/weather.go", "16.5", "26.5");
    check(cargo(&folder, &["run"]), true, &["Bremen: [26.5, 27.5, 28.5]"]);
    sandbox
        .write("forecast/go/impl/hello.go", "package impl\n\nfunc init() {\n\tprintln(\"a new file\")\n}\n");
    check(cargo(&folder, &["run"]), true, &["a new file"]);
    sandbox.edit("forecast/src/main.rs", "days: u32", "days: u8");
    sandbox.edit("forecast/go/impl/weather.go", "days uint32", "days uint8");
    check(cargo(&folder, &["run"]), true, &["Bremen: [26.5, 27.5, 28.5]"]);
    assert!(sandbox.read("forecast/go/bridge/imports.go").contains("days uint8"));

    // From a removed generated package it is all written again, and the build after that is fresh.
    fs::remove_dir_all(folder.join("go/bridge")).unwrap();
    check(cargo(&folder, &["run"]), true, &["Bremen: [26.5, 27.5, 28.5]"]);
    let shown = check(cargo(&folder, &["build"]), true, &["Finished"]);
    assert!(!shown.contains("Compiling"), "{shown}");
}

#[test]
fn mistakes_come_through_cargo_as_errors_of_the_crate() {
    let sandbox = Sandbox::new();
    let folder = sandbox.root.join("faulty");
    sandbox.succeeds(&["new", "faulty", "--host", "rust"], &[]);
    sandbox.edit("faulty/gangplank.toml", "./impl", "./gone");
    let shown = check(
        cargo(&folder, &["build"]),
        false,
        &["error: faulty@0.1.0: ", "\"./gone\": there is no folder", "help: name"],
    );
    assert!(!shown.contains("panicked") && !shown.contains("RUST_BACKTRACE"), "{shown}");

    sandbox.edit("faulty/gangplank.toml", "./gone", "./impl");
    sandbox.edit("faulty/go/impl/weather.go", "weather{})", "nothing)");
    check(cargo(&folder, &["build"]), false, &["error: faulty@0.1.0: ", "undefined: nothing"]);

    sandbox.edit("faulty/gangplank.toml", "\"rust\"", "\"go\"");
    sandbox.edit("faulty/gangplank.toml", "packages", "# packages");
    check(cargo(&folder, &["build"]), false, &["host = \"go\", but cargo builds a Rust program"]);
}

/// Two programs in one: `inner` is a library with Go inside, `outer` depends on it and brings Go itself.
fn two_archives(sandbox: &Sandbox) {
    for name in ["outer", "inner"] {
        sandbox.succeeds(&["new", name, "--host", "rust"], &[]);
    }
    let library = sandbox.read("inner/src/main.rs").replace("\nfn main() ->", "\n/// Asks.\npub fn ask() ->");
    sandbox.write("inner/src/lib.rs", &library);
    fs::remove_file(sandbox.root.join("inner/src/main.rs")).unwrap();
    sandbox.edit("outer/Cargo.toml", "[dependencies]", "[dependencies]\ninner = { path = \"../inner\" }");
    sandbox.edit("outer/src/main.rs", "fn main() -> Result<(), Box<dyn std::error::Error>> {", MAIN);
}

const MAIN: &str = "fn main() -> Result<(), Box<dyn std::error::Error>> {\n    inner::ask()?;";
const LINKS: &str = "links = \"gangplank_go\"";

#[test]
fn a_second_go_archive_is_found_out_by_cargo_or_the_build_script_or_the_linker() {
    let sandbox = Sandbox::new();
    two_archives(&sandbox);
    sandbox.fails(
        &["build", "outer"],
        &["Only one package in the dependency graph may specify the same links value"],
    );
    sandbox.edit("outer/Cargo.toml", LINKS, "");
    sandbox.fails(
        &["build", "outer"],
        &["both bring Go, and there is room for one Go runtime", "list the Go packages of both"],
    );
    sandbox.edit("inner/Cargo.toml", LINKS, "");
    sandbox.fails(&["build", "outer"], &["GANGPLANK_ERROR_ONLY_ONE_GO_ARCHIVE_PER_PROGRAM"]);
}
