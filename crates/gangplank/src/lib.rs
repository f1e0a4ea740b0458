//! Call Rust from Go and Go from Rust: described once with attributes on ordinary Rust items, at a price close to a plain function call, and without a way to crash the process from safe code.
//!
//! ```
//! /// A hit, best first.
//! #[gangplank::record]
//! pub struct Hit {
//!     pub path: String,
//!     pub line: u32,
//! }
//!
//! /// Finds `needle` in `text`.
//! #[gangplank::export]
//! pub fn find(text: &str, needle: &str) -> Option<Hit> {
//!     let line = text.lines().position(|l| l.contains(needle))?;
//!     Some(Hit { path: "text".into(), line: line as u32 + 1 })
//! }
//!
//! /// Implemented in Go.
//! #[gangplank::import]
//! pub trait Tokenizer {
//!     fn tokenize(&self, text: &str) -> Result<Vec<String>, gangplank::GoError>;
//! }
//! ```
//!
//! In Go the first is `func Find(text, needle string) *Hit`, the second an interface and `func RegisterTokenizer(impl Tokenizer)`.
//! The Go package is written by the `gangplank` command, or by `gangplank-build` from a build script.
//!
//! | attribute | on | meaning |
//! | --- | --- | --- |
//! | [`export`] | function | Go may call it |
//! | [`import`](macro@import) | trait | Go implements it; [`imported`] gets the implementation |
//! | [`object`] | struct, its impl block, trait | stays in Rust; Go holds it and calls its methods |
//! | [`record`] | struct, enum | crosses by value |
//! | [`error`](macro@error) | struct, enum | the same, and is a Go `error` |
//!
//! What crosses and how is a numbered contract, `abi/README.md`; the modules cite its clauses.

pub mod batch;
pub mod frame;
pub mod handle;
pub mod hosted;
pub mod import;
pub mod message;
pub mod stream;
pub mod task;
pub mod value;

mod block;
mod error;
mod function;
mod go_value;
mod keeper;
mod lane;
mod object;
mod panic;
mod shim;

#[doc(hidden)]
pub mod private;

pub use error::{Error, ErrorKind, GoError};
pub use gangplank_macros::{error, export, import, object, record};
pub use import::{GoRef, Imported, Registration, imported, register};
pub use lane::{CheckpointExt, Checkpointed, brief, checkpoint};
pub use stream::{GoIter, GoStream};
pub use task::{Cancelled, Context};

/// Includes what the build script generated: the reference to the Go archive that `gangplank_build::build()` made.
///
/// Write it once, at the root of a Rust program that has Go inside. It links the archive and makes the first imported call wait until the Go runtime is up.
#[macro_export]
macro_rules! include_go {
    () => {
        include!(concat!(env!("OUT_DIR"), "/gangplank_go.rs"));
    };
}
