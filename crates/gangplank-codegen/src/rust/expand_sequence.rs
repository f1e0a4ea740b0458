//! `impl Iterator` and `impl Stream` as a result (clause 12): what has no name is wrapped in what has one.

use crate::ir::{Function, SequenceForm, SequenceKind, Type, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};

/// A call whose result is given to Go, of a function or of an async one.
pub(super) fn given(function: &Function, call: TokenStream) -> TokenStream {
    let result = &function.result;
    let value = if let TypeKind::Result(value, _) = &result.kind { value } else { result };
    let call = match value.as_sequence() {
        // What makes a stream may spawn tasks: it runs where its runtime is at hand, as an async function is polled anyhow.
        Some(of) if of.kind == SequenceKind::Stream && !function.is_async => {
            quote!(__gangplank::within_executor(|| #call))
        }
        _ => call,
    };
    let single = function.options.unbuffered;
    let wrap = |ty: &Type| match ty.as_sequence() {
        Some(of) if of.form == SequenceForm::Impl || single => Some(match (of.kind, single) {
            (SequenceKind::Iterator, false) => quote!(__gangplank::iterated),
            (SequenceKind::Iterator, true) => quote!(__gangplank::iterated_singly),
            (SequenceKind::Stream, false) => quote!(__gangplank::streamed),
            (SequenceKind::Stream, true) => quote!(__gangplank::streamed_singly),
        }),
        _ => None,
    };
    if let TypeKind::Result(value, _) = &result.kind {
        return match wrap(value) {
            Some(wrap) => quote!(::core::result::Result::map(#call, #wrap)),
            None => call,
        };
    }
    match wrap(result) {
        Some(wrap) => quote!(#wrap(#call)),
        None => call,
    }
}

/// The type with a name for every `impl Iterator<Item = T>` and `impl Stream<Item = T>`.
pub(super) fn named(ty: &syn::Type) -> syn::Type {
    struct Named;
    impl VisitMut for Named {
        fn visit_type_mut(&mut self, ty: &mut syn::Type) {
            if let syn::Type::ImplTrait(any) = ty {
                if let Some((name, item)) = any.bounds.iter().find_map(item_of) {
                    *ty = match name == "Stream" {
                        true => syn::parse_quote!(__gangplank::Streamed<#item>),
                        false => syn::parse_quote!(__gangplank::Iterated<#item>),
                    };
                }
            }
            visit_mut::visit_type_mut(self, ty);
        }
    }
    let mut ty = ty.clone();
    Named.visit_type_mut(&mut ty);
    ty
}

/// Name and `T` of `Iterator<Item = T>`.
fn item_of(bound: &syn::TypeParamBound) -> Option<(syn::Ident, syn::Type)> {
    let syn::TypeParamBound::Trait(bound) = bound else { return None };
    let last = bound.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(list) = &last.arguments else { return None };
    list.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::AssocType(of) if of.ident == "Item" => {
            Some((last.ident.clone(), of.ty.clone()))
        }
        _ => None,
    })
}
