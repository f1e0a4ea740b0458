//! Every mistake, as it is shown: one folder per code in `mistakes/`, with the crate and what is said of it.
//!
//! `BLESS=1 cargo test -p gangplank-codegen --test check_mistakes` writes the expected texts anew.

use gangplank_codegen::diagnostic::CATALOGUE;
use gangplank_codegen::syntax::parse_crate;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

fn fixtures() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_mistake_is_shown_as_expected() {
    let mut wrong = Vec::new();
    for name in fixtures() {
        let folder = folder().join(&name);
        let shown = match parse_crate(&folder, "src/lib.rs", "fixture") {
            Ok(_) => panic!("{name}: no mistake was found"),
            Err(mistakes) => mistakes.to_string(),
        };
        if let Some((code, _)) = name.split_once('_').filter(|(code, _)| code.starts_with("gp")) {
            assert!(shown.contains(&code.to_uppercase()), "{name} does not show its code:\n{shown}");
        }
        let expected = folder.join("expected.txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(expected, shown).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != shown {
            wrong.push(format!("{name} shows now:\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_fixture_and_a_chapter() {
    let chapters =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md")).unwrap();
    let fixtures = fixtures();
    for (code, summary) in CATALOGUE {
        let prefix = format!("{}_", code.0.to_lowercase());
        assert!(fixtures.iter().any(|name| name.starts_with(&prefix)), "no fixture for {}", code.0);
        assert!(
            chapters.contains(&format!("\n## {}: {summary}\n", code.0)),
            "no chapter \"{}: {summary}\"",
            code.0
        );
    }
    for name in fixtures.iter().filter(|name| name.starts_with("gp")) {
        assert!(
            CATALOGUE.iter().any(|(code, _)| name.starts_with(&code.0.to_lowercase())),
            "{name} is for no code"
        );
    }
    let known =
        |line: &&str| CATALOGUE.iter().any(|(code, summary)| **line == format!("## {}: {summary}", code.0));
    let stale: Vec<&str> =
        chapters.lines().filter(|line| line.starts_with("## GP")).filter(|line| !known(line)).collect();
    assert!(stale.is_empty(), "chapters for no code: {stale:?}");
}

#[test]
fn codes_are_in_order_and_once() {
    assert!(CATALOGUE.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn a_missing_root_is_a_mistake() {
    let mistakes = parse_crate(&folder(), "src/nowhere.rs", "fixture").unwrap_err();
    assert_eq!(mistakes.list[0].code.0, "GP0102");
    assert!(mistakes.to_string().contains("`src/nowhere.rs` cannot be read"), "{mistakes}");
    assert!(mistakes.to_string().ends_with("1 mistake in 1 file\n"), "{mistakes}");
}

#[test]
fn colours_only_where_asked_for() {
    let mistakes = parse_crate(&folder().join("many_files"), "src/lib.rs", "fixture").unwrap_err();
    assert!(!mistakes.to_string().contains('\u{1b}'));
    assert!(mistakes.coloured().contains('\u{1b}'));
    assert_eq!(mistakes.summary(), "12 mistakes in 4 files");
}
