//! `#[object]` structs and traits: what stays in Rust, and is known to Go by a handle.

use super::parser::Parser;
use super::signature::object_hash;
use crate::diagnostic::{Diagnostic, RECEIVER, TRAIT_SHAPE};
use crate::ir::{FileId, Function, Object};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// Parses a struct as its macro sees it: without the crate around it, and so without its methods.
///
/// # Errors
/// All mistakes that show in the struct itself. See [`crate::check::check_object_alone`] for the rest.
pub fn parse_object_struct(item: &syn::ItemStruct, file: FileId) -> Result<Object, Vec<Diagnostic>> {
    let mut parser = Parser::alone(file);
    let object = parser.object_struct(item);
    parser.finish(object)
}

/// Parses a trait as its macro sees it: without the crate around it.
///
/// # Errors
/// All mistakes that show in the trait itself. See [`crate::check::check_object_alone`] for the rest.
pub fn parse_object_trait(item: &syn::ItemTrait, file: FileId) -> Result<Object, Vec<Diagnostic>> {
    let mut parser = Parser::alone(file);
    let object = parser.object_trait(item);
    parser.finish(object)
}

impl Parser<'_> {
    /// Its fields are nobody's concern: they stay.
    pub(super) fn object_struct(&mut self, item: &syn::ItemStruct) -> Object {
        self.check_condition(&item.attrs, "a struct");
        self.generics(&item.generics);
        let head = self.head(&item.ident, &item.attrs);
        self.known_name(&head);
        let hash = object_hash("struct", &head.name);
        Object { head, is_trait: false, methods: Vec::new(), hash }
    }

    pub(super) fn object_trait(&mut self, item: &syn::ItemTrait) -> Object {
        self.check_condition(&item.attrs, "a trait");
        self.generics(&item.generics);
        for (there, span, what) in [
            (item.unsafety.is_some(), item.unsafety.span(), "unsafe"),
            (item.auto_token.is_some(), item.auto_token.span(), "an auto trait"),
        ] {
            if there {
                let mistake = self.at(TRAIT_SHAPE, span, format!("a trait of objects cannot be {what}"));
                self.mistake(mistake.label("here").help("remove it"));
            }
        }
        let head = self.head(&item.ident, &item.attrs);
        self.known_name(&head);
        let owner = item.ident.unraw().to_string();
        let methods = item.items.iter().filter_map(|part| self.object_trait_item(&owner, part)).collect();
        let hash = object_hash("trait", &head.name);
        Object { head, is_trait: true, methods, hash }
    }

    fn object_trait_item(&mut self, owner: &str, item: &syn::TraitItem) -> Option<Function> {
        let (what, help) = match item {
            syn::TraitItem::Fn(method) => return self.object_trait_method(owner, method),
            syn::TraitItem::Type(_) => ("an associated type", "name the type itself in the methods"),
            syn::TraitItem::Const(_) => {
                ("an associated constant", "make it a method, or a constant beside the trait")
            }
            _ => ("such an item", "write the methods out"),
        };
        let mistake = self
            .at(TRAIT_SHAPE, item.span(), format!("a trait of objects cannot have {what}"))
            .label("`dyn` would not know it")
            .help(help);
        self.mistake(mistake);
        None
    }

    fn object_trait_method(&mut self, owner: &str, method: &syn::TraitItemFn) -> Option<Function> {
        if self.skipped(&method.attrs) {
            return None;
        }
        if !is_shared(&method.sig) {
            let (span, label) = match method.sig.receiver() {
                Some(receiver) => (receiver.span(), "Go's handles share the value"),
                None => (method.sig.ident.span(), "no receiver"),
            };
            let mistake = self
                .at(RECEIVER, span, format!("the method `{}` must take `&self`", method.sig.ident))
                .label(label)
                .help("write `&self` as the first parameter, or keep the method from Go with `#[go(skip)]`");
            self.mistake(mistake);
            return None;
        }
        Some(self.method_of(owner, true, &method.sig, &method.attrs))
    }
}

/// Does it take `&self`?
fn is_shared(sig: &syn::Signature) -> bool {
    sig.receiver().is_some_and(|receiver| {
        receiver.reference.is_some() && receiver.mutability.is_none() && receiver.colon_token.is_none()
    })
}
