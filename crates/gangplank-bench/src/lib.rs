//! The suite behind `gangplank bench`: what a bridge between Rust and Go costs, on this machine.
//!
//! The programs that measure are in the repository's `benches` folder. This crate builds and runs them, turns their samples into
//! medians with intervals, and shows the result.
//!
//! | module | what it knows |
//! | --- | --- |
//! | [`catalogue`] | the sections, and which programs measure them |
//! | [`mod@run`] | building and running programs, progress, being interrupted |
//! | [`statistics`] | medians, intervals, several passes as one |
//! | [`report`] | what was found, as JSON |
//! | [`compare`] | verdicts on two reports |
//! | [`show`] | tables in the terminal, BENCHMARKS.md, the HTML page with plots |

pub mod catalogue;
pub mod compare;
pub mod report;
pub mod run;
pub mod show;
pub mod statistics;

pub use report::Report;
pub use run::{Request, run};
