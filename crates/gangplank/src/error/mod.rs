//! Errors of any kind, with their causes: what a Go `error` becomes in Rust, and what any Rust error becomes in Go.

mod chain;
mod go_error;
mod rust_error;

pub use chain::ErrorKind;
pub(crate) use chain::encode_closed;
pub use go_error::GoError;
pub use rust_error::Error;
