//! Types.

use super::known::{self, Refusal};
use super::parser::Parser;
use super::spelled::spelled;
use crate::diagnostic::*;
use crate::ir::{FileId, Type, TypeKind};
use proc_macro2::Span;
use syn::spanned::Spanned;

/// Parses a type of which nothing but its words is known.
///
/// A type of the user's is [`TypeKind::Named`] with its last word, and so is an alias: only
/// [`parse_crate`](super::parse_crate) sees through one. `Result<T>` with one argument is a [`TypeKind::Result`] whose
/// error is `Named("")`.
///
/// # Errors
/// All mistakes in it.
pub fn parse_type(ty: &syn::Type) -> Result<Type, Vec<Diagnostic>> {
    let mut parser = Parser::alone(FileId::default());
    let ty = parser.ty(ty);
    parser.finish(ty)
}

impl Parser<'_> {
    /// A type; one with a mistake is noted and becomes the unknown type.
    pub(super) fn ty(&mut self, ty: &syn::Type) -> Type {
        match ty {
            syn::Type::Group(inner) => self.ty(&inner.elem),
            syn::Type::Paren(inner) => self.ty(&inner.elem),
            syn::Type::Path(path) => self.path(path),
            syn::Type::Reference(reference) => self.reference(reference),
            syn::Type::Tuple(tuple) => self.tuple(tuple),
            syn::Type::Array(array) => self.array(array),
            syn::Type::Slice(_) => {
                self.refuse(ty, UNSUPPORTED_TYPE, "its size is not known", "take `&[T]`, return `Vec<T>`")
            }
            syn::Type::BareFn(_) => self.refused(ty, &known::FUNCTION),
            syn::Type::TraitObject(object) => self.trait_object(ty, &object.bounds),
            syn::Type::ImplTrait(any) => self.impl_trait(ty, &any.bounds),
            syn::Type::Ptr(_) => self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "addresses mean nothing in Go",
                "pass the value, or a number that stands for it",
            ),
            syn::Type::Never(_) => {
                self.refuse(ty, UNSUPPORTED_TYPE, "it has no values", "leave the result out")
            }
            syn::Type::Infer(_) => self.refuse(ty, UNSUPPORTED_TYPE, "nothing is written", "write the type"),
            _ => self.refuse(ty, UNSUPPORTED_TYPE, "it cannot be read", "write the type out"),
        }
    }

    pub(super) fn make(&self, kind: TypeKind, span: Span) -> Type {
        Type { kind, span: self.used_at.unwrap_or(span) }
    }

    pub(super) fn refuse(&mut self, ty: &syn::Type, code: Code, why: &str, help: &str) -> Type {
        let message = format!("the type `{}` does not cross", spelled(ty));
        let mistake = self.at(code, ty.span(), message).label(why).help(help);
        self.mistake(mistake);
        self.unknown(ty.span())
    }

    pub(super) fn refused(&mut self, ty: &syn::Type, refusal: &Refusal) -> Type {
        self.refuse(ty, refusal.code, refusal.why, refusal.help)
    }

    fn tuple(&mut self, tuple: &syn::TypeTuple) -> Type {
        let span = tuple.span();
        match tuple.elems.len() {
            0 => self.make(TypeKind::Unit, span),
            1 => {
                let mistake = self
                    .at(TUPLE_LENGTH, span, "a tuple of one has no form in Go")
                    .label("one field")
                    .help("write the type itself");
                self.mistake(mistake);
                self.unknown(span)
            }
            _ => {
                let parts = tuple.elems.iter().map(|part| self.ty(part)).collect();
                self.make(TypeKind::Tuple(parts), span)
            }
        }
    }

    fn array(&mut self, array: &syn::TypeArray) -> Type {
        let item = self.ty(&array.elem);
        match literal(&array.len) {
            Some(length) => self.make(TypeKind::Array(Box::new(item), length), array.span()),
            None => {
                let mistake = self
                    .at(
                        ARRAY_LENGTH,
                        array.len.span(),
                        "the length of an array that crosses is written as a number",
                    )
                    .label("cannot be computed here")
                    .help("write the number, or use a `Vec`");
                self.mistake(mistake);
                self.unknown(array.span())
            }
        }
    }

    fn reference(&mut self, reference: &syn::TypeReference) -> Type {
        let span = reference.span();
        if let Some(lifetime) = &reference.lifetime {
            self.lifetime(lifetime);
        }
        if reference.mutability.is_some() {
            return self.exclusive(reference);
        }
        match peel(&reference.elem) {
            syn::Type::Slice(slice) => {
                let item = self.ty(&slice.elem);
                self.make(TypeKind::Slice(Box::new(item)), span)
            }
            syn::Type::Path(path) if path.qself.is_none() && path.path.is_ident("str") => {
                self.make(TypeKind::Str, span)
            }
            elem => {
                let inner = self.ty(elem);
                // An alias may stand for `str` or a slice, but not alone: then it is refused already.
                self.make(TypeKind::Ref(Box::new(inner)), span)
            }
        }
    }

    /// Only `'static` and `'_` may be written; an alias has its own.
    pub(super) fn lifetime(&mut self, lifetime: &syn::Lifetime) {
        let allowed = lifetime.ident == "static" || lifetime.ident == "_" || self.used_at.is_some();
        if !allowed && !self.lifetimes.contains(lifetime) {
            let mistake = self
                .at(LIFETIME, lifetime.span(), format!("the lifetime `{lifetime}` does not cross"))
                .label("named lifetime")
                .help("leave it out: what is borrowed lives as long as the call");
            self.mistake(mistake);
        }
    }

    /// `&mut T`: only of what may be an object, a function or a trait's.
    fn exclusive(&mut self, reference: &syn::TypeReference) -> Type {
        let span = reference.span();
        let known_value = match peel(&reference.elem) {
            syn::Type::Path(path) if path.qself.is_none() && path.path.is_ident("str") => true,
            syn::Type::Slice(_) => true,
            _ => false,
        };
        let inner = if known_value { self.unknown(span) } else { self.ty(&reference.elem) };
        let may = matches!(inner.kind, TypeKind::Named(_) | TypeKind::Dyn(_) | TypeKind::Function(_));
        if known_value || !may {
            let mistake = self
                .at(REFERENCE, span, EXCLUSIVE)
                .label("`&mut`")
                .help("take the value, and return the changed one");
            self.mistake(mistake);
            return self.unknown(span);
        }
        self.make(TypeKind::RefMut(Box::new(inner)), span)
    }
}

/// What to say of `&mut` of a value that is copied.
pub(crate) const EXCLUSIVE: &str = "an exclusive reference does not cross: the other side keeps its own copy";

/// What stands inside parentheses and a macro's groups.
pub(super) fn peel(ty: &syn::Type) -> &syn::Type {
    match ty {
        syn::Type::Group(inner) => peel(&inner.elem),
        syn::Type::Paren(inner) => peel(&inner.elem),
        _ => ty,
    }
}

fn literal(length: &syn::Expr) -> Option<usize> {
    match length {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => number.base10_parse().ok(),
        syn::Expr::Group(inner) => literal(&inner.expr),
        syn::Expr::Paren(inner) => literal(&inner.expr),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{AnyError, Number};

    fn kind(text: &str) -> TypeKind {
        parse_type(&syn::parse_str(text).unwrap())
            .unwrap_or_else(|found| panic!("{text}: {}", found[0].message))
            .kind
    }

    #[test]
    fn sequences() {
        use crate::ir::{SequenceForm::*, SequenceKind::*};
        let parts = |text| match kind(text) {
            TypeKind::Sequence(of) => (of.form, of.kind, of.send, of.owned),
            TypeKind::Box(inner) => {
                let of = inner.as_sequence().expect(text);
                (of.form, of.kind, of.send, of.owned)
            }
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(parts("impl Iterator<Item = u8> + Send"), (Impl, Iterator, true, false));
        assert_eq!(
            parts("impl Iterator<Item = Result<u8, String>> + 'static"),
            (Impl, Iterator, false, true)
        );
        assert_eq!(parts("impl futures_core::Stream<Item = Hit> + Send + use<>"), (Impl, Stream, true, true));
        assert_eq!(parts("Box<dyn Iterator<Item = u8> + Send>"), (Dyn, Iterator, true, true));
        assert_eq!(parts("std::pin::Pin<Box<dyn Stream<Item = u8> + Send>>"), (Dyn, Stream, true, true));
        assert_eq!(parts("gangplank::GoIter<Result<u8, GoError>>"), (Go, Iterator, true, true));
        assert_eq!(parts("GoStream<Vec<u8>>"), (Go, Stream, true, true));
    }

    #[test]
    fn every_kind() {
        let number = |n| Type::new(TypeKind::Number(n));
        assert_eq!(kind("()"), TypeKind::Unit);
        assert_eq!(kind("(bool)"), TypeKind::Bool);
        assert_eq!(kind("std::string::String"), TypeKind::String);
        assert_eq!(kind("&'static str"), TypeKind::Str);
        assert_eq!(kind("&[u8]"), TypeKind::Slice(Box::new(number(Number::U8))));
        assert!(matches!(kind("&Hit"), TypeKind::Ref(_)));
        assert!(matches!(kind("[f64; 0x10]"), TypeKind::Array(_, 16)));
        assert!(matches!(kind("Result<(), crate::model::Failed>"), TypeKind::Result(_, _)));
        assert!(matches!(kind("collections::BTreeMap<String, Vec<u8>>"), TypeKind::BTreeMap(_, _)));
        assert!(matches!(kind("gangplank::Error"), TypeKind::Error(AnyError::Rust)));
        assert!(matches!(kind("GoError"), TypeKind::Error(AnyError::Go)));
        assert!(matches!(kind("Duration"), TypeKind::Duration));
        assert_eq!(kind("Path"), TypeKind::Named("Path".into()));
        assert_eq!(kind("crate::model::Hit"), TypeKind::Named("Hit".into()));
    }
}
