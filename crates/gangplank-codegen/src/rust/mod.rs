//! The Rust side: what an attribute adds to the item it stands on. The logic is in the runtime crate; what is written here only calls it.

mod expand_batch;
mod expand_enum;
mod expand_export;
mod expand_fast;
mod expand_import;
mod expand_import_async;
mod expand_import_batch;
mod expand_methods;
mod expand_object;
mod expand_record;
mod expand_sequence;
mod expand_shim;

use crate::check;
use crate::diagnostic::Diagnostic;
use crate::ir::{FileId, Function, TypeKind};
use crate::syntax::{self, attribute::Attribute};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};

/// The attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expand {
    /// `#[export]`
    Export,
    /// `#[import]`
    Import,
    /// `#[record]`
    Record,
    /// `#[error]`
    Error,
    /// `#[object]`
    Object,
}

/// The package that is being compiled.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// Its name, as in Cargo.toml.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
}

impl Package<'_> {
    /// The name as it stands in symbols (clause 6.1).
    pub fn symbol(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// What the attribute on this item becomes. Mistakes become `compile_error!`s beside the item as it was written.
pub fn expand(
    expand: Expand,
    package: &Package<'_>,
    arguments: TokenStream,
    item: TokenStream,
) -> TokenStream {
    let untouched = item.clone();
    expand_item(expand, package, arguments, item).unwrap_or_else(|mistakes| {
        let errors = mistakes.iter().map(|m| m.to_syn().into_compile_error());
        let mut item = syn::parse2::<syn::Item>(untouched.clone());
        if let Ok(item) = &mut item {
            syntax::strip_helper_attributes(item);
        }
        let item = item.map_or(untouched, |i| quote!(#i));
        quote!(#(#errors)* #item)
    })
}

fn expand_item(
    expand: Expand,
    package: &Package<'_>,
    arguments: TokenStream,
    item: TokenStream,
) -> Result<TokenStream, Vec<Diagnostic>> {
    let attribute = match expand {
        Expand::Export => Attribute::Export,
        Expand::Import => Attribute::Import,
        Expand::Record => Attribute::Record,
        Expand::Error => Attribute::Error,
        Expand::Object => Attribute::Object,
    };
    let options = syntax::attribute::parse_arguments(attribute, arguments, FileId::default())?;
    let mut item: syn::Item = syn::parse2(item).map_err(|e| vec![syntax::not_an_item(&e)])?;
    if let Some(mistake) = syntax::attribute::wrong_item(attribute, &item, FileId::default()) {
        return Err(vec![mistake]);
    }
    let file = FileId::default();
    let is_error = expand == Expand::Error;
    let mut defaults: Vec<syn::TraitItem> = Vec::new();
    let added = match &item {
        syn::Item::Fn(function) => {
            let mut parsed = syntax::parse_export_fn(function, file)?;
            parsed.options = options;
            none(check::check_export_alone(&parsed))?;
            expand_export::expand_export(package, function, &parsed)
        }
        syn::Item::Trait(object) if expand == Expand::Object => {
            let parsed = syntax::parse_object_trait(object, file)?;
            none(check::check_object_alone(&parsed))?;
            expand_object::expand_object_trait(package, object, &parsed)
        }
        syn::Item::Struct(object) if expand == Expand::Object => {
            let parsed = syntax::parse_object_struct(object, file)?;
            none(check::check_object_alone(&parsed))?;
            expand_object::expand_object_struct(package, object, &parsed)
        }
        syn::Item::Impl(methods) => {
            let parsed = syntax::parse_object_impl(methods, file)?;
            none(check::check_methods_alone(&parsed))?;
            expand_methods::expand_methods(package, methods, &parsed)
        }
        syn::Item::Trait(import) => {
            let mut parsed = syntax::parse_import_trait(import, file)?;
            parsed.set_options(options);
            none(check::check_import_alone(&parsed))?;
            parsed.add_batches(|_| false);
            defaults = expand_import_batch::batches(import, &parsed)
                .iter()
                .map(|batch| batch.expand_default(&parsed.head.name))
                .collect();
            expand_import::expand_import(package, import, &parsed)
        }
        syn::Item::Struct(record) => {
            let parsed = syntax::parse_record_struct(record, is_error, file)?;
            none(check::check_record_alone(&parsed))?;
            expand_record::expand_record(package, record, &parsed)
        }
        syn::Item::Enum(record) => {
            let parsed = syntax::parse_record_enum(record, is_error, file)?;
            none(check::check_enum_alone(&parsed))?;
            expand_enum::expand_enum(package, record, &parsed)
        }
        _ => unreachable!("wrong_item refuses all others"),
    };
    syntax::strip_helper_attributes(&mut item);
    if let syn::Item::Trait(import) = &mut item {
        import
            .supertraits
            .extend([syn::parse_quote!(::core::marker::Send), syn::parse_quote!(::core::marker::Sync)]
                as [syn::TypeParamBound; 2]);
        import.supertraits.push(syn::parse_quote!('static));
        import.items.extend(defaults);
        expand_import_async::expand_signatures(import, expand);
    }
    Ok(quote!(#item #added))
}

fn none(mistakes: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// The constant with an item's hash (clauses 6.2, 6.5): its signature as written, and what the types in it are.
fn expand_hash(package: &Package<'_>, name: &str, hash: u64, prints: &[TokenStream]) -> TokenStream {
    let symbol = format!("gangplank_hash_{}_{name}", package.symbol());
    quote! {
        #[unsafe(export_name = #symbol)]
        static HASH: u64 = __gangplank::print::of(#hash, &[#(#prints),*]);
    }
}

/// The functions that were parsed, each with its signature.
fn shimmed<'a>(
    signatures: impl Iterator<Item = &'a syn::Signature>,
    functions: &'a [Function],
) -> impl Iterator<Item = (&'a syn::Signature, &'a Function)> {
    signatures.filter_map(|sig| {
        let name = sig.ident.unraw().to_string();
        functions.iter().find(|function| function.head.name == name).map(|function| (sig, function))
    })
}

/// The trait as a `dyn`, bare and with the bounds that it has anyhow.
fn dyn_types(name: &Ident) -> impl Iterator<Item = TokenStream> {
    let (send, sync) = (quote!(+ ::core::marker::Send), quote!(+ ::core::marker::Sync));
    let bounds = [quote!(), send.clone(), sync.clone(), quote!(#send #sync)];
    bounds.into_iter().map(move |bounds| quote!(dyn #name #bounds))
}

/// The type with every reference `'static`, for constants, where no lifetime can be left out. Those of a function type's arguments are its own.
fn in_constant(ty: &syn::Type) -> syn::Type {
    struct Static;
    impl VisitMut for Static {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            reference.lifetime = Some(syn::parse_quote!('static));
            visit_mut::visit_type_reference_mut(self, reference);
        }

        fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut syn::ParenthesizedGenericArguments) {}
    }
    let mut ty = ty.clone();
    Static.visit_type_mut(&mut ty);
    ty
}

/// The type with the object's for `Self`: shims stand outside of the impl block.
fn of_owner(ty: &syn::Type, owner: Option<&syn::Type>) -> syn::Type {
    struct Owner<'a>(&'a syn::Type);
    impl VisitMut for Owner<'_> {
        fn visit_type_mut(&mut self, ty: &mut syn::Type) {
            if matches!(ty, syn::Type::Path(path) if path.path.is_ident("Self")) {
                *ty = self.0.clone();
            } else {
                visit_mut::visit_type_mut(self, ty);
            }
        }
    }
    let mut ty = ty.clone();
    if let Some(owner) = owner {
        Owner(owner).visit_type_mut(&mut ty);
    }
    ty
}

/// May something in a value of this type stay in its language (clause 8)? What a named type holds is not known here.
fn stays(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Named(_)
        | TypeKind::Dyn(_)
        | TypeKind::Function(_)
        | TypeKind::Sequence(_)
        | TypeKind::Arc(_)
        | TypeKind::GoRef(_)
        | TypeKind::Error(_) => true,
        TypeKind::Slice(inner)
        | TypeKind::Vec(inner)
        | TypeKind::Array(inner, _)
        | TypeKind::Option(inner)
        | TypeKind::Box(inner)
        | TypeKind::Ref(inner)
        | TypeKind::RefMut(inner) => stays(&inner.kind),
        TypeKind::Tuple(parts) => parts.iter().any(|part| stays(&part.kind)),
        TypeKind::Result(a, b) | TypeKind::HashMap(a, b) | TypeKind::BTreeMap(a, b) => {
            stays(&a.kind) || stays(&b.kind)
        }
        _ => false,
    }
}

/// The fingerprint of a result type.
fn expand_result_print(output: &syn::ReturnType, of: TokenStream) -> TokenStream {
    let ty = match output {
        syn::ReturnType::Default => syn::parse_quote!(()),
        syn::ReturnType::Type(_, ty) => in_constant(ty),
    };
    quote!(<#ty as #of>::PRINT)
}

/// A parameter's name in generated code, free of clashes with what surrounds it.
fn argument(index: usize) -> Ident {
    format_ident!("argument_{index}")
}
