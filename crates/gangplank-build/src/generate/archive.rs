//! The Go program that a c-archive is made of: it imports everything that the Rust program wants.

use super::HEADER;
use crate::VERSION;
use crate::project::Project;
use std::collections::BTreeSet;

pub(super) fn write_archive(project: &Project) -> String {
    let bridges = project.bridges.iter().map(|bridge| &bridge.import_path);
    let imports: BTreeSet<&String> = bridges.chain(&project.packages).collect();
    let imports: String = imports.into_iter().map(|path| format!("\t_ {path:?}\n")).collect();
    format!(
        r#"{HEADER} v{VERSION} from gangplank.toml. DO NOT EDIT.

// Command archive is all the Go in a Rust program: gangplank links its packages, and their init functions register what they
// implement.
package main

import "C"

import (
{imports})

// gangplank_go_start does nothing, late: cgo enters an exported function only when the runtime is up and every init function has
// run.
//
//export gangplank_go_start
func gangplank_go_start() {{}}

func main() {{}}
"#
    )
}
