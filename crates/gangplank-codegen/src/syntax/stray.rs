//! Attributes where nothing can cross: inside functions, on methods.

use super::attribute::{Attribute, misplaced};
use super::collect::{attributes, bridging};
use super::scope::Scope;
use super::strip::{strip_impl_attributes, strip_trait_attributes};
use crate::diagnostic::{Diagnostic, INSIDE_FUNCTION};
use crate::ir::FileId;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Looks into an item for attributes that the walk over modules does not meet.
pub(super) struct Strays<'a> {
    scope: Scope<'a>,
    file: FileId,
    found: Vec<Diagnostic>,
}

impl<'a> Strays<'a> {
    /// All mistakes inside the item, not of the item itself.
    pub(super) fn inside(item: &syn::Item, scope: Scope<'a>, file: FileId) -> Vec<Diagnostic> {
        let mut strays = Strays { scope, file, found: Vec::new() };
        match item {
            syn::Item::Mod(_) => {}
            syn::Item::Trait(of) if strays.marked(&of.attrs, &[Attribute::Import, Attribute::Object]) => {
                // `#[import(..)]` on its methods belongs there.
                let mut of = of.clone();
                strip_trait_attributes(&mut of);
                visit::visit_item_trait(&mut strays, &of);
            }
            syn::Item::Impl(of) if strays.marked(&of.attrs, &[Attribute::Object]) => {
                let mut of = of.clone();
                strip_impl_attributes(&mut of);
                visit::visit_item_impl(&mut strays, &of);
            }
            item => visit::visit_item(&mut strays, item),
        }
        strays.found
    }

    fn crossing(&self, attrs: &[syn::Attribute]) -> Option<(Attribute, Span)> {
        attrs.iter().find_map(|attr| Some((bridging(self.scope, attr)?, attr.span())))
    }

    fn marked(&self, attrs: &[syn::Attribute], wanted: &[Attribute]) -> bool {
        self.crossing(attrs).is_some_and(|(attribute, _)| wanted.contains(&attribute))
    }

    fn method(&mut self, attrs: &[syn::Attribute], name: &syn::Ident) {
        if let Some((attribute, _)) = self.crossing(attrs) {
            self.found.push(misplaced(attribute, "a method", name.span(), self.file));
        }
    }
}

impl<'ast> Visit<'ast> for Strays<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if let Some((attribute, span)) = attributes(item).and_then(|attrs| self.crossing(attrs)) {
            let message = format!(
                "`#[gangplank::{}]` inside a function: nothing outside can reach it",
                attribute.name()
            );
            self.found.push(
                Diagnostic::new(INSIDE_FUNCTION, self.file, span, message)
                    .label("inside a function")
                    .help("move the item out, to the module"),
            );
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, method: &'ast syn::ImplItemFn) {
        self.method(&method.attrs, &method.sig.ident);
        visit::visit_impl_item_fn(self, method);
    }

    fn visit_trait_item_fn(&mut self, method: &'ast syn::TraitItemFn) {
        self.method(&method.attrs, &method.sig.ident);
        visit::visit_trait_item_fn(self, method);
    }
}
