//! The fast lane (clause 9): native code that Go called without leaving the goroutine, and its way back into Go.
//!
//! ```text
//! thread stack, during a callback
//!   runtime's frames of this thread
//!   fastcall: Context           <- CURRENT while Rust runs
//!   serve, user's function
//!   Call
//!   fastcall: record            Go runs on the goroutine's stack; CURRENT is idle
//! ```
//! `CURRENT` names the entry whose native code this thread is running. Everything that calls Go asks it: with an entry a call goes through its context, without one
//! through cgo. In Go's hands it is idle: an ordinary call into Rust from there may use cgo, and the thread cannot be another goroutine's meanwhile, since fastcall has locked it.
//!
//! | who | how it calls Go inside an entry |
//! | --- | --- |
//! | a method of a fast trait, whose package made the entry | its callback |
//! | everything else | the callback `outside`: Go makes an ordinary cgo call of a Rust function, and that one may do anything |
//!
//! So no call depends on the lane but in its price, and a function that waits does so without holding the scheduler.

mod brief;
mod checkpoint;
mod context;
mod entry;
mod methods;
mod outside;
mod registry;

pub use brief::brief;
pub use checkpoint::{CheckpointExt, Checkpointed, checkpoint};
pub(crate) use context::{Context, Entry, current};
pub(crate) use entry::inhabit;
pub use entry::{Words, drain, enter, is_returned, leaf};
pub use methods::register_methods;
pub(crate) use methods::{Methods, call};
pub(crate) use outside::outside;
pub(crate) use registry::{Host, host};
