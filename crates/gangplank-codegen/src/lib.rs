//! The generator of gangplank: annotated Rust in, checked [`ir`] in the middle, Rust and Go out.
//!
//! | stage | folder | verb |
//! | --- | --- | --- |
//! | source to IR, following `mod` files | [`syntax`] | `parse_` |
//! | what cannot cross, said with code, span and help | [`check`] | `check_` |
//! | IR to Rust, called by the attribute macros | [`rust`] | `expand_` |
//! | IR to Go, called by the command and the build helper | [`go`] | `write_` |
//!
//! The macros see one item at a time, the command sees the crate; both take the same road and so agree on names, layouts and hashes.

pub mod check;
pub mod diagnostic;
pub mod go;
pub mod ir;
pub mod names;
pub mod rust;
pub mod syntax;
