//! Go operators in timely dataflow: results against plain Rust, on one process and two, on both lanes; and everything that goes wrong.

#[path = "timely/failures.rs"]
mod failures;
#[path = "timely/program.rs"]
mod program;
#[path = "timely/streams.rs"]
mod streams;
#[path = "timely/wordcount.rs"]
mod wordcount;
