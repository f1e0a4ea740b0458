//! Types that are paths: the library's, gangplank's, the user's, and those of other crates.

use super::known::{self, Refusal};
use super::parser::Parser;
use super::scope::{Meaning, Path, Scope};
use super::ty::peel;
use crate::diagnostic::*;
use crate::ir::{AnyError, Number, SequenceKind, Type, TypeKind};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

impl Parser<'_> {
    pub(super) fn path(&mut self, ty: &syn::TypePath) -> Type {
        let whole = syn::Type::Path(ty.clone());
        let Some(last) = ty.path.segments.last() else { return self.unknown(ty.span()) };
        if ty.qself.is_some()
            || ty.path.segments.iter().rev().skip(1).any(|segment| !segment.arguments.is_none())
        {
            return self.refuse(
                &whole,
                UNSUPPORTED_TYPE,
                "only the compiler knows which type this is",
                "write the type itself",
            );
        }
        let segments = ty.path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
        let path = Path { global: ty.path.leading_colon.is_some(), segments };
        if let [name] = path.segments.as_slice() {
            if let Some((_, bound)) = self.bound.iter().find(|(bound, _)| bound == name) {
                return bound.clone();
            }
            if let (Some(owner), "Self") = (&self.owner, name.as_str()) {
                return self.make(TypeKind::Named(owner.clone()), ty.span());
            }
            if name == "Self" {
                return self.refuse(
                    &whole,
                    UNSUPPORTED_TYPE,
                    "`Self` has no name here",
                    "write the type's name",
                );
            }
        }
        match self.scope.meaning(&path, !last.arguments.is_none()) {
            Meaning::Library(path) => self.library(&whole, &path, last),
            Meaning::Gangplank(name) => self.of_gangplank(&whole, &name, last),
            Meaning::Foreign(path) => self.foreign(&whole, &path),
            Meaning::Alias(generics, body, module) => self.alias(&whole, generics, body, module, last),
            Meaning::Unmarked { name, file, span } => {
                let mistake = self
                    .at(UNKNOWN_TYPE, ty.span(), format!("the type `{name}` is not marked to cross"))
                    .label("used here")
                    .help("put `#[gangplank::record]` on it, or `#[gangplank::object]` if it stays in Rust")
                    .other(file, span, "declared here, without an attribute");
                self.mistake(mistake);
                self.unknown(ty.span())
            }
            Meaning::Named(name) => {
                let Some(arguments) = self.arguments(last) else { return self.unknown(ty.span()) };
                // In a macro it may be an alias; a record is never generic.
                if !arguments.is_empty() && !matches!(self.scope, Scope::Alone) {
                    return self.wrong_count(&whole, &name, 0, arguments.len());
                }
                self.make(TypeKind::Named(name), ty.span())
            }
        }
    }

    /// The type arguments of a path's last word; `None` if there are others, which is a mistake.
    pub(super) fn arguments<'t>(&mut self, segment: &'t syn::PathSegment) -> Option<Vec<&'t syn::Type>> {
        let syn::PathArguments::AngleBracketed(list) = &segment.arguments else { return Some(Vec::new()) };
        let mut types = Some(Vec::new());
        for argument in &list.args {
            match argument {
                syn::GenericArgument::Type(ty) => types.iter_mut().for_each(|types| types.push(ty)),
                syn::GenericArgument::Lifetime(lifetime) => self.lifetime(lifetime),
                other => {
                    let mistake = self.at(
                        TYPE_ARGUMENTS,
                        other.span(),
                        "only types can be arguments of a type that crosses",
                    );
                    self.mistake(mistake.label("no type").help("write the type out"));
                    types = None;
                }
            }
        }
        types
    }

    pub(super) fn wrong_count(&mut self, ty: &syn::Type, name: &str, wanted: usize, given: usize) -> Type {
        let count =
            |n: usize| if n == 1 { "1 type argument".to_owned() } else { format!("{n} type arguments") };
        let help = match wanted {
            0 => "remove them: what crosses is not generic".to_owned(),
            _ => format!("write {}", count(wanted)),
        };
        let mistake = self
            .at(TYPE_ARGUMENTS, ty.span(), format!("`{name}` takes {} here, not {given}", count(wanted)))
            .label(format!("{given} given"))
            .help(help);
        self.mistake(mistake);
        self.unknown(ty.span())
    }

    fn library(&mut self, ty: &syn::Type, path: &[String], last: &syn::PathSegment) -> Type {
        let name = path.last().map_or("", String::as_str);
        let module = path.len().checked_sub(2).map_or("", |at| path[at].as_str());
        if let Some(number) = Number::from_rust(name) {
            return self.make(TypeKind::Number(number), ty.span());
        }
        let wanted = match name {
            "Result" if matches!(module, "io" | "fmt") => return self.refused(ty, &known::error_type()),
            "bool" | "char" | "String" | "Duration" | "SystemTime" => 0,
            "Pin" if self.is_boxed(last) => 1,
            "Vec" | "Option" | "Box" | "Arc" => 1,
            "HashMap" | "BTreeMap" | "Result" => 2,
            "str" => {
                return self.refuse(
                    ty,
                    UNSUPPORTED_TYPE,
                    "its size is not known",
                    "take `&str`, return `String`",
                );
            }
            _ => {
                let unknown = Refusal {
                    code: UNSUPPORTED_TYPE,
                    why: "Go has nothing for it",
                    help: "make a `#[gangplank::record]` of what Go needs of it",
                };
                return self.refused(ty, &known::why_not(path).unwrap_or(unknown));
            }
        };
        let Some(arguments) = self.arguments(last) else { return self.unknown(ty.span()) };
        match arguments.as_slice() {
            [] if wanted == 0 => {
                let kind = match name {
                    "bool" => TypeKind::Bool,
                    "char" => TypeKind::Char,
                    "String" => TypeKind::String,
                    "Duration" => TypeKind::Duration,
                    _ => TypeKind::SystemTime,
                };
                self.make(kind, ty.span())
            }
            [inner] if name == "Pin" => self.pinned(ty, inner),
            [inner] if matches!(name, "Box" | "Arc") => self.boxed(ty, name, inner),
            [inner] if wanted == 1 => {
                let inner = Box::new(self.ty(inner));
                let kind = if name == "Vec" { TypeKind::Vec(inner) } else { TypeKind::Option(inner) };
                self.make(kind, ty.span())
            }
            // The crate has an alias of that name; a macro cannot see it.
            [ok] if name == "Result" && matches!(self.scope, Scope::Alone) => {
                let ok = Box::new(self.ty(ok));
                let error = Box::new(self.unknown(ty.span()));
                self.make(TypeKind::Result(ok, error), ty.span())
            }
            // Any hasher will do: it does not travel.
            [first, second] | [first, second, _]
                if wanted == 2 && (arguments.len() == 2 || name == "HashMap") =>
            {
                let (first, second) = (Box::new(self.ty(first)), Box::new(self.ty(second)));
                let kind = match name {
                    "HashMap" => TypeKind::HashMap(first, second),
                    "BTreeMap" => TypeKind::BTreeMap(first, second),
                    _ => TypeKind::Result(first, second),
                };
                self.make(kind, ty.span())
            }
            _ => self.wrong_count(ty, name, wanted, arguments.len()),
        }
    }

    /// Is it `Pin<Box<..>>`?
    fn is_boxed(&self, pin: &syn::PathSegment) -> bool {
        let syn::PathArguments::AngleBracketed(list) = &pin.arguments else { return false };
        matches!(list.args.first(), Some(syn::GenericArgument::Type(inner)) if inner_of_box(inner).is_some())
    }

    /// `Pin<Box<dyn Stream<Item = T>>>`: what is pinned is a stream.
    fn pinned(&mut self, ty: &syn::Type, boxed: &syn::Type) -> Type {
        let Some(inner) = inner_of_box(boxed) else { return self.unknown(ty.span()) };
        let inner = self.ty(inner);
        match &inner.kind {
            TypeKind::Sequence(of) if of.kind == SequenceKind::Stream => {
                self.make(TypeKind::Box(Box::new(inner)), ty.span())
            }
            _ if super::is_unknown(&inner) => inner,
            _ => self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "it means nothing on the other side",
                "pass the value itself",
            ),
        }
    }

    /// `Box<T>` and `Arc<T>`.
    fn boxed(&mut self, ty: &syn::Type, name: &str, inner: &syn::Type) -> Type {
        match peel(inner) {
            syn::Type::Slice(_) => self.refuse(ty, UNSUPPORTED_TYPE, "a boxed slice", "use `Vec<T>`"),
            syn::Type::Path(path) if path.path.is_ident("str") => {
                self.refuse(ty, UNSUPPORTED_TYPE, "a boxed string", "use `String`")
            }
            inner => {
                let inner = Box::new(self.ty(inner));
                if inner.as_sequence().is_some_and(|of| of.kind == SequenceKind::Stream) {
                    let help = "write `Pin<Box<dyn Stream<Item = T> + Send>>`";
                    return self.refuse(ty, UNSUPPORTED_TYPE, "a stream that nobody can poll", help);
                }
                let kind = if name == "Arc" { TypeKind::Arc(inner) } else { TypeKind::Box(inner) };
                self.make(kind, ty.span())
            }
        }
    }

    fn of_gangplank(&mut self, ty: &syn::Type, name: &str, last: &syn::PathSegment) -> Type {
        let Some(arguments) = self.arguments(last) else { return self.unknown(ty.span()) };
        match (name, arguments.as_slice()) {
            // An error like any other: it crosses as a chain.
            ("Error" | "Cancelled", []) => self.make(TypeKind::Error(AnyError::Rust), ty.span()),
            ("GoError", []) => self.make(TypeKind::Error(AnyError::Go), ty.span()),
            ("Result", [ok]) => {
                let ok = Box::new(self.ty(ok));
                let error = Box::new(self.make(TypeKind::Error(AnyError::Rust), ty.span()));
                self.make(TypeKind::Result(ok, error), ty.span())
            }
            ("GoRef", [inner]) => {
                let inner = Box::new(self.ty(inner));
                self.make(TypeKind::GoRef(inner), ty.span())
            }
            ("GoIter", [item]) => self.go_sequence(ty, SequenceKind::Iterator, item),
            ("GoStream", [item]) => self.go_sequence(ty, SequenceKind::Stream, item),
            ("GoIter" | "GoStream", given) => self.wrong_count(ty, name, 1, given.len()),
            ("GoRef", given) => self.wrong_count(ty, name, 1, given.len()),
            ("Context", []) => self.make(TypeKind::Context, ty.span()),
            _ => self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "not a value",
                "of gangplank's own types `Error`, `GoError`, `GoRef`, `GoIter` and `GoStream` cross",
            ),
        }
    }

    fn foreign(&mut self, ty: &syn::Type, path: &[String]) -> Type {
        if matches!(path[0].as_str(), "anyhow" | "eyre" | "color_eyre" | "miette") {
            return self.refused(ty, &known::error_type());
        }
        let mistake = self
            .at(UNKNOWN_TYPE, ty.span(), format!("the type `{}` is of another crate", path.join("::")))
            .label(format!("of the crate `{}`", path[0]))
            .help("make a `#[gangplank::record]` of what Go needs of it, and convert");
        self.mistake(mistake);
        self.unknown(ty.span())
    }
}

/// `T` of `Box<T>`.
fn inner_of_box(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = peel(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Box")?;
    let syn::PathArguments::AngleBracketed(list) = &last.arguments else { return None };
    match list.args.first() {
        Some(syn::GenericArgument::Type(inner)) if list.args.len() == 1 => Some(inner),
        _ => None,
    }
}
