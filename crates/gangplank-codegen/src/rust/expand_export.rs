//! `#[export]`: the shim of a function (clauses 1 to 4).

use super::{Package, argument, expand_hash, expand_result_print, in_constant};
use crate::ir::Function;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// The shim and the hash of an exported function.
pub fn expand_export(package: &Package<'_>, item: &syn::ItemFn, function: &Function) -> TokenStream {
    let ident = &item.sig.ident;
    let symbol = format!("gangplank_{}_{}", package.symbol(), function.head.name);
    let shown = format!("{}::{}", package.symbol(), function.head.name);
    let (mut classes, mut takes, mut passes) = (Vec::new(), Vec::new(), Vec::new());
    for (i, input) in item.sig.inputs.iter().enumerate() {
        let syn::FnArg::Typed(input) = input else { continue };
        let (name, text) = (argument(i), &function.params[i].name);
        match &*input.ty {
            syn::Type::Reference(reference) => match &*reference.elem {
                syn::Type::Slice(slice) if !is_u8(&slice.elem) => {
                    let elem = &slice.elem;
                    classes.push(quote!(<[#elem] as __gangplank::Shape>::CLASS));
                    takes.push(quote!(let #name = arguments.take_slice::<#elem>(#text)?;));
                    passes.push(quote!(&#name));
                }
                syn::Type::Slice(_) => {
                    classes.push(quote!(<[u8] as __gangplank::Shape>::CLASS));
                    takes.push(quote!(let #name = arguments.take::<&[u8]>(#text)?;));
                    passes.push(quote!(#name));
                }
                elem if is_str(elem) => {
                    classes.push(quote!(<#elem as __gangplank::Shape>::CLASS));
                    takes.push(quote!(let #name = arguments.take::<&#elem>(#text)?;));
                    passes.push(quote!(#name));
                }
                elem => {
                    classes.push(quote!(<#elem as __gangplank::Shape>::CLASS));
                    takes.push(quote!(let #name = arguments.take::<#elem>(#text)?;));
                    passes.push(quote!(&#name));
                }
            },
            ty => {
                classes.push(quote!(<#ty as __gangplank::Shape>::CLASS));
                takes.push(quote!(let #name = arguments.take::<#ty>(#text)?;));
                passes.push(quote!(#name));
            }
        }
    }
    let mut prints: Vec<_> = item
        .sig
        .inputs
        .iter()
        .filter_map(|i| if let syn::FnArg::Typed(t) = i { Some(in_constant(&t.ty)) } else { None })
        .map(|ty| quote!(<#ty as __gangplank::Shape>::PRINT))
        .collect();
    prints.push(expand_result_print(&item.sig.output, quote!(__gangplank::Output)));
    let hash = expand_hash(package, &function.head.name, function.hash, &prints);
    let shim = format_ident!("shim");
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;
            #hash
            #[unsafe(export_name = #symbol)]
            unsafe extern "C" fn #shim(frames: *mut u64, n: usize) {
                // SAFETY: generated Go code passes frames of this interface; the hash is compared at start (clauses 1.3, 6.6).
                unsafe {
                    __gangplank::serve(frames, n, #shown, &[#(#classes),*], |arguments, header| {
                        #(#takes)*
                        arguments.finish()?;
                        __gangplank::Output::put(#ident(#(#passes),*), header);
                        ::core::result::Result::Ok(())
                    })
                }
            }
        };
    }
}

fn is_named(ty: &syn::Type, name: &str) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == name))
}

fn is_u8(ty: &syn::Type) -> bool {
    is_named(ty, "u8")
}

fn is_str(ty: &syn::Type) -> bool {
    is_named(ty, "str")
}
