//! What cannot be built or crashes is named, with the reason, and the rest is measured.

mod common;

use common::{ROW, Tree};
use gangplank_bench::report::Report;
use gangplank_bench::{run, show};

fn why(report: &Report, what: &str) -> String {
    let mut all = gangplank_bench::run::all_missing(report);
    let found = all.find(|(_, missing)| missing.what.contains(what)).map(|(_, missing)| missing.why.clone());
    found.unwrap_or_else(|| panic!("{what} is not named"))
}

fn works(report: &Report) -> Vec<&str> {
    report.rows().map(|(_, row)| row.work.as_str()).collect()
}

#[test]
fn without_go_what_needs_none_is_measured() {
    let tree = Tree::new();
    tree.program("handles/rust", ROW);
    let report = run(&tree.request_without_go(&["crossings", "handles"])).unwrap();
    assert_eq!(works(&report), ["Rust: w"]);
    assert!(why(&report, "handles/go").contains("there is no Go"), "{report:?}");
    assert!(why(&report, "crossing-rust").contains("the test forbids to fetch it"));
    assert_eq!(report.machine.go, "none");
    for text in [show::print(&report), show::page(&report), show::html(&report)] {
        assert!(text.contains("no Go") && text.contains("handles/go"), "{text}");
    }
}

#[test]
fn programs_that_do_not_build_and_programs_that_crash() {
    let tree = Tree::new();
    tree.program("handles/rust", "this is no Rust");
    tree.program("generator", &format!("{ROW} eprintln!(\"oh dear\"); std::process::abort();"));
    let report = run(&tree.request_without_go(&["handles", "generator"])).unwrap();
    assert_eq!(works(&report), ["w"], "what it sent before it crashed");
    assert!(why(&report, "handles/rust").contains("does not build"));
    let why = why(&report, "generator (generator)");
    assert!(why.contains("signal") && why.contains("oh dear"), "{why}");
}

#[test]
fn what_quick_leaves_out_is_named() {
    let report = run(&Tree::new().request_without_go(&[])).unwrap();
    for what in ["memory (crossing-go)", "other versions of Go"] {
        assert!(why(&report, what).contains("--quick"), "{what}");
    }
}

/// A peer is named, with its build script's own words.
#[test]
fn a_peer_that_does_not_build() {
    let tree = Tree::new();
    tree.program("peers/rust2go", "");
    tree.write(
        "benches/peers/rust2go/build.rs",
        "fn main() { eprintln!(\"no module\"); std::process::exit(1) }",
    );
    // Whether there is a Go here or not, there is a reason.
    let report = run(&tree.request(&["peers"])).unwrap();
    assert!(works(&report).is_empty());
    let why = why(&report, "rust2go");
    assert!(why.contains("does not build") || why.contains("no Go"), "{why}");
}

#[test]
fn unknown_sections_and_trees_without_programs() {
    let tree = Tree::new();
    let error = run(&tree.request(&["handles", "nonsense"])).unwrap_err().render();
    assert!(error.contains("no section nonsense") && error.contains("crossings"), "{error}");
    let mut request = tree.request(&["handles"]);
    request.tree = tree.path().join("elsewhere");
    let error = run(&request).unwrap_err().render();
    assert!(error.contains("clone gangplank's repository"), "{error}");
}
