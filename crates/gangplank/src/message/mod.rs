//! Messages (clause 5): compound values as a sequence of bytes.

mod passed;
mod reader;
mod writer;

pub use passed::Passed;
pub(crate) use reader::utf8;
pub use reader::{Malformed, Reader};
pub(crate) use writer::Mark;
pub use writer::Writer;

/// How deep values may nest through `Box`, lists and maps (clause 5.10): a thread's stack must hold the recursion.
pub const DEEPEST: usize = 1000;
