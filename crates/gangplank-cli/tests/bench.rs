//! `gangplank bench`: mistakes are told before anything is measured, and reports are shown without measuring.
#![cfg(unix)]

mod common;

use common::{Sandbox, check};
use std::path::PathBuf;

fn suite() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../benches/results/suite.json");
    path.to_str().unwrap().to_owned()
}

#[test]
fn an_unknown_section() {
    Sandbox::new().fails(
        &["bench", "--only", "crossings,nope"],
        &["error: there is no section nope", "the sections are crossings, batching"],
    );
}

#[test]
fn files_that_are_no_reports() {
    let sandbox = Sandbox::new();
    let whole = std::fs::read_to_string(suite()).unwrap();
    let half = &whole[..whole.len() / 2];
    let files = [
        ("foreign.json", "{\"a\": 1}", "this is no report"),
        ("half.json", half, "this is no report"),
        ("empty.json", "", "this is no report"),
        ("old.json", "{\"schema\": 0}", "a report of version 0"),
        ("lacking.json", "{\"schema\": 1, \"command\": \"x\"}", "missing field"),
    ];
    for (name, text, said) in files {
        sandbox.write(name, text);
        for option in ["--show", "--compare"] {
            // Before ten minutes of measuring, not after.
            sandbox.fails(&["bench", option, name], &[name, said, "gangplank bench --json FILE"]);
        }
    }
    sandbox.fails(&["bench", "--compare", "nowhere.json"], &["nowhere.json", "No such file"]);
    sandbox.fails(&["bench", "--show", "."], &["Is a directory"]);
}

#[test]
fn results_that_could_not_be_written() {
    let sandbox = Sandbox::new();
    sandbox.fails(&["bench", "--json", "none/a.json"], &["cannot write", "make its folder first"]);
    sandbox.fails(&["bench", "--html", "."], &["cannot write", "it is a folder"]);
}

#[test]
fn real_time_priority_that_is_not_to_be_had() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["bench", "--quick", "--realtime", "--only", "generator"]);
    command.env("PATH", sandbox.root.as_os_str());
    check(command, false, &["error: --realtime: chrt", "CAP_SYS_NICE", "without --realtime"]);
}

#[test]
fn a_report_is_shown_and_compared_with_itself() {
    let sandbox = Sandbox::new();
    let (suite, page) = (suite(), sandbox.root.join("a page.html"));
    sandbox.succeeds(
        &["bench", "--show", &suite, "--compare", &suite, "--html", "a page.html"],
        &["== Crossings", "171 ns", "No difference that the noise allows to see", "0 faster, 0 slower"],
    );
    assert!(std::fs::read_to_string(page).unwrap().ends_with("</html>\n"));
    sandbox.fails(&["bench", "--show", &suite, "--quick"], &["cannot be used with"]);
}
