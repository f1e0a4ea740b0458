//! What cargo knows about the workspace of a crate.

use super::Options;
use crate::{Result, process};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The workspace that a crate belongs to.
#[derive(Clone, Debug, Deserialize)]
pub struct Workspace {
    /// The folder of its `Cargo.toml` and `Cargo.lock`.
    #[serde(rename = "workspace_root")]
    pub root: PathBuf,
    /// Where cargo builds.
    #[serde(rename = "target_directory")]
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo.
    pub fn of(folder: &Path, options: &Options) -> Result<Workspace> {
        let mut command = options.command(folder);
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let text = process::stdout(&mut command)?;
        serde_json::from_str(&text).map_err(|cause| {
            crate::Error::new(format!("`cargo metadata` answers what gangplank does not know: {cause}"))
        })
    }
}
