//! `#[object]` on an impl block: a shim for each function that crosses (clause 8.9).

use super::Package;
use super::expand_shim::{Shimmed, expand_shim};
use crate::ir::{Function, Receiver};
use proc_macro2::TokenStream;
use quote::quote;

/// The shims, and whether the object can be held exclusively.
pub fn expand_methods(package: &Package<'_>, item: &syn::ItemImpl, functions: &[Function]) -> TokenStream {
    let owner = &*item.self_ty;
    let exclusive = functions.iter().any(|function| function.receiver == Some(Receiver::Mut));
    let signatures = item.items.iter().filter_map(|part| match part {
        syn::ImplItem::Fn(method) => Some(&method.sig),
        _ => None,
    });
    let shims = super::shimmed(signatures, functions).map(|(sig, function)| {
        let name = &sig.ident;
        let callee = quote!(<#owner>::#name);
        expand_shim(package, &Shimmed { sig, function, callee, owner: Some(owner) })
    });
    quote! {
        const _: () = {
            impl ::gangplank::private::Methods for #owner {
                const EXCLUSIVE: bool = #exclusive;
            }
        };
        #(#shims)*
    }
}
