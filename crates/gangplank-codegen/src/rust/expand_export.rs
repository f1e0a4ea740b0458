//! `#[export]`: the shim of a function.

use super::Package;
use super::expand_shim::{Shimmed, expand_shim};
use crate::ir::Function;
use proc_macro2::TokenStream;
use quote::quote;

/// The shim and the hash of an exported function.
pub fn expand_export(package: &Package<'_>, item: &syn::ItemFn, function: &Function) -> TokenStream {
    let ident = &item.sig.ident;
    expand_shim(package, &Shimmed { sig: &item.sig, function, callee: quote!(#ident), owner: None })
}
