//! What crosses the boundary, after parsing and before checking or writing. Nothing in here knows how Go or Rust are spelled.

mod batch;
mod class;
mod hash;
mod item;
mod print;
mod ty;

pub use batch::{Share, can_be_shared, is_copy};
pub use class::Class;
pub use hash::{fnv1a, signature_hash};
pub use item::*;
pub use ty::*;
