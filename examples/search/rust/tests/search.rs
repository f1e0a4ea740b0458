//! The crate on its own, without Go.

use search::{Hit, Query, SearchError, search};
use std::fs;
use std::path::PathBuf;

fn tree(name: &str) -> String {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("a/.hidden")).unwrap();
    for (path, text) in [
        ("a/one.txt", &b"needle\nhay\n needle needle "[..]),
        ("a/two.txt", b"hay\n"),
        ("a/zero.bin", b"needle\n\0"),
        ("a/.hidden/three.txt", b"needle\n"),
        ("b.txt", b"caf\xe9 needle\r\n"),
    ] {
        fs::write(root.join(path), text).unwrap();
    }
    root.to_str().unwrap().to_owned()
}

fn query(root: &str, pattern: &str) -> Query {
    Query { pattern: pattern.into(), root: root.into(), workers: 2, first: 2, ascii: true }
}

#[test]
fn counts_lines_and_returns_the_first() {
    let root = tree("counts");
    let found = search(&query(&root, "needle")).unwrap();
    assert_eq!((found.files, found.files_matched, found.lines_matched), (4, 2, 3));
    assert_eq!((found.binary, found.unreadable), (1, 0));
    let hit = |line, text: &str| Hit { path: "a/one.txt".into(), line, text: text.into() };
    assert_eq!(found.hits, [hit(1, "needle"), hit(3, "needle needle")]);
}

#[test]
fn ascii_changes_what_a_word_is() {
    let root = tree("ascii");
    fs::write(format!("{root}/u.txt"), "äneedle").unwrap();
    let count = |ascii| search(&Query { ascii, ..query(&root, r"\bneedle") }).unwrap().lines_matched;
    assert_eq!((count(true), count(false)), (4, 3));
}

#[test]
fn mistakes_say_where() {
    let root = tree("mistakes");
    let bad = search(&query(&root, "x[b-a]")).unwrap_err();
    assert!(matches!(bad, SearchError::BadPattern { at: 2, .. }), "{bad:?}");
    assert_eq!(search(&query(&root, "")).unwrap_err(), SearchError::EmptyPattern);
    let gone = format!("{root}/gone");
    assert!(
        matches!(search(&query(&gone, "x")).unwrap_err(), SearchError::BadRoot { path, .. } if path == gone)
    );
}
