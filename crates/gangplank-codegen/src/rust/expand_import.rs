//! `#[import]`: the table of a trait, and the proxy that calls Go (clause 6.3).

use super::{Package, argument, expand_result_print, in_constant};
use crate::ir::Import;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Table, registration symbol and proxy of an imported trait.
pub fn expand_import(package: &Package<'_>, item: &syn::ItemTrait, import: &Import) -> TokenStream {
    let ident = &item.ident;
    let (krate, version, name, hash) = (package.symbol(), package.version, &import.head.name, import.hash);
    let symbol = format!("gangplank_import_{krate}_{name}");
    let count = import.methods.len();
    let signatures =
        item.items.iter().filter_map(|i| if let syn::TraitItem::Fn(f) = i { Some(&f.sig) } else { None });
    let prints = signatures.clone().flat_map(expand_prints);
    let methods = signatures.enumerate().map(|(index, sig)| expand_method(name, index, sig));
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;

            static TABLE: __gangplank::Table = __gangplank::Table::new(#krate, #version, #name, #count, __gangplank::print::of(#hash, &[#(#prints),*]));

            #[unsafe(export_name = #symbol)]
            unsafe extern "C" fn register(table: *const __gangplank::Shim, methods: usize, hash: u64) -> *const __gangplank::c_char {
                // SAFETY: generated Go code passes a table that lives for ever (clause 6.3).
                unsafe { TABLE.register(table, methods, hash) }
            }

            struct __GangplankProxy;

            impl #ident for __GangplankProxy {
                #(#methods)*
            }

            impl __gangplank::Import for dyn #ident {
                fn table() -> &'static __gangplank::Table {
                    &TABLE
                }

                fn go() -> &'static Self {
                    &__GangplankProxy
                }

                fn slot() -> &'static __gangplank::Slot<Self> {
                    static SLOT: __gangplank::Slot<dyn #ident> = __gangplank::Slot::new();
                    &SLOT
                }
            }
        };
    }
}

/// The fingerprints of a method's arguments and of its result.
fn expand_prints(sig: &syn::Signature) -> Vec<TokenStream> {
    let types = sig
        .inputs
        .iter()
        .filter_map(|i| if let syn::FnArg::Typed(t) = i { Some(in_constant(&t.ty)) } else { None });
    let mut prints: Vec<_> = types.map(|ty| quote!(<#ty as __gangplank::Shape>::PRINT)).collect();
    prints.push(expand_result_print(&sig.output, quote!(__gangplank::Input)));
    prints
}

fn expand_method(interface: &str, index: usize, sig: &syn::Signature) -> TokenStream {
    let ident = &sig.ident;
    let shown = format!("{interface}.{ident}");
    let receiver = sig.receiver();
    let types: Vec<_> = sig
        .inputs
        .iter()
        .filter_map(|i| if let syn::FnArg::Typed(t) = i { Some(&*t.ty) } else { None })
        .collect();
    let names: Vec<_> = (0..types.len()).map(argument).collect();
    let shapes: Vec<_> = types.iter().map(|ty| in_constant(ty)).collect();
    let output = &sig.output;
    let classes = format_ident!("CLASSES");
    let number = types.len();
    quote! {
        fn #ident(#receiver #(, #names: #types)*) #output {
            const #classes: [__gangplank::Class; #number] = [#(<#shapes as __gangplank::Shape>::CLASS),*];
            const STRIDE: usize = __gangplank::stride(&#classes);
            static HINT: __gangplank::Hint = __gangplank::Hint::new();
            __gangplank::Call::<STRIDE>::make(&TABLE, #index, #shown, &HINT, __gangplank::has_message(&#classes), |call| {
                #(call.put(&#names);)*
                let _ = call;
            })
        }
    }
}
