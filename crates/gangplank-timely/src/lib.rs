//! Go operators inside [`timely`] dataflow.
//!
//! The engine moves the data and its users write the logic in Go: this is the case that gangplank starts from. The engine is `timely`, from crates.io; what is here is the way Go code sits
//! inside it. The Go half is the package `gangplank.dev/go/timely`, which `docs/timely.md` walks through; a Go program needs no line of Rust.
//!
//! # The protocol
//!
//! *Who is there.* The Go program, which has a layout and registered an implementation of [`Program`]; [`run`], which it calls once and which returns at the end; and *workers*, hosted threads,
//! each with a timely `Worker` of its own. A node of the layout has an *instance* on each worker, a Go value behind a handle, that only this worker calls.
//!
//! *Batches.* What timely moves are [`GoBatch`]es: a number of records that its progress tracking counts, and the handle of a Go slice. The slice stays in Go. The one who has the `GoBatch`
//! owns the slice: a call that takes the last one tells Go so, and Go uses the memory again; one that is dropped otherwise is put on a list, which goes to Go with many at once. Where a
//! stream goes to several nodes the `GoBatch` is cloned, and all of them read the same slice; Go never writes to a batch that was given out.
//!
//! *Crossings.* One for each batch and node, none for each message. A partition function is called in Go for the whole batch, too, which comes back in one piece for each worker. A piece for a
//! worker of this process travels as it is. One for another process is encoded once by the type's codec, when timely asks for its bytes, and is decoded when the first node reads it.
//!
//! *Counting.* The count of a `GoBatch` is fixed when it is sent, and travels with its bytes. What Go skips is made up for by an empty batch with a count, so that what timely sees
//! consumed is what it saw produced. Only a failure that stops the program breaks this, and then nobody waits for progress any more.
//!
//! *Time.* A timestamp is a number that each source raises after some batches, and means nothing to the user. It is there for back-pressure: a source waits while what it has sent some times ago has
//! not passed all sinks ([`flow`](crate)). An end of input reaches a node when no source of any worker can send it anything more.
//!
//! *Waiting.* A worker with nothing to do steps out of the fast lane and parks there. It is woken by timely, when something arrives, or by Go, when a source has something.
//!
//! *Ending.* A worker ends when its dataflow is complete on all workers. If anything fails whose policy is to stop, the first failure is kept, all workers of the process leave at their next step, and
//! the other processes are told through a connection of its own beside timely's; so they are when a process dies.

#![warn(missing_docs)]

mod batch;
mod boundary;
pub mod build;
mod cluster;
mod context;
mod counters;
mod error;
mod flow;
mod layout;
mod operators;
mod options;
mod run;
mod status;
mod stop;
mod worker;

pub use batch::GoBatch;
pub use boundary::Program;
pub use build::{Application, GoType, Message, Out};
pub use error::EngineError;
pub use layout::{Kind, Layout, Node};
pub use run::run;
pub use status::{NodeReport, Report};
