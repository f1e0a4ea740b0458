//! The Go module and the examples, with their own tests.

use gangplank_build::go::Search;
use gangplank_build::host::rust::RustProgram;
use gangplank_build::project::Project;
use gangplank_build::report::Report;
use gangplank_e2e::mode::Mode;
use gangplank_e2e::{place, suite};

/// Runs `go test` in a module that links no Rust.
fn go_test(folder: &str, packages: &[&str]) {
    let go = Search::from_env().find(Report::Quiet).unwrap_or_else(|error| panic!("{}", error.render()));
    suite::expect_success(
        go.command(&place::repository().join(folder)).args(["test", "-count=1"]).args(packages),
    );
}

#[test]
fn the_go_module() {
    go_test("go", &["./internal/...", "./handle/...", "./timely"]);
    // Without the programs that it builds in every mode: `go test ./fastcall` does those, too.
    go_test("go", &["-short", "./fastcall/..."]);
}

#[test]
fn search_finds_what_go_finds() {
    suite::run(&place::repository().join("examples/search"), Mode::Plain);
}

/// Builds a Rust program with Go inside, and runs its tests.
fn cargo_test(folder: &str) {
    let project = Project::load(&place::repository().join(folder));
    let project = project.unwrap_or_else(|error| panic!("{}", error.render()));
    let options = suite::options();
    let program = RustProgram::prepare(&project, &options, &Search::from_env());
    let program = program.unwrap_or_else(|error| panic!("{}", error.render()));
    suite::expect_success(&mut program.command("test"));
}

#[test]
fn rows_of_rust_are_streamed_by_a_go_server() {
    suite::run(&place::repository().join("examples/rows"), Mode::Race);
}

#[test]
fn goast_counts_what_go_counts() {
    go_test("examples/goast/go", &["./summary"]);
    cargo_test("examples/goast");
}

#[test]
fn pages_of_a_rust_service_are_fetched_and_rendered_by_go() {
    cargo_test("examples/pages");
}

#[test]
fn a_layout_in_rust_is_compared_with_the_roles_in_go() {
    cargo_test("examples/wordcount_rust");
}
