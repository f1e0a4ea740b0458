//! Times variants of the same work side by side, so that their ratio holds on a machine whose speed changes. The twin of the Go
//! package `measure`.

mod conditions;
mod flags;
mod growth;
mod row;
mod send;
mod work;

pub use conditions::Conditions;
pub use flags::Flags;
pub use growth::Growth;
pub use row::{Quantiles, Row, print};
pub use send::{missing, quick};
pub use work::{Options, Way, Work, median, quantile};
