//! `impl Iterator` as a result (clause 12): what has no name is wrapped in what has one.

use crate::ir::{SequenceForm, Type, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};

/// A call whose result is given to Go.
pub(super) fn given(result: &Type, call: TokenStream) -> TokenStream {
    let is_impl = |ty: &Type| matches!(&ty.kind, TypeKind::Sequence(of) if of.form == SequenceForm::Impl);
    match &result.kind {
        TypeKind::Result(value, _) if is_impl(value) => {
            quote!(::core::result::Result::map(#call, __gangplank::iterated))
        }
        _ if is_impl(result) => quote!(__gangplank::iterated(#call)),
        _ => call,
    }
}

/// The type with a name for every `impl Iterator<Item = T>`.
pub(super) fn named(ty: &syn::Type) -> syn::Type {
    struct Named;
    impl VisitMut for Named {
        fn visit_type_mut(&mut self, ty: &mut syn::Type) {
            if let syn::Type::ImplTrait(any) = ty {
                if let Some(item) = any.bounds.iter().find_map(item_of) {
                    *ty = syn::parse_quote!(__gangplank::Iterated<#item>);
                }
            }
            visit_mut::visit_type_mut(self, ty);
        }
    }
    let mut ty = ty.clone();
    Named.visit_type_mut(&mut ty);
    ty
}

/// `T` of `Iterator<Item = T>`.
fn item_of(bound: &syn::TypeParamBound) -> Option<syn::Type> {
    let syn::TypeParamBound::Trait(bound) = bound else { return None };
    let syn::PathArguments::AngleBracketed(list) = &bound.path.segments.last()?.arguments else {
        return None;
    };
    list.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::AssocType(of) if of.ident == "Item" => Some(of.ty.clone()),
        _ => None,
    })
}
