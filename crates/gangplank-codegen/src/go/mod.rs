//! The Go side: a package of Go source for one crate's interface. The logic is in the Go runtime, which is written into
//! the package as `internal/gangplank`; what is written here only calls it.
//!
//! | file | what stands in it |
//! | --- | --- |
//! | `doc.go` | the package's documentation |
//! | `functions.go` | exported functions, which call Rust |
//! | `objects.go` | objects of Rust, their constructors and methods |
//! | `batchers.go` | what gathers the calls of many goroutines |
//! | `values.go` | functions of Go as Rust calls them, and what Rust calls to reach them |
//! | `closures.go` | functions of Rust as Go calls them |
//! | `sequences.go` | iterators of Rust as Go ranges over them |
//! | `imports.go`, `serve.go` | imported traits as interfaces, and what Rust calls to reach them |
//! | `records.go`, `enums.go`, `errors.go` | types |
//! | `codec.go` | messages of these types |
//! | `fast.go` | what the fast lane needs, if something is marked fast |
//! | `gangplank.go` | names of runtime types |
//! | `start.go` | what happens before `main` |
//! | `{package}test/noleaks.go` | a check for tests that nothing is left that one side holds of the other |
//! | `gangplank_link.go` | where the library is; written by [`write_link`], and not kept under version control |

mod aliases;
mod batch;
mod batchers;
mod codec;
mod codec_named;
mod codec_values;
mod docs;
mod enums;
mod errors;
mod fast;
mod fastcall;
mod file;
mod functions;
mod graph;
mod guards;
mod held;
mod imports;
mod link;
mod locals;
mod noleaks;
mod objects;
mod ownership;
mod records;
mod runtime;
mod sequences;
mod serve;
mod serve_batch;
mod shims;
mod sources;
mod start;
mod task;
mod text;
mod types;
mod values;

pub use fastcall::write_lane_probe;
pub use link::write_link;

use crate::ir::Interface;
use codec::{Codec, Purpose};
use file::File;
use std::collections::BTreeSet;

/// What the writer cannot know from the interface.
#[derive(Clone, Debug)]
pub struct Options {
    /// The Go package's name.
    pub package: String,
    /// Its import path.
    pub import_path: String,
    /// The crate's version.
    pub crate_version: String,
    /// May the library call back into Go: does any other bridge of the project ([`calls_go`])? Then Go's stacks can move during a
    /// call, and nothing on them may be lent.
    pub callbacks: bool,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Its path relative to the package's folder, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The package being written.
struct Package<'a> {
    interface: &'a Interface,
    options: &'a Options,
    /// Records and enums that contain themselves.
    recursive: BTreeSet<String>,
    codec: Codec,
    /// Names at the level of the package that no parameter may have.
    taken: BTreeSet<String>,
    /// Is a message being written in which objects are given to Rust, and not lent?
    giving: bool,
}

/// Can Rust call Go through this interface?
pub fn calls_go(interface: &Interface) -> bool {
    !interface.imports.is_empty()
        || graph::types(interface).any(graph::has_function)
        || interface.exported().any(|function| {
            function.options.checkpoints
                || function.params.iter().any(|param| param.ty.as_sequence().is_some())
        })
}

/// Writes the Go package of an interface that passed the checks: the same files for the same interface, always.
pub fn write_package(interface: &Interface, options: &Options) -> Vec<GeneratedFile> {
    let callbacks = options.callbacks || calls_go(interface);
    let options = &Options { callbacks, ..options.clone() };
    let mut package = Package {
        interface,
        options,
        recursive: BTreeSet::new(),
        codec: Codec::default(),
        taken: BTreeSet::new(),
        giving: false,
    };
    package.recursive = package.find_recursive();
    // Which functions the codec has is known when all that calls them is written: the second time parameters avoid their names.
    package.write_files();
    package.taken = package.codec.names();
    package.taken.extend(package.batch_names());
    package.taken.extend(package.fast_names());
    package.taken.extend(package.task_names());
    package.codec = Codec::default();
    let mut files = package.write_files();
    files.extend(runtime::write_runtime(&options.import_path));
    files.extend(package.write_batch_package());
    if interface.has_fast() {
        files.extend(package.write_fastcall());
    }
    files
}

impl Package<'_> {
    fn write_files(&mut self) -> Vec<GeneratedFile> {
        let mut files = vec![
            self.write_doc(),
            self.write_records(),
            self.write_enums(),
            self.write_errors(),
            self.write_imports(),
            self.write_functions(),
            self.write_objects(),
            self.write_batchers(),
            self.write_serve(),
            self.write_fast(),
        ];
        // What these have is known when all others are written.
        files.push(self.write_values());
        files.push(self.write_closures());
        files.push(self.write_sequences());
        files.push(self.write_codec());
        files.push(self.write_aliases());
        files.push(self.write_start());
        files.push(self.write_noleaks());
        let mut files: Vec<File> = files.into_iter().flatten().collect();
        functions::write_helpers(&mut files);
        files.into_iter().map(|file| file.finish(self)).collect()
    }

    fn write_codec(&mut self) -> Option<File> {
        let mut file = File::new("codec.go");
        // Beneath each `Box`, list or map every recursive type stands at most once (clause 5.10).
        let limit = match self.recursive.len() {
            0 => String::new(),
            1 => "gangplank.MaxDepth + 1".into(),
            n => format!("{n} * (gangplank.MaxDepth + 1)"),
        };
        if !limit.is_empty() {
            file.body = format!(
                "\n// maxLevels is how deep recursive values may nest. Rust refuses all that are deeper.\nconst maxLevels = {limit}\n"
            );
        }
        self.codec.write(
            &mut file.body,
            &[
                Purpose::Append,
                Purpose::Give,
                Purpose::Read,
                Purpose::Known,
                Purpose::Word,
                Purpose::Lend,
                Purpose::Pass,
                Purpose::Share,
                Purpose::Fail,
                Purpose::Settle,
            ],
        );
        file.if_any()
    }

    fn write_doc(&mut self) -> Option<File> {
        let mut file = File::new("doc.go");
        let first = format!(
            "Package {} is the Go side of crate {}.",
            self.options.package, self.interface.crate_name
        );
        let mut docs = Vec::new();
        if !self
            .interface
            .docs
            .first()
            .is_some_and(|line| line.starts_with(&format!("Package {} ", self.options.package)))
        {
            docs.extend([first, String::new()]);
        }
        docs.extend(self.interface.docs.iter().cloned());
        file.docs = docs::comment(&docs);
        Some(file)
    }
}
