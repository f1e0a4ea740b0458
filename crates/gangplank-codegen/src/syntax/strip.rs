//! Removes from an item what only gangplank reads, before a macro hands the item on to the compiler.

use super::attribute::Attribute;
use super::helper::{asks, is_helper};

/// For whatever item an attribute stands on.
pub fn strip_helper_attributes(item: &mut syn::Item) {
    match item {
        syn::Item::Fn(item) => strip_fn_attributes(item),
        syn::Item::Trait(item) => strip_trait_attributes(item),
        syn::Item::Struct(item) => strip_struct_attributes(item),
        syn::Item::Enum(item) => strip_enum_attributes(item),
        syn::Item::Impl(item) => strip_impl_attributes(item),
        _ => {}
    }
}

/// For `#[export]`.
pub fn strip_fn_attributes(item: &mut syn::ItemFn) {
    strip(&mut item.attrs);
    strip_signature(&mut item.sig);
}

/// For `#[import]`, and for `#[object]` on a trait.
pub fn strip_trait_attributes(item: &mut syn::ItemTrait) {
    strip(&mut item.attrs);
    for item in &mut item.items {
        if let syn::TraitItem::Fn(method) = item {
            strip(&mut method.attrs);
            method.attrs.retain(|attr| !asks(attr, Attribute::Import) && !asks(attr, Attribute::Export));
            strip_signature(&mut method.sig);
        }
    }
}

/// For `#[object]` on an impl block.
pub fn strip_impl_attributes(item: &mut syn::ItemImpl) {
    strip(&mut item.attrs);
    for item in &mut item.items {
        if let syn::ImplItem::Fn(method) = item {
            strip(&mut method.attrs);
            method.attrs.retain(|attr| !asks(attr, Attribute::Export));
            strip_signature(&mut method.sig);
        }
    }
}

/// For `#[record]`, `#[error]` and `#[object]` on a struct.
pub fn strip_struct_attributes(item: &mut syn::ItemStruct) {
    strip(&mut item.attrs);
    strip_fields(&mut item.fields);
}

/// For `#[record]` and `#[error]` on an enum.
pub fn strip_enum_attributes(item: &mut syn::ItemEnum) {
    strip(&mut item.attrs);
    for variant in &mut item.variants {
        strip(&mut variant.attrs);
        strip_fields(&mut variant.fields);
    }
}

fn strip_signature(sig: &mut syn::Signature) {
    for input in &mut sig.inputs {
        match input {
            syn::FnArg::Receiver(receiver) => strip(&mut receiver.attrs),
            syn::FnArg::Typed(typed) => strip(&mut typed.attrs),
        }
    }
}

fn strip_fields(fields: &mut syn::Fields) {
    for field in fields {
        strip(&mut field.attrs);
    }
}

fn strip(attrs: &mut Vec<syn::Attribute>) {
    attrs.retain(|attr| !is_helper(attr));
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::ToTokens;

    #[test]
    fn helpers_go_and_everything_else_stays() {
        let mut item: syn::ItemTrait = syn::parse_quote! {
            #[go(name = "A")] #[allow(dead_code)]
            trait T { #[go(name = "B")] #[import(batch)] #[must_use] fn f(&self, #[borrow] x: &str) -> u8; }
        };
        strip_trait_attributes(&mut item);
        let expected =
            quote::quote! { #[allow(dead_code)] trait T { #[must_use] fn f(&self, x: &str) -> u8; } };
        assert_eq!(item.to_token_stream().to_string(), expected.to_string());

        let mut item: syn::ItemImpl = syn::parse_quote! {
            impl S { #[constructor] #[export(batch)] #[inline] pub fn new() -> Self {} #[go(skip)] pub fn f(&self) {} }
        };
        strip_impl_attributes(&mut item);
        let expected = quote::quote! { impl S { #[inline] pub fn new() -> Self {} pub fn f(&self) {} } };
        assert_eq!(item.to_token_stream().to_string(), expected.to_string());

        let mut item: syn::ItemEnum = syn::parse_quote! {
            #[error("x")] enum E { #[go(name = "B")] A { #[go(name = "C")] #[source] x: u8 } }
        };
        strip_enum_attributes(&mut item);
        let expected = quote::quote! { #[error("x")] enum E { A { #[source] x: u8 } } };
        assert_eq!(item.to_token_stream().to_string(), expected.to_string());
    }
}
