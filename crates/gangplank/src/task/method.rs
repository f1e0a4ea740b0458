//! What is known of an async method of Go before it is called. It stands in a constant, so that the future of a call holds one word for it.

use super::post::Post;
use crate::frame::{BEHIND_CALL, has_message, stride_from};
use crate::import::Table;
use crate::value::Class;

/// An async method of an imported trait, or a Go function that is called like one.
pub struct AsyncMethod {
    /// None: a function value, which the call holds.
    pub(super) of: Option<(&'static Table, usize)>,
    /// How it is called in messages.
    pub(super) name: &'static str,
    pub(super) classes: &'static [Class],
    /// May it take longer? Otherwise it runs in the shim.
    pub(super) blocks: bool,
    /// Where it may be posted.
    pub(super) post: Option<&'static Post>,
    /// Words of its frame.
    pub(super) stride: usize,
    pub(super) has_message: bool,
    pub(super) has_spans: bool,
}

impl AsyncMethod {
    /// A method of a trait.
    pub const fn new(
        of: (&'static Table, usize),
        name: &'static str,
        classes: &'static [Class],
        blocks: bool,
        post: &'static Post,
    ) -> AsyncMethod {
        AsyncMethod { of: Some(of), blocks, post: Some(post), ..AsyncMethod::function(name, classes) }
    }

    /// A function value (clause 8.7).
    pub(crate) const fn function(name: &'static str, classes: &'static [Class]) -> AsyncMethod {
        let mut has_spans = false;
        let mut i = 0;
        while i < classes.len() {
            has_spans |= matches!(classes[i], Class::Span);
            i += 1;
        }
        AsyncMethod {
            of: None,
            name,
            classes,
            blocks: true,
            post: None,
            stride: stride_from(BEHIND_CALL, classes),
            has_message: has_message(classes),
            has_spans,
        }
    }

    /// Words of the arguments that are no message.
    #[inline]
    pub(super) const fn words(&self) -> usize {
        self.stride - BEHIND_CALL - if self.has_message { 2 } else { 0 }
    }
}
