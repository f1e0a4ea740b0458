//! The project whose `main` is Rust's: its own tests, with Go inside.

use crate::mode::Mode;
use crate::{place, suite};
use gangplank_build::go::Search;
use gangplank_build::host::rust::RustProgram;
use gangplank_build::project::Project;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Builds the archive and the tests in `tests/e2e/rust_host`, and runs them.
///
/// # Panics
/// If they fail, with what they printed.
pub fn run_tests(mode: Mode) {
    with_program(|program| {
        let mut test = program.command("test");
        set(mode, &mut test);
        suite::expect_success(&mut test);
    });
}

/// Builds the program as `gangplank build` does and returns what it prints.
///
/// # Panics
/// If that fails.
pub fn run_program() -> String {
    with_program(|program| {
        let file = program.build(&[]).unwrap_or_else(|error| panic!("{}", error.render()));
        let output = suite::output(&mut Command::new(&file));
        assert!(output.status.success(), "{}", suite::told(&Command::new(&file), &output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    })
}

/// One at a time: all modes build into the same folder, and one would run what another one built.
fn with_program<R>(run: impl FnOnce(&RustProgram<'_>) -> R) -> R {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let project =
        Project::load(&place::behaviour("rust_host")).unwrap_or_else(|error| panic!("{}", error.render()));
    let options = suite::options();
    let program = RustProgram::prepare(&project, &options, &Search::from_env());
    run(&program.unwrap_or_else(|error| panic!("{}", error.render())))
}

/// The archive is built by the build script, which hands these on to Go.
fn set(mode: Mode, command: &mut Command) {
    mode.set(command);
    if mode == Mode::Race {
        let flags = std::env::var("GOFLAGS").unwrap_or_default();
        command.env("GOFLAGS", format!("{flags} -race").trim());
    }
}
