//! Search a tree of source files with ripgrep's own crates.

mod error;
mod query;
mod summary;
mod tally;
mod walk;

pub use error::SearchError;
pub use query::Query;
pub use summary::{Hit, Summary};
pub use walk::search;
