//! Which lane functions marked `fast` take.

use super::Finding;
use gangplank_build::go::{Lane, Toolchain};

pub(super) fn look(go: Option<&Toolchain>) -> Finding {
    let Some(go) = go else { return Finding::note("lane", "not known without Go; cgo's is always there") };
    match go.lane() {
        Ok(Lane::Fast) => Finding::ok("lane", "fast, for functions that are marked so; cgo's for all others"),
        Ok(Lane::Cgo(why)) => Finding::note("lane", format!("cgo's, for all functions: {why}")),
        Err(error) => Finding::note("lane", format!("cgo's is always there; about the fast one, {error}")),
    }
}
