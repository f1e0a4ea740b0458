//! Ctrl-C in the middle. A process of its own: the signal is everybody's.
#![cfg(unix)]

mod common;

use common::{ROW, Tree};
use gangplank_bench::run::was_interrupted;
use gangplank_bench::{Request, run};
use std::process::{Command, id};
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn what_was_measured_is_reported_and_the_rest_is_named() {
    let tree = Tree::new();
    // The program says that it runs by a file, and hangs.
    let running = tree.path().join("running");
    let body = format!("{ROW} std::fs::write({running:?}, \"\").unwrap(); loop {{ std::thread::park(); }}");
    tree.program("handles/rust", &body);
    tree.program("generator", ROW);
    let signal = thread::spawn(move || {
        let start = Instant::now();
        while !running.is_file() && start.elapsed() < Duration::from_secs(120) {
            thread::sleep(Duration::from_millis(20));
        }
        assert!(Command::new("kill").args(["-INT", &id().to_string()]).status().unwrap().success());
    });
    let start = Instant::now();
    // Three passes of the one that hangs.
    let request = Request { quick: false, ..tree.request_without_go(&["handles", "generator"]) };
    let report = run(&request).unwrap();
    signal.join().unwrap();
    assert!(was_interrupted() && start.elapsed() < Duration::from_secs(120));
    let rows: Vec<_> =
        report.rows().map(|(section, row)| (section.name.as_str(), row.work.as_str())).collect();
    assert_eq!(rows, [("handles", "Rust: w")], "what was there when the signal came");
    let missing: Vec<_> = gangplank_bench::run::all_missing(&report).collect();
    for (section, what) in [("handles", "handles (handles/rust)"), ("generator", "generator (generator)")] {
        let named = |(name, missing): &&(&str, &gangplank_bench::report::Missing)| {
            *name == section && missing.what.starts_with(what) && missing.why.contains("interrupted")
        };
        assert_eq!(missing.iter().filter(named).count(), 1, "{what}: {missing:?}");
    }
    assert!(report.warnings.iter().any(|warning| warning.contains("interrupted")), "{:?}", report.warnings);
}
