//! Which Go is taken, with scripts that claim to be one.
#![cfg(unix)]

use gangplank_build::go::{FLOOR, Origin, Search, Version};
use gangplank_build::report::Report;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn install(folder: &Path, version: &str) -> PathBuf {
    let go = folder.join("go");
    fs::create_dir_all(folder).unwrap();
    script(&go, &format!("echo 'go version {version} linux/amd64'"));
    go
}

/// A shell writes it: no child process of another test can then hold the file open for writing, and nothing is "busy" when it is run.
fn script(file: &Path, text: &str) {
    let write = "printf '#!/bin/sh\\n%s\\n' \"$2\" > \"$1\" && chmod +x \"$1\"";
    assert!(Command::new("sh").args(["-c", write, "sh"]).arg(file).arg(text).status().unwrap().success());
}

/// Looks on `path`, in `usual`, and in `cache`, all below one folder.
fn search(root: &TempDir) -> Search {
    Search {
        setting: None,
        path: Some(root.path().join("path").into()),
        usual: vec![root.path().join("usual")],
        cache: Some(root.path().join("cache")),
        offline: Some("the test forbids to fetch it".to_owned()),
        floor: FLOOR,
    }
}

#[test]
fn the_setting_then_path_then_the_usual_place_then_the_cache() {
    let root = tempfile::tempdir().unwrap();
    let origin =
        |search: &Search| search.find(Report::Quiet).map(|go| go.origin).map_err(|error| error.to_string());

    let error = origin(&search(&root)).unwrap_err();
    assert!(error.starts_with("there is no Go on this machine, and the test forbids to fetch it"), "{error}");
    install(&root.path().join("cache/go-1.27.3/bin"), "go1.27.3");
    assert_eq!(origin(&search(&root)), Ok(Origin::Fetched));
    install(&root.path().join("usual"), "go1.25");
    assert_eq!(origin(&search(&root)), Ok(Origin::UsualPlace));
    install(&root.path().join("path"), "go1.24.1");
    assert_eq!(origin(&search(&root)), Ok(Origin::Path));
    let named = install(&root.path().join("named/bin"), "go1.26");
    for setting in [named, root.path().join("named")] {
        let search = Search { setting: Some(setting.into()), ..search(&root) };
        assert_eq!(origin(&search), Ok(Origin::Setting));
    }
    let fetched = Search { setting: Some("fetch".into()), ..search(&root) };
    assert_eq!(origin(&fetched), Ok(Origin::Fetched));
}

#[test]
fn what_is_too_old_or_no_go_is_passed_over_and_named() {
    let root = tempfile::tempdir().unwrap();
    install(&root.path().join("path"), "go1.19");
    let error = search(&root).find(Report::Quiet).unwrap_err().to_string();
    assert!(error.contains("path/go is Go 1.19, and 1.24 is needed"), "{error}");
    install(&root.path().join("usual"), "go1.25");
    let look = search(&root).look().unwrap();
    assert_eq!(look.found.unwrap().version, Version { major: 1, minor: 25, patch: 0 });
    assert_eq!(look.rejected.len(), 1);

    // The module asks for more.
    let strict = search(&root).at_least(Version::parse("1.26"));
    let error = strict.find(Report::Quiet).unwrap_err().to_string();
    assert!(error.contains("usual/go is Go 1.25, and 1.26 is needed"), "{error}");
    let newer = Search { offline: None, ..search(&root) }.at_least(Version::parse("1.99"));
    let error = newer.find(Report::Quiet).unwrap_err().to_string();
    assert!(error.contains("gangplank fetches only Go 1.27.3, older than go.mod asks for"), "{error}");

    script(&root.path().join("path/go"), "echo I am a board game");
    let look = search(&root).look().unwrap();
    assert!(look.rejected[0].contains("is not Go"), "{:?}", look.rejected);
}
