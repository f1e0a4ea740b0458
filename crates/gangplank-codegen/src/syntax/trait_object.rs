//! `dyn Fn(A) -> B`, `dyn Iterator<Item = A>` and `dyn Trait`.

use super::known;
use super::parser::Parser;
use super::scope::{Meaning, Path};
use crate::diagnostic::*;
use crate::ir::{FunctionKind, FunctionType, SequenceForm, Type, TypeKind};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Token, TypeParamBound};

pub(super) type Bounds = Punctuated<TypeParamBound, Token![+]>;

/// The bounds of a `dyn`, taken apart.
#[derive(Default)]
struct Taken<'t> {
    main: Option<&'t syn::TraitBound>,
    send: bool,
    sync: bool,
}

impl Parser<'_> {
    /// `dyn A + Send + Sync + 'static`. What it stands behind is looked at by the checks.
    pub(super) fn trait_object(&mut self, ty: &syn::Type, bounds: &Bounds) -> Type {
        let mut taken = Taken::default();
        for bound in bounds {
            match bound {
                TypeParamBound::Lifetime(lifetime) => self.lifetime(lifetime),
                TypeParamBound::Trait(bound) => {
                    let name = bound.path.segments.last().map(|last| last.ident.to_string());
                    match (name.as_deref(), taken.main) {
                        (Some("Send"), _) => taken.send = true,
                        (Some("Sync"), _) => taken.sync = true,
                        (Some("Unpin" | "UnwindSafe" | "RefUnwindSafe"), _) => {}
                        (_, None) => taken.main = Some(bound),
                        (_, Some(_)) => {}
                    }
                }
                _ => {
                    return self.refuse(ty, UNSUPPORTED_TYPE, "it cannot be read", "write one trait");
                }
            }
        }
        let Some(main) = taken.main else {
            return self.refuse(ty, UNSUPPORTED_TYPE, "there is nothing to call", "pass an object");
        };
        let Some(last) = main.path.segments.last() else { return self.unknown(ty.span()) };
        match last.ident.unraw().to_string().as_str() {
            "Fn" => self.function_type(ty, main, FunctionKind::Fn, &taken),
            "FnMut" => self.function_type(ty, main, FunctionKind::FnMut, &taken),
            "FnOnce" => self.function_type(ty, main, FunctionKind::FnOnce, &taken),
            name @ ("Iterator" | "Stream") => self.sequence(ty, name, SequenceForm::Dyn, bounds),
            "IntoIterator" => self.refused(ty, &known::INTO_ITERATOR),
            "Future" => self.refused(ty, &known::FUTURE),
            _ => self.dyn_trait(ty, main),
        }
    }

    fn function_type(
        &mut self,
        ty: &syn::Type,
        main: &syn::TraitBound,
        kind: FunctionKind,
        taken: &Taken<'_>,
    ) -> Type {
        let Some(syn::PathArguments::Parenthesized(signature)) =
            main.path.segments.last().map(|last| &last.arguments)
        else {
            return self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "no arguments are written",
                "write them: `dyn Fn(A, B) -> C`",
            );
        };
        let outer = self.lifetimes.len();
        if let Some(bound) = &main.lifetimes {
            self.lifetimes.extend(bound.lifetimes.iter().filter_map(|param| match param {
                syn::GenericParam::Lifetime(param) => Some(param.lifetime.clone()),
                _ => None,
            }));
        }
        let params = signature.inputs.iter().map(|input| self.ty(input)).collect();
        let result = match &signature.output {
            syn::ReturnType::Default => self.make(TypeKind::Unit, ty.span()),
            syn::ReturnType::Type(_, ty) => self.ty(ty),
        };
        self.lifetimes.truncate(outer);
        let of = FunctionType { kind, params, result, send: taken.send, sync: taken.sync };
        self.make(TypeKind::Function(Box::new(of)), ty.span())
    }

    fn dyn_trait(&mut self, ty: &syn::Type, main: &syn::TraitBound) -> Type {
        let segments: Vec<String> =
            main.path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
        let has_arguments = main.path.segments.iter().any(|segment| !segment.arguments.is_none());
        let path = Path { global: main.path.leading_colon.is_some(), segments };
        let name = path.segments.last().cloned().unwrap_or_default();
        match self.scope.meaning(&path, has_arguments) {
            Meaning::Named(name) if !has_arguments => self.make(TypeKind::Dyn(name), ty.span()),
            Meaning::Unmarked { name, file, span } => {
                let mistake = self
                    .at(UNKNOWN_TYPE, ty.span(), format!("the trait `{name}` is not marked to cross"))
                    .label("used here")
                    .help("put `#[gangplank::import]` on it if Go implements it, `#[gangplank::object]` if Rust does")
                    .other(file, span, "declared here, without an attribute");
                self.mistake(mistake);
                self.unknown(ty.span())
            }
            _ if name == "Error" => self.refused(ty, &known::error_type()),
            Meaning::Named(_) | Meaning::Alias(..) => self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "not a plain trait",
                "name a trait with `#[gangplank::import]` or `#[gangplank::object]`",
            ),
            Meaning::Library(_) | Meaning::Gangplank(_) | Meaning::Foreign(_) => self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "a trait of another crate",
                "write a trait with `#[gangplank::object]`, and implement it with this one",
            ),
        }
    }

    /// `impl A + B`
    pub(super) fn impl_trait(&mut self, ty: &syn::Type, bounds: &Bounds) -> Type {
        let first = bounds.iter().find_map(|bound| match bound {
            TypeParamBound::Trait(bound) => bound.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        });
        match first.as_deref() {
            Some("Fn" | "FnMut" | "FnOnce") => self.refuse(
                ty,
                GENERIC,
                "`impl Trait` is a generic",
                "take `&dyn Fn(..)` or `Box<dyn Fn(..)>`, return `Box<dyn Fn(..) + Send + Sync>`",
            ),
            Some(name @ ("Iterator" | "Stream")) => self.sequence(ty, name, SequenceForm::Impl, bounds),
            Some("IntoIterator") => self.refused(ty, &known::INTO_ITERATOR),
            Some("Future") => self.refused(ty, &known::FUTURE),
            _ => self.refuse(ty, GENERIC, "`impl Trait` is a generic", "write the type itself"),
        }
    }
}
