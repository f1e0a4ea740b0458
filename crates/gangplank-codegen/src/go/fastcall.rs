//! The package `fastcall`, which travels with the generator: it is written into packages that have something fast.

use super::sources::{Sources, sources, written};
use super::{GeneratedFile, Package};

const SOURCES: Sources = sources! {
    "fastcall":
    "callback.go" "doc.go" "enter.go" "facts.go" "failure.go" "fallback_cgo.go" "fallback_none.go" "guard.go" "host.go"
    "include/gangplank_fastcall.h"
    "internal/cgolane/cgolane.c" "internal/cgolane/cgolane.go" "internal/cgolane/cgolane.h" "internal/cgolane/export.c"
    "internal/cgolane/export.go" "internal/cgolane/export.h" "internal/cgolane/stack.h" "internal/cgolane/stack_amd64.c"
    "internal/cgolane/stack_arm64.c" "internal/cgolane/stack_other.c"
    "lane.go" "lane_amd64.s" "lane_arm64.s" "lane_asm.go" "lane_other.go" "leaf.go" "probes.go" "probes_amd64.s"
    "probes_arm64.s" "sanitizer.go" "sanitizer_asan.go" "sanitizer_msan.go" "selftest.go" "tls_arm64.h" "watch.go"
    "watch_asm.go"
};

/// Where it lies in the Go module, and what its C names begin with: both are others in a generated package, since a program may have several.
const PATH: &str = "gangplank.dev/go/fastcall";
const C_NAMES: &str = "gangplank_cgolane";

impl Package<'_> {
    /// The files of `internal/fastcall`.
    pub(super) fn write_fastcall(&self) -> Vec<GeneratedFile> {
        files(&self.options.import_path, &self.interface.crate_name)
    }
}

fn files(import_path: &str, crate_name: &str) -> Vec<GeneratedFile> {
    let path = format!("{import_path}/internal/fastcall");
    let names = format!("gangplank_{crate_name}_cgolane");
    written("fastcall", SOURCES, |text| text.replace(PATH, &path).replace(C_NAMES, &names)).collect()
}

/// A Go program that prints the lane that fast functions take on this machine, a blank, and why it is not the fast one.
pub fn write_lane_probe() -> Vec<GeneratedFile> {
    let file = |path: &str, text: &str| GeneratedFile { path: path.into(), text: text.into() };
    let mut written = files("probe", "probe");
    written.push(file("go.mod", "module probe\n\ngo 1.24\n"));
    written.push(file(
        "main.go",
        "package main\n\nimport (\n\t\"fmt\"\n\n\t\"probe/internal/fastcall\"\n)\n\nfunc main() { fmt.Println(fastcall.Lane()) }\n",
    ));
    written
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_source_is_embedded() {
        let below = ["include", "internal/cgolane"];
        super::super::sources::assert_complete("fastcall", &below, super::SOURCES);
    }
}
