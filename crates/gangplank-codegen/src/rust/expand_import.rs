//! `#[import]`: the table of a trait, and the proxy that calls Go (clause 6.3).

use super::{Package, argument};
use crate::ir::Import;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Table, registration symbol and proxy of an imported trait.
pub fn expand_import(package: &Package<'_>, item: &syn::ItemTrait, import: &Import) -> TokenStream {
    let ident = &item.ident;
    let (krate, version, name, hash) = (package.symbol(), package.version, &import.head.name, import.hash);
    let symbol = format!("gangplank_import_{krate}_{name}");
    let count = import.methods.len();
    let signatures = item.items.iter().filter_map(|i| if let syn::TraitItem::Fn(f) = i { Some(&f.sig) } else { None });
    let methods = signatures.enumerate().map(|(index, sig)| expand_method(name, index, sig));
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;

            static TABLE: __gangplank::Table = __gangplank::Table::new(#krate, #version, #name, #count, #hash);

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

fn expand_method(interface: &str, index: usize, sig: &syn::Signature) -> TokenStream {
    let ident = &sig.ident;
    let shown = format!("{interface}.{ident}");
    let receiver = sig.receiver();
    let types: Vec<_> =
        sig.inputs.iter().filter_map(|i| if let syn::FnArg::Typed(t) = i { Some(&*t.ty) } else { None }).collect();
    let names: Vec<_> = (0..types.len()).map(argument).collect();
    let shapes: Vec<_> = types.iter().map(|ty| elided(ty)).collect();
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

/// The type without the reference, which may not stand in a constant: its class is the same.
fn elided(ty: &syn::Type) -> TokenStream {
    struct Static;
    impl syn::visit_mut::VisitMut for Static {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            reference.lifetime = Some(syn::parse_quote!('static));
            syn::visit_mut::visit_type_reference_mut(self, reference);
        }
    }
    let mut ty = ty.clone();
    syn::visit_mut::VisitMut::visit_type_mut(&mut Static, &mut ty);
    quote!(#ty)
}
