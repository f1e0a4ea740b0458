//! `#[shared]` on a parameter: all items of a batch get the same.

use super::parser::Parser;
use crate::diagnostic::BATCH;
use syn::spanned::Spanned;

impl Parser<'_> {
    /// Is the parameter marked `#[shared]`?
    pub(super) fn shared(&mut self, attrs: &[syn::Attribute]) -> bool {
        let Some(attr) = attrs.iter().find(|attr| attr.path().is_ident("shared")) else { return false };
        if !matches!(attr.meta, syn::Meta::Path(_)) {
            let mistake = self
                .at(BATCH, attr.span(), "`#[shared]` takes no arguments")
                .label("here")
                .help("write `#[shared]`");
            self.mistake(mistake);
        }
        true
    }
}
