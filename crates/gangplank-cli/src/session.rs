//! What all subcommands need: where we are, and what is allowed.

use crate::arguments::Global;
use gangplank_build::cargo::{Options, Profile};
use gangplank_build::go::Search;
use gangplank_build::project::Project;
use gangplank_build::report::Report;
use gangplank_build::{Error, Result};
use std::env;
use std::path::{Path, PathBuf};

pub struct Session {
    /// The current folder, or that of `-C`.
    pub folder: PathBuf,
    /// Who reads along.
    pub report: Report,
    /// How to find Go.
    pub search: Search,
    offline: bool,
}

impl Session {
    pub fn begin(global: Global) -> Result<Session> {
        let here =
            env::current_dir().map_err(|cause| Error::new(format!("there is no current folder: {cause}")))?;
        let folder = match global.directory {
            Some(folder) => here.join(folder),
            None => here,
        };
        if !folder.is_dir() {
            return Err(Error::new(format!("-C: there is no folder {}", folder.display())));
        }
        let mut search = Search::from_env();
        if global.go.is_some() {
            search.setting = global.go;
        }
        if global.offline {
            search.offline = Some("--offline forbids to fetch it".to_owned());
        }
        let report = if global.quiet { Report::Quiet } else { Report::Person };
        Ok(Session { folder, report, search, offline: global.offline })
    }

    /// The project that a path lies in; without one, the current folder's.
    pub fn project(&self, path: Option<&Path>) -> Result<Project> {
        Project::find(&self.folder.join(path.unwrap_or(Path::new("."))))
    }

    /// Is the network forbidden?
    pub fn is_offline(&self) -> bool {
        self.offline
    }

    /// How to build.
    pub fn options(&self, profile: Profile, target: Option<String>) -> Options {
        Options { profile, target, offline: self.offline, report: self.report, target_folder: None }
    }
}
