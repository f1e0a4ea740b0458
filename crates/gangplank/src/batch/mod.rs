//! Many calls in one crossing.
//!
//! `#[export(batch)]` and `#[import(batch)]` give a function a second form that takes slices and returns a list: one crossing for all, an
//! error for each item that has one. Where callers are many and each has one item, a [`Batcher`] gathers theirs.
//!
//! What all items share is written `#[shared]`; objects, function values and `&self` are shared anyhow.
//!
//! ```
//! #[gangplank::export(batch)]
//! pub fn parse(#[shared] radix: u32, text: &str) -> Result<u64, gangplank::Error> {
//!     Ok(u64::from_str_radix(text, radix)?)
//! }
//!
//! #[gangplank::import]
//! pub trait Model {
//!     #[import(batch)]
//!     fn score(&self, features: &[f32]) -> Result<f64, gangplank::GoError>;
//! }
//!
//! fn best(model: &dyn Model, rows: &[&[f32]]) -> Option<f64> {
//!     model.score_batch(rows).into_iter().filter_map(Result::ok).reduce(f64::max)
//! }
//! # struct Sum;
//! # impl Model for Sum {
//! #     fn score(&self, features: &[f32]) -> Result<f64, gangplank::GoError> { Ok(features.iter().sum::<f32>() as f64) }
//! # }
//! # assert_eq!(best(&Sum, &[&[1.0, 2.0], &[5.0]]), Some(5.0));
//! ```
//!
//! In Go the first is `func ParseBatch(radix uint32, text []string) ([]uint64, error)` beside `Parse`; the error, if it is not nil, is a `*BatchError` with one for each item.

mod answers;
mod arguments;
mod batcher;
mod items;
mod settle;
#[cfg(test)]
mod tests;

pub use batcher::{Batcher, Failed, Options};

/// What expanded attributes call.
#[doc(hidden)]
pub mod private {
    pub use super::answers::{Answered, same_length};
    pub use super::arguments::{Each, Items, Kind, Many, NoObject, class_of, count, print_of};
    pub use super::items::Item;
}
