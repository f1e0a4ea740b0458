//! Rust programs: with Go inside, and without it.

use gangplank_e2e::mode::Mode;
use gangplank_e2e::{host, place, suite};
use std::process::Command;

#[test]
fn plain() {
    host::run_tests(Mode::Plain);
}

#[test]
fn race() {
    host::run_tests(Mode::Race);
}

#[test]
fn cgocheck2() {
    host::run_tests(Mode::CgoCheck2);
}

#[test]
fn gogc1() {
    host::run_tests(Mode::Gogc1);
}

#[test]
fn the_program_runs() {
    let expected = "high water at 24.92 h\n3 legs to Bremerhaven\nAlma lies at 4\nerror: no mooring: the ship Titanic does not float\n";
    assert_eq!(host::run_program(), expected);
}

#[test]
fn a_crate_is_tested_without_go() {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(place::behaviour("without_go"))
        .env("CARGO_TARGET_DIR", place::scratch().join("target"));
    suite::expect_success(cargo.args(["test", "--quiet"]));
}
