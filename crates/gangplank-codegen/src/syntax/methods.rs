//! `#[object]` impl blocks: the constructors, functions and methods of an object.
//!
//! What crosses is what is `pub`, and not marked `#[go(skip)]`.

use super::attribute::Attribute;
use super::parser::Parser;
use super::scope::{Meaning, Path};
use super::signature::method_tokens;
use super::ty::peel;
use crate::diagnostic::{CONSTRUCTOR, Diagnostic, GO_ATTRIBUTE, OBJECT_IMPL, RECEIVER};
use crate::ir::{FileId, Function, Param, Receiver, Type, TypeKind, signature_hash};
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// Parses an impl block as its macro sees it: what of it crosses, in source order, each found again by its name.
///
/// # Errors
/// All mistakes that show in the block itself. See [`crate::check::check_methods_alone`] for the rest.
pub fn parse_object_impl(item: &syn::ItemImpl, file: FileId) -> Result<Vec<Function>, Vec<Diagnostic>> {
    let mut parser = Parser::alone(file);
    let methods = parser.object_impl(item).map_or_else(Vec::new, |methods| methods.functions);
    parser.finish(methods)
}

/// What an impl block brings to its object.
pub(super) struct Methods {
    /// The object's Rust name.
    pub owner: String,
    pub functions: Vec<Function>,
    /// Where the object is named.
    pub span: Span,
    pub file: FileId,
}

impl Parser<'_> {
    /// `None` if it cannot be said whose it is.
    pub(super) fn object_impl(&mut self, item: &syn::ItemImpl) -> Option<Methods> {
        self.check_condition(&item.attrs, "an impl block");
        self.no_borrow(&item.attrs);
        if let Some(attr) = item.attrs.iter().find(|attr| attr.path().is_ident("go")) {
            let mistake = self
                .at(GO_ATTRIBUTE, attr.span(), "`#[go(..)]` on an impl block means nothing")
                .label("Go sees one type")
                .help("put it on the struct");
            self.mistake(mistake);
        }
        if let Some((_, path, _)) = &item.trait_ {
            let mistake = self
                .at(OBJECT_IMPL, path.span(), "an object's methods stand in an impl block without a trait")
                .label("of a trait")
                .help("put `#[gangplank::object]` on `impl Type { .. }`, and call the trait's methods from there");
            self.mistake(mistake);
            return None;
        }
        self.generics(&item.generics);
        let owner = self.impl_owner(&item.self_ty)?;
        let mut functions = Vec::new();
        for part in &item.items {
            let syn::ImplItem::Fn(method) = part else { continue };
            if self.crosses(method) {
                let mut function = self.method_of(&owner, false, &method.sig, &method.attrs);
                function.constructor = self.constructor(&method.attrs, &function);
                function.body = super::waits::body(&method.block);
                functions.push(function);
            }
        }
        self.bound.clear();
        self.lifetimes.clear();
        Some(Methods { owner, functions, span: item.self_ty.span(), file: self.file })
    }

    fn impl_owner(&mut self, ty: &syn::Type) -> Option<String> {
        let (label, help) = match peel(ty) {
            syn::Type::Path(path) if path.qself.is_none() => {
                let last = path.path.segments.last()?;
                let segments =
                    path.path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
                let words = Path { global: path.path.leading_colon.is_some(), segments };
                match self.scope.meaning(&words, !last.arguments.is_none()) {
                    Meaning::Named(name) => return Some(name),
                    Meaning::Unmarked { name, file, span } => {
                        let mistake = self.no_object(&name, ty.span());
                        self.mistake(mistake.other(file, span, "declared here"));
                        return None;
                    }
                    Meaning::Alias(..) => ("an alias", "write the type's own name"),
                    _ => ("not a type of this crate", "wrap it in a struct of this crate"),
                }
            }
            _ => ("not a struct", "put `#[gangplank::object]` on the impl block of a struct"),
        };
        let mistake = self
            .at(OBJECT_IMPL, ty.span(), "an object's methods stand in the impl block of its own type")
            .label(label)
            .help(help);
        self.mistake(mistake);
        None
    }

    /// The mistake of methods without an object.
    pub(super) fn no_object(&self, name: &str, span: Span) -> Diagnostic {
        self.at(OBJECT_IMPL, span, format!("`{name}` is no object: its struct is not marked"))
            .label("has methods for Go")
            .help("put `#[gangplank::object]` on the struct too")
    }

    /// Does the function cross? What says something to Go and does not is a mistake.
    fn crosses(&mut self, method: &syn::ImplItemFn) -> bool {
        if self.skipped(&method.attrs) {
            return false;
        }
        if matches!(method.vis, syn::Visibility::Public(_)) {
            return true;
        }
        let name = &method.sig.ident;
        for attr in &method.attrs {
            let code = match () {
                () if attr.path().is_ident("constructor") => CONSTRUCTOR,
                () if attr.path().is_ident("go") => GO_ATTRIBUTE,
                () => continue,
            };
            let mistake = self
                .at(code, attr.span(), format!("`{name}` is not `pub`, so Go never sees it"))
                .label("says nothing to anybody")
                .help(format!("write `pub fn {name}`, or remove the attribute"));
            self.mistake(mistake);
        }
        false
    }

    /// A function of an object, with its receiver as the first parameter.
    pub(super) fn method_of(
        &mut self,
        owner: &str,
        is_trait: bool,
        sig: &syn::Signature,
        attrs: &[syn::Attribute],
    ) -> Function {
        self.check_condition(attrs, "a method");
        let outer = (self.bound.len(), self.lifetimes.len());
        // `Self` of a trait is whoever implements it.
        self.owner = (!is_trait).then(|| owner.to_owned());
        let mut function = self.function(sig, attrs);
        self.owner = None;
        function.owner = Some(owner.to_owned());
        function.options = self.method_options(attrs, Attribute::Export);
        if let Some(receiver) = sig.receiver() {
            let kind = if is_trait { TypeKind::Dyn } else { TypeKind::Named };
            let object = Type { kind: kind(owner.to_owned()), span: receiver.span() };
            if let Some((how, ty)) = self.receiver(receiver, object) {
                function.receiver = Some(how);
                let span = receiver.self_token.span();
                function
                    .params
                    .insert(0, Param { name: "self".to_owned(), ty, borrow: false, shared: false, span });
            }
        }
        function.hash = signature_hash(method_tokens(owner, sig));
        self.bound.truncate(outer.0);
        self.lifetimes.truncate(outer.1);
        function
    }

    /// `&self`, `&mut self`, `self` and `self: Arc<Self>`.
    fn receiver(&mut self, receiver: &syn::Receiver, object: Type) -> Option<(Receiver, Type)> {
        self.borrow(&receiver.attrs);
        let span = object.span;
        let make = |kind: fn(Box<Type>) -> TypeKind, object| Type { kind: kind(Box::new(object)), span };
        if receiver.colon_token.is_none() {
            if let Some((_, Some(lifetime))) = &receiver.reference {
                self.lifetime(lifetime);
            }
            return Some(match (&receiver.reference, receiver.mutability) {
                (Some(_), None) => (Receiver::Ref, make(TypeKind::Ref, object)),
                (Some(_), Some(_)) => (Receiver::Mut, make(TypeKind::RefMut, object)),
                (None, _) => (Receiver::Value, object),
            });
        }
        if is_arc_of_self(&receiver.ty) {
            return Some((Receiver::Ref, make(TypeKind::Arc, object)));
        }
        let mistake = self
            .at(RECEIVER, span, "a receiver that Go cannot call a method with")
            .label("here")
            .help("write `&self`, `&mut self`, `self` or `self: Arc<Self>`");
        self.mistake(mistake);
        None
    }
}

fn is_arc_of_self(ty: &syn::Type) -> bool {
    let syn::Type::Path(path) = peel(ty) else { return false };
    let Some(last) = path.path.segments.last().filter(|last| last.ident == "Arc") else { return false };
    let syn::PathArguments::AngleBracketed(list) = &last.arguments else { return false };
    let mut arguments = list.args.iter();
    match (arguments.next(), arguments.next()) {
        (Some(syn::GenericArgument::Type(syn::Type::Path(inner))), None) => inner.path.is_ident("Self"),
        _ => false,
    }
}
