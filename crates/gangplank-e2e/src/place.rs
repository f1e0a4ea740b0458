//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Path::parent).expect("the crate lies in crates/")
}

/// `tests/e2e`.
pub fn behaviours() -> PathBuf {
    repository().join("tests/e2e")
}

/// The folder of a behaviour.
pub fn behaviour(name: &str) -> PathBuf {
    behaviours().join(name)
}

/// A folder in the target folder that tests may write into. All projects share the cargo target folder in it, so that the
/// runtime is compiled once.
pub fn scratch() -> PathBuf {
    // The test's own program lies in target/debug/deps, or below a target's name.
    let program = std::env::current_exe().expect("a test knows its own path");
    let target = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    target.or(program.parent()).expect("a program lies in a folder").join("e2e")
}
