//! The end-to-end projects whose generated code is tried on the fast lane outside of their own tests.

use gangplank_build::Result;
use gangplank_build::cargo::{Options, Profile};
use gangplank_build::go::Search;
use gangplank_build::host::go::GoProgram;
use gangplank_build::project::Project;
use gangplank_build::report::Report;
use std::path::PathBuf;

/// The Go module that they are packages of.
pub fn module() -> PathBuf {
    crate::root().join("tests/e2e")
}

/// Generates and links projects of the module, where `cargo test -p gangplank-e2e` has them, too. Any Go can build them then.
pub fn link(projects: &[&str]) -> Result<()> {
    let options = Options {
        profile: Profile::chosen(false, None),
        target: None,
        offline: false,
        report: Report::Quiet,
        target_folder: Some(crate::root().join("target/e2e/target")),
    };
    for project in projects {
        let project = Project::load(&module().join(project))?;
        GoProgram::prepare(&project, &options, &Search::from_env())?.link()?;
    }
    Ok(())
}
