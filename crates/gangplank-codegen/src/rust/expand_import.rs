//! `#[import]`: the table of a trait, and the proxy that calls Go (clause 6.3).

use super::expand_fast::expand_fast_table;
use super::{Package, argument, expand_result_print, in_constant};
use crate::ir::Import;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Table, registration symbol and proxy of an imported trait.
pub fn expand_import(package: &Package<'_>, item: &syn::ItemTrait, import: &Import) -> TokenStream {
    let ident = &item.ident;
    let (krate, version, name, hash) = (package.symbol(), package.version, &import.head.name, import.hash);
    let fast = import.is_fast().then(|| expand_fast_table(package, import));
    let symbol = format!("gangplank_import_{krate}_{name}");
    let count = import.methods.len();
    let signatures =
        item.items.iter().filter_map(|i| if let syn::TraitItem::Fn(f) = i { Some(&f.sig) } else { None });
    let batches = super::expand_import_batch::batches(item, import);
    let first = count - batches.len();
    let prints = signatures.clone().flat_map(expand_prints);
    let prints = prints.chain(batches.iter().flat_map(|batch| batch.expand_prints()));
    let crossings = super::dyn_types(ident).map(|ty| expand_dyn_import(name, &ty));
    let methods = signatures.enumerate().map(|(index, sig)| match sig.asyncness {
        Some(_) => {
            let nonblocking = import.methods.get(index).is_some_and(|method| method.options.nonblocking);
            super::expand_import_async::expand_async_method(name, index, sig, nonblocking)
        }
        None => {
            let blocking = import.methods.get(index).is_some_and(|method| method.options.blocking);
            expand_method(name, index, sig, blocking)
        }
    });
    let methods =
        methods.chain(batches.iter().enumerate().map(|(at, batch)| batch.expand_proxy(name, first + at)));
    let marked = import.is_fast().then(|| quote!(impl __gangplank::FastImport for dyn #ident {}));
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;

            #marked

            static TABLE: __gangplank::Table = __gangplank::Table::new(#krate, #version, #name, #count, __gangplank::print::of(#hash, &[#(#prints),*]));

            #[unsafe(export_name = #symbol)]
            unsafe extern "C" fn register(table: *const __gangplank::Shim, methods: usize, hash: u64) -> *const __gangplank::c_char {
                // SAFETY: generated Go code passes a table that lives for ever (clause 6.3).
                unsafe { TABLE.register(table, methods, hash) }
            }

            #fast

            #[repr(transparent)]
            struct __GangplankProxy(__gangplank::Instance);

            impl #ident for __GangplankProxy {
                #(#methods)*
            }

            impl __GangplankProxy {
                #[inline]
                fn of(instance: &__gangplank::Instance) -> &Self {
                    // SAFETY: the proxy is a transparent wrapper of an instance.
                    unsafe { &*::core::ptr::from_ref(instance).cast::<Self>() }
                }
            }

            impl __gangplank::Import for dyn #ident {
                const NAME: &'static str = #name;

                fn table() -> &'static __gangplank::Table {
                    &TABLE
                }

                #[inline]
                fn of(instance: &__gangplank::Instance) -> &Self {
                    __GangplankProxy::of(instance)
                }

                fn slot() -> &'static __gangplank::Slot<Self> {
                    static SLOT: __gangplank::Slot<dyn #ident> = __gangplank::Slot::new();
                    &SLOT
                }
            }

            #(#crossings)*
        };
    }
}

/// Puts the arguments, and keeps what spans borrow from.
pub(super) fn expand_fill(names: &[syn::Ident]) -> TokenStream {
    if names.is_empty() {
        return quote!(|_| {});
    }
    quote!(move |call| (#(call.put(#names),)*))
}

/// How an implementation crosses, as this `dyn` type.
fn expand_dyn_import(name: &str, ty: &TokenStream) -> TokenStream {
    quote! {
        impl __gangplank::Shape for #ty {
            const CLASS: __gangplank::Class = __gangplank::Class::Pair;
            const PRINT: u64 = __gangplank::print::record(#name);
        }

        impl<'gangplank> __gangplank::Lend<'gangplank> for #ty {
            type Held = __gangplank::Instance;

            #[inline]
            fn hold(arguments: &mut __gangplank::Arguments<'gangplank>, _access: __gangplank::Access) -> ::core::result::Result<Self::Held, __gangplank::Malformed> {
                __gangplank::hold_instance(arguments, #name)
            }

            #[inline]
            fn lend(held: &Self::Held) -> &Self {
                __GangplankProxy::of(held)
            }

            fn skip(arguments: &mut __gangplank::Arguments<'gangplank>) {
                __gangplank::skip_instance(arguments);
            }
        }

        impl __gangplank::DecodeArc for #ty {
            fn from_pair(keeper: u64, handle: u64) -> ::core::result::Result<::std::sync::Arc<Self>, __gangplank::Malformed> {
                ::core::result::Result::Ok(::std::sync::Arc::new(__GangplankProxy(__gangplank::Instance::given(keeper, handle, #name)?)))
            }
        }

        impl __gangplank::EncodeArc for #ty {
            fn file(_this: ::std::sync::Arc<Self>, _passed: &mut __gangplank::Passed) -> ::core::result::Result<(u64, u64), &'static str> {
                ::core::result::Result::Err(__gangplank::ONLY_A_GO_REF)
            }
        }

        impl __gangplank::Encode for ::std::boxed::Box<#ty> {
            fn encode(&self, out: &mut __gangplank::Writer) {
                out.fault(__gangplank::ONLY_A_GO_REF);
            }

            fn to_pair(&self, _passed: &mut __gangplank::Passed) -> ::core::result::Result<(u64, u64), &'static str> {
                ::core::result::Result::Err(__gangplank::ONLY_A_GO_REF)
            }
        }

        impl<'gangplank> __gangplank::Decode<'gangplank> for ::std::boxed::Box<#ty> {
            const LEAST: usize = 16;

            fn decode(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<Self, __gangplank::Malformed> {
                let (keeper, handle) = input.pair()?;
                <Self as __gangplank::Decode<'gangplank>>::from_pair(keeper, handle)
            }

            fn from_pair(keeper: u64, handle: u64) -> ::core::result::Result<Self, __gangplank::Malformed> {
                ::core::result::Result::Ok(::std::boxed::Box::new(__GangplankProxy(__gangplank::Instance::given(keeper, handle, #name)?)))
            }

            fn skip(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<(), __gangplank::Malformed> {
                input.skip_pair()
            }
        }
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

fn expand_method(interface: &str, index: usize, sig: &syn::Signature, blocking: bool) -> TokenStream {
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
    let fill = expand_fill(&names);
    let classes = format_ident!("CLASSES");
    let number = types.len();
    let call = quote! {
        __gangplank::Call::<STRIDE>::make((&TABLE, #index), &self.0, #shown, &HINT, __gangplank::has_message(&#classes), #fill)
    };
    // A runtime of async functions is told that its thread may be blocked.
    let call = if blocking { quote!(__gangplank::blocking(|| #call)) } else { call };
    quote! {
        fn #ident(#receiver #(, #names: #types)*) #output {
            const #classes: [__gangplank::Class; #number] = [#(<#shapes as __gangplank::Shape>::CLASS),*];
            const STRIDE: usize = __gangplank::stride_from(__gangplank::BEHIND_HANDLE, &#classes);
            static HINT: __gangplank::Hint = __gangplank::Hint::new();
            #call
        }
    }
}
