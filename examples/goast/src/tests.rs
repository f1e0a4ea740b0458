//! The whole program on a small tree whose numbers are known.

use crate::Parser;
use crate::census::{self, Census, Counts};
use std::fs;
use std::path::PathBuf;

const SHAPE: &str = include_str!("../go/summary/testdata/shape.go");

fn tree(name: &str) -> PathBuf {
    let root = std::env::temp_dir().join(format!("gangplank-goast-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&root);
    for (path, text) in [
        ("geometry/shape.go", SHAPE),
        ("geometry/shape_test.go", "package geometry_test\n\nfunc TestNothing() {}\n"),
        ("geometry/notes.txt", "not Go"),
        ("cmd/main.go", "package main\n\nfunc main() {\n\tprintln(\"hello\")\n}"),
        ("broken/brace.go", "package broken\n\nfunc F() {\n\tif true {\n\t)\n}\n"),
        ("broken/empty.go", ""),
        (".hidden/skipped.go", "package hidden\n"),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn count(name: &str, threads: usize) -> Census {
    let root = tree(name);
    let parser = gangplank::imported::<dyn Parser>().unwrap();
    let files = census::find(&root).unwrap();
    assert_eq!(files.len(), 5);
    let census = census::take(&*parser, &root, &files, threads);
    fs::remove_dir_all(root).unwrap();
    census
}

#[test]
fn counts_what_the_tree_declares() {
    let census = count("counts", 2);
    let package = |folder: &str, name: &str| census.packages[&(folder.to_owned(), name.to_owned())];
    assert_eq!(package("geometry", "geometry"), Counts { files: 1, lines: 47, functions: 6, exported: 9 });
    assert_eq!(
        package("geometry", "geometry_test"),
        Counts { files: 1, lines: 3, functions: 1, exported: 1 }
    );
    assert_eq!(package("cmd", "main"), Counts { files: 1, lines: 5, functions: 1, exported: 0 });
    assert_eq!(census.total(), Counts { files: 3, lines: 55, functions: 8, exported: 10 });
    assert_eq!((census.packages.len(), census.unreadable), (3, 0));

    let longest: Vec<_> =
        census.longest.iter().map(|(f, path)| (f.name.as_str(), f.line, f.lines, path.as_str())).collect();
    assert_eq!(longest[0], ("helper", 41, 7, "geometry/shape.go"));
    assert_eq!(longest[1], ("Area", 31, 5, "geometry/shape.go"));
    assert_eq!(longest.len(), 8);
}

#[test]
fn syntax_errors_arrive_with_their_place() {
    let census = count("errors", 1);
    assert_eq!(census.broken, 2);
    let brace = &census.errors["broken/brace.go"];
    assert!(brace.starts_with("broken/brace.go:5:2: expected"), "{brace}");
    let empty = &census.errors["broken/empty.go"];
    assert!(empty.starts_with("broken/empty.go:1:1: expected 'package'"), "{empty}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let one = count("one", 1);
    for threads in [2, 3, 16] {
        assert_eq!(count(&format!("many{threads}"), threads), one);
    }
}

#[test]
fn a_reader_that_is_not_go_fits_too() {
    struct Blank;
    impl Parser for Blank {
        fn parse(&self, _: &str, source: &[u8]) -> Result<crate::FileSummary, gangplank::GoError> {
            let lines = source.split(|byte| *byte == b'\n').count() as u32;
            Ok(crate::FileSummary { package: "p".into(), lines, exported: 0, functions: Vec::new() })
        }
    }
    let root = tree("blank");
    let files = census::find(&root).unwrap();
    let total = census::take(&Blank, &root, &files, 2).total();
    fs::remove_dir_all(root).unwrap();
    assert_eq!((total.files, total.functions), (5, 0));
}
