//! A project: the Rust crates and Go packages of one program, as `gangplank.toml` at its root describes them.
//!
//! A Go program with Rust inside:
//!
//! ```toml
//! host = "go"
//! [go]
//! module = "."              # folder with go.mod
//! main = "."                # package to build, relative to the module; without it all packages are built
//! [[bridge]]
//! crate = "rust"            # folder of the crate with the attributes
//! package = "search"        # folder of the generated Go package, relative to the module
//! ```
//!
//! A Rust program with Go inside:
//!
//! ```toml
//! host = "rust"
//! [go]
//! module = "go"
//! packages = ["./impl"]     # Go packages to link; their init functions register implementations
//! [[bridge]]
//! crate = "."
//! package = "bridge"
//! ```

mod crates;
mod find;
mod go_module;
mod load;
mod manifest;

pub use crates::BridgeCrate;
pub use find::find_root;
pub use go_module::GoModule;
pub use manifest::Host;

use std::path::PathBuf;

/// The name of the file that makes a folder a project.
pub const MANIFEST: &str = "gangplank.toml";

/// A project, checked: every folder that it names is there.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder of its `gangplank.toml`.
    pub root: PathBuf,
    /// Which language's `main` runs.
    pub host: Host,
    /// Its Go module.
    pub module: GoModule,
    /// For host = "go": the import path of the package with `main`; none for a module that is only a library.
    pub main: Option<String>,
    /// For host = "rust": the import paths of the Go packages to link.
    pub packages: Vec<String>,
    /// At least one.
    pub bridges: Vec<Bridge>,
}

/// One crate and the Go package that is generated from it.
#[derive(Clone, Debug)]
pub struct Bridge {
    /// The Rust side.
    pub source: BridgeCrate,
    /// The folder of the Go package.
    pub folder: PathBuf,
    /// Its import path.
    pub import_path: String,
    /// Its name.
    pub package: String,
}

impl Project {
    /// The file that describes it.
    pub fn manifest(&self) -> PathBuf {
        self.root.join(MANIFEST)
    }

    /// Its name: that of its root folder.
    pub fn name(&self) -> String {
        match self.root.file_name() {
            Some(name) => name.to_string_lossy().into_owned(),
            None => self.bridges[0].package.clone(),
        }
    }
}
