//! Generated Go code and Rust library that have drifted apart: said at the link or at the start, with both names.

use gangplank_e2e::change::Changed;
use std::process::Output;

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[track_caller]
fn refused(output: &Output, about: &[&str]) {
    let said = said(output);
    assert!(!output.status.success(), "{said}");
    for text in about {
        assert!(said.contains(text), "{text:?} is not said:\n{said}");
    }
}

#[test]
fn a_changed_body_is_never_missed_by_gos_cache() {
    let project = Changed::new("stale_body");
    assert_eq!(said(&project.build_and_run()), "hello Bremen 40 <nil>\n");
    project.change("hello {name}", "good morning {name}");
    assert_eq!(said(&project.build_and_run()), "good morning Bremen 40 <nil>\n");
    project.change("good morning {name}", "hello {name}");
    assert_eq!(said(&project.build_and_run()), "hello Bremen 40 <nil>\n");
}

#[test]
fn a_changed_signature_stops_the_start() {
    let project = Changed::new("stale_signature");
    project.change_rust_only("greet(name: &str) -> String", "greet(name: String) -> String");
    refused(
        &project.build_and_run(),
        &[
            "gangplank.example/stale/bridge",
            "crate stale_signature 0.1.0",
            "function greet",
            "gangplank generate",
            "differs",
        ],
    );
}

#[test]
fn every_item_that_differs_is_named_at_once() {
    let project = Changed::new("stale_items");
    project.change_rust_only("pub grams: u32,", "pub grams: u32,\n    /// More.\n    pub sealed: bool,");
    project.change_rust_only("greet(name: &str) -> String", "greet(name: String) -> String");
    let output = project.build_and_run();
    refused(&output, &["record Letter", "function greet", "differ"]);
    assert!(!said(&output).contains("function send"), "what is the same is not named: {}", said(&output));
}

#[test]
fn a_changed_trait_stops_the_start() {
    let project = Changed::new("stale_trait");
    project.change_rust_only(
        "fn price(&self, grams: u32) -> u32;",
        "fn price(&self, grams: u32) -> u32;\n    /// More.\n    fn more(&self);",
    );
    refused(&project.build_and_run(), &["trait Post", "stale_trait 0.1.0", "gangplank generate"]);
}

#[test]
fn a_missing_function_fails_at_the_link() {
    let project = Changed::new("stale_missing");
    project.change_rust_only("pub fn greet(", "pub fn salute(");
    refused(&project.build_and_run(), &["gangplank_stale_missing_greet", "undefined"]);
}

#[test]
fn what_is_only_new_does_no_harm() {
    let project = Changed::new("stale_more");
    project.change_rust_only(
        "/// Greets.",
        "/// New.\n#[gangplank::export]\npub fn new_one() {}\n\n/// Greets.",
    );
    assert_eq!(said(&project.build_and_run()), "hello Bremen 40 <nil>\n");
}
