//! What is in the project.

use super::{Doctor, Finding};
use crate::session::Session;
use gangplank_build::Result;
use gangplank_build::generate::generate;
use gangplank_build::project::{Host, Project, find_root};

pub(super) fn look(session: &Session, doctor: &Doctor) -> Result<Vec<Finding>> {
    let root = match (&doctor.path, find_root(&session.folder)) {
        (Some(path), _) => find_root(&session.folder.join(path))?,
        (None, Ok(root)) => root,
        (None, Err(_)) => return Ok(vec![Finding::note("project", "none here")]),
    };
    let project = match Project::load(&root) {
        Ok(project) => project,
        Err(error) => return Ok(vec![Finding::error("project", &error)]),
    };
    let kind = match project.host {
        Host::Go => "a Go program with Rust inside",
        Host::Rust => "a Rust program with Go inside",
    };
    let named = Finding::ok("project", format!("{}, {kind}", project.root.display()));
    let generated = match generate(&project) {
        Ok(generated) => generated,
        Err(error) => return Ok(vec![named, Finding::error("generated", &error)]),
    };
    let fresh = match generated.check().len() {
        0 => Finding::ok("generated", format!("{} files, fresh", generated.files.len())),
        n => Finding::missing("generated", format!("{n} files are stale"), "gangplank generate"),
    };
    Ok(vec![named, fresh])
}
