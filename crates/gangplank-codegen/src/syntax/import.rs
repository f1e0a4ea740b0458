//! `#[import]` traits.

use super::attribute::Attribute;
use super::parser::Parser;
use super::signature::function_tokens;
use crate::diagnostic::{Diagnostic, RECEIVER, TRAIT_SHAPE};
use crate::ir::{FileId, Function, Import, Options, signature_hash};
use quote::quote;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// Parses an imported trait as its macro sees it: without the crate around it.
///
/// # Errors
/// All mistakes that show in the trait itself. See [`crate::check::check_import_alone`] for the rest.
pub fn parse_import_trait(item: &syn::ItemTrait, file: FileId) -> Result<Import, Vec<Diagnostic>> {
    let mut parser = Parser::alone(file);
    let import = parser.import_trait(item);
    parser.finish(import)
}

impl Parser<'_> {
    pub(super) fn import_trait(&mut self, item: &syn::ItemTrait) -> Import {
        self.check_condition(&item.attrs, "a trait");
        self.generics(&item.generics);
        for (there, span, what) in [
            (item.unsafety.is_some(), item.unsafety.span(), "unsafe"),
            (item.auto_token.is_some(), item.auto_token.span(), "an auto trait"),
        ] {
            if there {
                let mistake =
                    self.at(TRAIT_SHAPE, span, format!("an imported trait cannot be {what}")).label("here");
                self.mistake(
                    mistake.help("remove it: Go implements the trait, and Go makes no such promise"),
                );
            }
        }
        for bound in &item.supertraits {
            self.supertrait(bound);
        }
        let head = self.head(&item.ident, &item.attrs);
        let methods: Vec<Function> = item.items.iter().filter_map(|part| self.trait_item(part)).collect();
        if item.items.is_empty() {
            let mistake = self
                .at(TRAIT_SHAPE, item.ident.span(), format!("the trait `{}` has no methods", head.name))
                .label("nothing to call")
                .help("add a method, or remove `#[gangplank::import]`");
            self.mistake(mistake);
        }
        let name = item.ident.unraw();
        let signatures = item.items.iter().filter_map(|part| match part {
            syn::TraitItem::Fn(method) => Some(function_tokens(&method.sig)),
            _ => None,
        });
        let hash = signature_hash(quote!(trait #name { #(#signatures;)* }));
        Import { head, methods, hash, options: Options::default() }
    }

    /// Only what every implementation has anyhow.
    fn supertrait(&mut self, bound: &syn::TypeParamBound) {
        let allowed = match bound {
            syn::TypeParamBound::Lifetime(lifetime) => lifetime.ident == "static",
            syn::TypeParamBound::Trait(bound) => {
                bound.path.segments.last().is_some_and(|last| last.ident == "Send" || last.ident == "Sync")
            }
            _ => false,
        };
        if !allowed {
            let mistake = self
                .at(TRAIT_SHAPE, bound.span(), "an imported trait may only ask for Send, Sync and 'static")
                .label("Go cannot implement this one")
                .help("remove it, or write a Rust trait on top and implement it for the imported one");
            self.mistake(mistake);
        }
    }

    fn trait_item(&mut self, item: &syn::TraitItem) -> Option<Function> {
        let (what, help) = match item {
            syn::TraitItem::Fn(method) => return Some(self.method(method)),
            syn::TraitItem::Type(_) => ("an associated type", "name the type itself in the methods"),
            syn::TraitItem::Const(_) => {
                ("an associated constant", "make it a method, or a constant beside the trait")
            }
            _ => ("such an item", "write the methods out"),
        };
        let mistake = self
            .at(TRAIT_SHAPE, item.span(), format!("an imported trait cannot have {what}"))
            .label("Go's interfaces have only methods")
            .help(help);
        self.mistake(mistake);
        None
    }

    fn method(&mut self, method: &syn::TraitItemFn) -> Function {
        self.check_condition(&method.attrs, "a method");
        let outer = (self.bound.len(), self.lifetimes.len());
        if let Some(body) = &method.default {
            let mistake = self
                .at(TRAIT_SHAPE, body.brace_token.span.open(), format!("`{}` has a body", method.sig.ident))
                .label("Go implements every method")
                .help("end it with `;`, or move it to an ordinary trait on top of this one");
            self.mistake(mistake);
        }
        let mut parsed = self.function(&method.sig, &method.attrs);
        parsed.options = self.method_options(&method.attrs, Attribute::Import);
        self.method_receiver(&method.sig);
        self.bound.truncate(outer.0);
        self.lifetimes.truncate(outer.1);
        parsed
    }

    fn method_receiver(&mut self, sig: &syn::Signature) {
        let (span, label) = match sig.inputs.first() {
            Some(syn::FnArg::Receiver(receiver)) => {
                if let Some((_, Some(lifetime))) = &receiver.reference {
                    self.lifetime(lifetime);
                }
                match (&receiver.reference, receiver.mutability, &receiver.colon_token) {
                    (Some(_), None, None) => return,
                    (Some(_), Some(_), None) => {
                        (receiver.span(), "Go's values are shared: nobody can lend this one exclusively")
                    }
                    _ => (receiver.span(), "the value stays in Go: it cannot be moved here"),
                }
            }
            _ => (sig.ident.span(), "no receiver"),
        };
        let mistake = self
            .at(RECEIVER, span, format!("the method `{}` must take `&self`", sig.ident))
            .label(label)
            .help("write `&self` as the first parameter");
        self.mistake(mistake);
    }
}
