//! What the benchmarks write, so that all of them write the same.

mod conditions;
mod result;

pub use conditions::Conditions;
pub use result::{Growth, Report, Row, Stage};
