//! The build steps of gangplank, for a `build.rs` and for the `gangplank` command.
//!
//! A Rust program with Go inside needs one line in its `build.rs`:
//!
//! ```no_run
//! # #[allow(clippy::needless_doctest_main)]
//! fn main() {
//!     gangplank_build::build()
//! }
//! ```
//!
//! | module | what it knows |
//! | --- | --- |
//! | [`project`] | `gangplank.toml`: which crates and Go packages make a program |
//! | [`generate`] | writing the generated Go packages, and proving them fresh |
//! | [`go`] | finding Go, or fetching it |
//! | [`cargo`] | the Rust crates as one static library |
//! | [`host`] | the two kinds of program, built |
//! | [`target`] | cargo's targets in Go's words |

pub mod cargo;
mod disk;
mod error;
pub mod generate;
pub mod go;
pub mod host;
mod process;
pub mod project;
pub mod report;
pub mod target;

pub use error::{Error, Result};
pub use host::rust::build;

/// The version of gangplank: it stands in the header of every generated file.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
