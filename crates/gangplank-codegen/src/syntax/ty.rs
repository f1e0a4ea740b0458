//! Types.

use super::known::{self, Refusal};
use super::parser::Parser;
use super::scope::{Meaning, Path, Scope};
use super::spelled::spelled;
use crate::diagnostic::*;
use crate::ir::{AnyError, FileId, Number, Type, TypeKind};
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// Parses a type of which nothing but its words is known. A type of the user's is [`TypeKind::Named`] with its last word,
/// and so is an alias: only [`parse_crate`](super::parse_crate) sees through one. `Result<T>` with one argument is a
/// [`TypeKind::Result`] whose error is `Named("")`.
///
/// # Errors
/// The first mistake in it.
pub fn parse_type(ty: &syn::Type) -> Result<Type, Diagnostic> {
    let mut parser = Parser::alone(FileId::default());
    let ty = parser.ty(ty);
    parser.finish(ty).map_err(|found| found.into_iter().next().expect("a failure has a mistake"))
}

/// Aliases of aliases end somewhere; circles do not.
const ALIAS_DEPTH: usize = 16;

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
            syn::Type::BareFn(_) => self.refused(ty, &known::CLOSURE),
            syn::Type::TraitObject(object) => self.bounds(ty, &object.bounds),
            syn::Type::ImplTrait(any) => self.bounds(ty, &any.bounds),
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

    fn make(&self, kind: TypeKind, span: Span) -> Type {
        Type { kind, span: self.used_at.unwrap_or(span) }
    }

    fn refuse(&mut self, ty: &syn::Type, code: Code, why: &str, help: &str) -> Type {
        let message = format!("the type `{}` does not cross", spelled(ty));
        let mistake = self.at(code, ty.span(), message).label(why).help(help);
        self.mistake(mistake);
        self.unknown(ty.span())
    }

    fn refused(&mut self, ty: &syn::Type, refusal: &Refusal) -> Type {
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
            let mistake = self
                .at(
                    REFERENCE,
                    span,
                    "an exclusive reference does not cross: the other side keeps its own copy",
                )
                .label("`&mut`")
                .help("take the value, and return the changed one");
            self.mistake(mistake);
            return self.unknown(span);
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

    /// `dyn A + B` and `impl A + B`.
    fn bounds(
        &mut self,
        ty: &syn::Type,
        bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]>,
    ) -> Type {
        let first = bounds.iter().find_map(|bound| match bound {
            syn::TypeParamBound::Trait(bound) => {
                bound.path.segments.last().map(|last| last.ident.to_string())
            }
            _ => None,
        });
        let is_impl = matches!(ty, syn::Type::ImplTrait(_));
        match first.as_deref() {
            Some("Fn" | "FnMut" | "FnOnce") => self.refused(ty, &known::CLOSURE),
            Some("Iterator" | "Stream" | "IntoIterator") => self.refused(ty, &known::STREAM),
            Some("Error") if !is_impl => self.refused(ty, &known::error_type()),
            Some("Future") => {
                self.refuse(ty, NOT_YET, "async is not supported yet", "write a function that blocks")
            }
            _ if is_impl => self.refuse(ty, GENERIC, "`impl Trait` is a generic", "write the type itself"),
            _ => self.refused(ty, &known::OBJECT),
        }
    }

    fn path(&mut self, ty: &syn::TypePath) -> Type {
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
                    .help("put `#[gangplank::record]` on it")
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
    fn arguments<'t>(&mut self, segment: &'t syn::PathSegment) -> Option<Vec<&'t syn::Type>> {
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

    fn wrong_count(&mut self, ty: &syn::Type, name: &str, wanted: usize, given: usize) -> Type {
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
            "Vec" | "Option" | "Box" => 1,
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
            [inner] if name == "Box" => self.boxed(ty, inner),
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

    fn boxed(&mut self, ty: &syn::Type, inner: &syn::Type) -> Type {
        match peel(inner) {
            syn::Type::Slice(_) => self.refuse(ty, UNSUPPORTED_TYPE, "a boxed slice", "use `Vec<T>`"),
            syn::Type::Path(path) if path.path.is_ident("str") => {
                self.refuse(ty, UNSUPPORTED_TYPE, "a boxed string", "use `String`")
            }
            // The whole of it is shown, for `dyn` alone is no type.
            syn::Type::TraitObject(object) => self.bounds(ty, &object.bounds),
            inner => {
                let inner = self.ty(inner);
                self.make(TypeKind::Box(Box::new(inner)), ty.span())
            }
        }
    }

    fn of_gangplank(&mut self, ty: &syn::Type, name: &str, last: &syn::PathSegment) -> Type {
        let Some(arguments) = self.arguments(last) else { return self.unknown(ty.span()) };
        match (name, arguments.as_slice()) {
            ("Error", []) => self.make(TypeKind::Error(AnyError::Rust), ty.span()),
            ("GoError", []) => self.make(TypeKind::Error(AnyError::Go), ty.span()),
            ("Result", [ok]) => {
                let ok = Box::new(self.ty(ok));
                let error = Box::new(self.make(TypeKind::Error(AnyError::Rust), ty.span()));
                self.make(TypeKind::Result(ok, error), ty.span())
            }
            ("Context", _) => self.refused(ty, &known::CONTEXT),
            _ => self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "not a value",
                "of gangplank's own types `gangplank::Error` and `gangplank::GoError` cross",
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

    fn alias(
        &mut self,
        ty: &syn::Type,
        generics: &syn::Generics,
        body: &syn::Type,
        module: usize,
        last: &syn::PathSegment,
    ) -> Type {
        let Scope::In(names, _) = self.scope else { return self.unknown(ty.span()) };
        let params: Vec<&syn::TypeParam> = generics.type_params().collect();
        let Some(arguments) = self.arguments(last) else { return self.unknown(ty.span()) };
        let needed = params.iter().filter(|param| param.default.is_none()).count();
        if arguments.len() < needed || arguments.len() > params.len() {
            let wanted = if arguments.len() < needed { needed } else { params.len() };
            return self.wrong_count(ty, &last.ident.to_string(), wanted, arguments.len());
        }
        if self.depth >= ALIAS_DEPTH {
            return self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "the alias goes round in a circle",
                "write the type itself",
            );
        }
        let given: Vec<Type> = arguments.into_iter().map(|argument| self.ty(argument)).collect();
        // From here on in the alias's own module, but every place is where it is used.
        let outer = (self.scope, self.used_at, std::mem::take(&mut self.bound));
        self.scope = Scope::In(names, module);
        self.used_at = Some(self.used_at.unwrap_or_else(|| ty.span()));
        self.depth += 1;
        for (at, param) in params.iter().enumerate() {
            let argument = match (given.get(at), &param.default) {
                (Some(given), _) => given.clone(),
                (None, Some(default)) => self.ty(default),
                (None, None) => self.unknown(ty.span()),
            };
            self.bound.push((param.ident.unraw().to_string(), argument));
        }
        let meant = self.ty(body);
        self.depth -= 1;
        (self.scope, self.used_at, self.bound) = outer;
        meant
    }
}

/// What stands inside parentheses and a macro's groups.
fn peel(ty: &syn::Type) -> &syn::Type {
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

    fn kind(text: &str) -> TypeKind {
        parse_type(&syn::parse_str(text).unwrap())
            .unwrap_or_else(|found| panic!("{text}: {}", found.message))
            .kind
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
