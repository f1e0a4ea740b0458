//! How Rust names are spelled in Go. The checks and the Go writer ask here, so they cannot disagree.
//!
//! `#[go(name = "..")]` is taken as it is, for every kind of name: `#[go(name = "Round")] Circle` is `Round`, not
//! `ShapeRound`.

mod derived;
mod identifier;
mod methods;
mod reserved;
mod words;

pub use derived::{
    batcher, batcher_item, constant, error_type, field, function, into, parameter, register_fn, sentinel,
    type_name, variant_error_type, variant_type,
};
pub use identifier::{is_exported, is_identifier};
pub use methods::{CLOSE, method};
pub use reserved::{ERROR_METHODS, KEYWORDS, PACKAGE_LEVEL, PREDECLARED, RESERVED_LOCALS};
pub use words::{exported, in_words, unexported};
