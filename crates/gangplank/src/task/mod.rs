//! Calls that wait without a thread.
//!
//! | file | what stands in it |
//! | --- | --- |
//! | `calling.rs` | the future of an async method of Go |
//! | `outgoing.rs` | its arguments, until Go has taken them over |
//! | `waiting.rs` | calls whose results come later: states, and who may do what |
//! | `settle.rs` | results that come, many at once |
//! | `cancel.rs` | calls that nobody waits for any more |

mod calling;
mod cancel;
mod outgoing;
mod settle;
mod waiting;

pub use calling::Calling;
pub(crate) use calling::function as call_function;
#[doc(hidden)]
pub use calling::method;
#[doc(hidden)]
pub use outgoing::Outgoing;
