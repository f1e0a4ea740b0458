//! Calling Go: the table of an imported trait, a call, and who answers it.
//!
//! Imports resolve through tables that Go registers at start, not through symbols, so that a crate links and is tested without Go.

mod call;
mod ending;
mod go_ref;
pub(crate) mod goexit;
mod host;
mod instance;
mod registry;
mod stack;
mod table;

pub(crate) use call::malformed;
pub use call::{Answer, Call, FromGo, Hint, Input};
pub use go_ref::{GoRef, ONLY_A_GO_REF};
pub use host::set_host_start;
pub(crate) use host::start;
pub use instance::{Instance, hold as hold_instance, skip as skip_instance};
pub use registry::{Import, Imported, Registration, Slot, imported, register};
pub(crate) use stack::{Resume, call_here};
pub use table::{Shim, Table};
