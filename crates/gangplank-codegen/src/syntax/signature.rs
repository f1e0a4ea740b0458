//! The tokens whose hash is a signature's (clause 6.5): kind, names and types, as they are written.

use crate::ir::{Enum, Fields, Record, signature_hash};
use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;

/// `async fn name(x: A, y: B) -> C`, with the unit result written out.
pub(super) fn function_tokens(sig: &syn::Signature) -> TokenStream {
    let name = sig.ident.unraw();
    let (asyncness, rest) = (&sig.asyncness, parameters_and_result(sig));
    quote!(#asyncness fn #name #rest)
}

fn parameters_and_result(sig: &syn::Signature) -> TokenStream {
    let params = sig.inputs.iter().filter_map(|input| match input {
        syn::FnArg::Receiver(_) => None,
        syn::FnArg::Typed(typed) => {
            let ty = &typed.ty;
            let name = match &*typed.pat {
                syn::Pat::Ident(pat) => pat.ident.unraw(),
                _ => Ident::new("_", Span::call_site()),
            };
            Some(quote!(#name: #ty,))
        }
    });
    let result = match &sig.output {
        syn::ReturnType::Default => quote!(()),
        syn::ReturnType::Type(_, ty) => quote!(#ty),
    };
    quote!((#(#params)*) -> #result)
}

/// `async fn Owner::name(self: &Owner, x: A) -> C`, with the owner for `Self`.
pub(super) fn method_tokens(owner: &str, sig: &syn::Signature) -> TokenStream {
    let owner = spelled(owner);
    let name = sig.ident.unraw();
    let receiver = sig.receiver().map(|receiver| {
        let ty = named(receiver.ty.to_token_stream(), &owner);
        quote!(self: #ty,)
    });
    let (asyncness, rest) = (&sig.asyncness, named(parameters_and_result(sig), &owner));
    quote!(#asyncness fn #owner::#name #receiver #rest)
}

/// `object struct Name`
pub(super) fn object_hash(kind: &str, name: &str) -> u64 {
    let (kind, name) = (spelled(kind), spelled(name));
    signature_hash(quote!(object #kind #name))
}

/// The tokens with a name for `Self`.
fn named(tokens: TokenStream, owner: &Ident) -> TokenStream {
    let name = |token| match token {
        TokenTree::Ident(word) if word == "Self" => TokenTree::Ident(owner.clone()),
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), named(group.stream(), owner)))
        }
        token => token,
    };
    tokens.into_iter().map(name).collect()
}

/// `record struct Name { x: A, y: B }`; POD or not changes how it travels, so `repr C` belongs to it.
pub(super) fn record_hash(record: &Record, fields: &syn::Fields) -> u64 {
    let kind = kind(record.is_error);
    let repr = record.repr_c.then(|| quote!(repr C));
    let name = spelled(&record.head.name);
    let fields = field_tokens(fields);
    signature_hash(quote!(#kind #repr struct #name #fields))
}

/// `record enum Name { A = 0 { x: T }, .. }`
pub(super) fn enum_hash(of: &Enum, item: &syn::ItemEnum) -> u64 {
    let kind = kind(of.is_error);
    let name = spelled(&of.head.name);
    let variants = of.variants.iter().zip(&item.variants).map(|(variant, source)| {
        let name = spelled(&variant.head.name);
        let fields = field_tokens(&source.fields);
        // Only where there is no data do discriminants travel.
        let value = (of.is_fieldless() && matches!(variant.fields, Fields::Unit))
            .then(|| number(variant.discriminant));
        quote!(#name #value #fields,)
    });
    signature_hash(quote!(#kind enum #name { #(#variants)* }))
}

fn kind(is_error: bool) -> Ident {
    Ident::new(if is_error { "error" } else { "record" }, Span::call_site())
}

fn number(value: i128) -> TokenStream {
    let digits = Literal::u128_unsuffixed(value.unsigned_abs());
    if value < 0 { quote!(= -#digits) } else { quote!(= #digits) }
}

/// A name without `r#`, keyword or not.
fn spelled(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn field_tokens(fields: &syn::Fields) -> TokenStream {
    let parts = fields.iter().map(|field| {
        let ty = &field.ty;
        match field.ident.as_ref().map(IdentExt::unraw) {
            Some(name) => quote!(#name: #ty,),
            None => quote!(#ty,),
        }
    });
    match fields {
        syn::Fields::Unit => TokenStream::new(),
        syn::Fields::Named(_) => quote!({ #(#parts)* }),
        syn::Fields::Unnamed(_) => quote!((#(#parts)*)),
    }
}
