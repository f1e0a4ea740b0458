//! `#[object]` on structs and traits: the keeper of a type of object, and how its values cross (clauses 8.1 to 8.3).

use super::expand_shim::{Shimmed, expand_shim};
use super::{Package, expand_hash};
use crate::ir::Object;
use proc_macro2::TokenStream;
use quote::quote;

/// Keeper, hash and codec of a struct.
pub fn expand_object_struct(package: &Package<'_>, item: &syn::ItemStruct, object: &Object) -> TokenStream {
    let ident = &item.ident;
    let keeper = expand_keeper(package, &syn::parse_quote!(#ident), object);
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;
            #keeper

            impl __gangplank::Encode for #ident {
                fn encode(&self, out: &mut __gangplank::Writer) {
                    __gangplank::codec::borrowed(out);
                }

                fn encode_owned(self, out: &mut __gangplank::Writer) {
                    __gangplank::codec::encode(self, out);
                }

                fn to_word(&self, _passed: &mut __gangplank::Passed) -> ::core::result::Result<u64, &'static str> {
                    ::core::result::Result::Err(__gangplank::BORROWED)
                }

                #[inline]
                fn into_word(self, passed: &mut __gangplank::Passed) -> ::core::result::Result<u64, &'static str> {
                    __gangplank::codec::into_word(self, passed)
                }
            }

            impl<'gangplank> __gangplank::Decode<'gangplank> for #ident {
                const LEAST: usize = 8;

                fn decode(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<Self, __gangplank::Malformed> {
                    __gangplank::codec::decode(input)
                }

                fn from_word(word: u64) -> ::core::result::Result<Self, __gangplank::Malformed> {
                    __gangplank::codec::from_word(word)
                }

                fn from_result(word: u64) -> ::core::result::Result<Self, __gangplank::Malformed> {
                    __gangplank::codec::from_result(word)
                }

                fn skip(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<(), __gangplank::Malformed> {
                    input.skip_object(<Self as __gangplank::DecodeArc>::release)
                }

                fn skip_result(word: u64) {
                    <Self as __gangplank::DecodeArc>::release(word);
                }

                fn later(word: u64) -> ::core::option::Option<::core::result::Result<__gangplank::Later<'gangplank, Self>, __gangplank::Malformed>> {
                    ::core::option::Option::Some(__gangplank::later(word))
                }

                #[inline]
                fn shared(word: u64, access: __gangplank::Access) -> ::core::option::Option<::core::result::Result<__gangplank::Shared<Self>, __gangplank::Malformed>> {
                    ::core::option::Option::Some(__gangplank::Shared::of(word, access))
                }
            }
        };
    }
}

/// Keeper, hash and codec of `dyn Trait`, and the shims of its methods.
pub fn expand_object_trait(package: &Package<'_>, item: &syn::ItemTrait, object: &Object) -> TokenStream {
    let ident = &item.ident;
    let owner: syn::Type = syn::parse_quote!(dyn #ident);
    let keeper = expand_keeper(package, &owner, object);
    let signatures = item.items.iter().filter_map(|part| match part {
        syn::TraitItem::Fn(method) => Some(&method.sig),
        _ => None,
    });
    let shims = super::shimmed(signatures, &object.methods).map(|(sig, function)| {
        let name = &sig.ident;
        let callee = quote!(<#owner as #ident>::#name);
        expand_shim(package, &Shimmed { sig, function, callee, owner: Some(&owner) })
    });
    let crossings = super::dyn_types(ident).enumerate().map(|(at, ty)| {
        let other = (at > 0).then(|| expand_other_dyn(ident, &object.head.name, &ty));
        let crossing = expand_dyn_object(ident, &ty);
        quote!(#other #crossing)
    });
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;
            #keeper

            #(#crossings)*
        };
        #(#shims)*
    }
}

fn expand_keeper(package: &Package<'_>, owner: &syn::Type, object: &Object) -> TokenStream {
    let name = &object.head.name;
    let symbol = format!("gangplank_object_{}_{name}", package.symbol());
    let hash = expand_hash(package, name, object.hash, &[]);
    quote! {
        #hash

        #[unsafe(export_name = #symbol)]
        static OBJECTS: __gangplank::Objects<#owner> = __gangplank::Objects::new();

        impl __gangplank::Shape for #owner {
            const CLASS: __gangplank::Class = __gangplank::Class::Scalar;
            const PRINT: u64 = __gangplank::print::record(#name);
        }

        impl __gangplank::Object for #owner {
            const NAME: &'static str = #name;

            #[inline]
            fn objects() -> &'static __gangplank::Objects<Self> {
                &OBJECTS
            }
        }
    }
}

/// How an object of a trait crosses, as this `dyn` type.
fn expand_dyn_object(ident: &syn::Ident, ty: &TokenStream) -> TokenStream {
    quote! {
        impl<'gangplank> __gangplank::Lend<'gangplank> for #ty {
            type Held = __gangplank::Shared<dyn #ident>;

            #[inline]
            fn hold(arguments: &mut __gangplank::Arguments<'gangplank>, access: __gangplank::Access) -> ::core::result::Result<Self::Held, __gangplank::Malformed> {
                arguments.object(access)
            }

            #[inline]
            fn lend(held: &Self::Held) -> &Self {
                // SAFETY: the trait has the bounds that the cast adds, if any.
                unsafe { &*(::core::ptr::from_ref::<dyn #ident>(&**held) as *const Self) }
            }

            fn skip(arguments: &mut __gangplank::Arguments<'gangplank>) {
                arguments.skip_word();
            }
        }

        impl __gangplank::Keep for #ty {
            type Kept = ::std::sync::Arc<dyn #ident>;

            #[inline]
            fn keep(arguments: &mut __gangplank::Arguments<'_>) -> ::core::result::Result<Self::Kept, __gangplank::Malformed> {
                ::core::result::Result::Ok(arguments.object::<dyn #ident>(__gangplank::Access::LOCKED)?.share())
            }

            #[inline]
            fn lend(kept: &Self::Kept) -> &Self {
                // SAFETY: the trait has the bounds that the cast adds, if any.
                unsafe { &*(::core::ptr::from_ref::<dyn #ident>(&**kept) as *const Self) }
            }
        }

        impl __gangplank::Encode for ::std::boxed::Box<#ty> {
            fn encode(&self, out: &mut __gangplank::Writer) {
                __gangplank::codec::borrowed(out);
            }

            fn encode_owned(self, out: &mut __gangplank::Writer) {
                __gangplank::Encode::encode_owned(::std::sync::Arc::<#ty>::from(self), out);
            }

            fn to_word(&self, _passed: &mut __gangplank::Passed) -> ::core::result::Result<u64, &'static str> {
                ::core::result::Result::Err(__gangplank::BORROWED)
            }

            fn into_word(self, passed: &mut __gangplank::Passed) -> ::core::result::Result<u64, &'static str> {
                __gangplank::Encode::into_word(::std::sync::Arc::<#ty>::from(self), passed)
            }
        }

        // It can stand in a record, which goes both ways.
        impl<'gangplank> __gangplank::Decode<'gangplank> for ::std::boxed::Box<#ty> {
            const LEAST: usize = 8;

            fn decode(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<Self, __gangplank::Malformed> {
                match input.object()? {
                    (word, true) => <Self as __gangplank::Decode<'gangplank>>::from_result(word),
                    (word, false) => <Self as __gangplank::Decode<'gangplank>>::from_word(word),
                }
            }

            fn from_word(_word: u64) -> ::core::result::Result<Self, __gangplank::Malformed> {
                ::core::result::Result::Err(__gangplank::codec::boxed::<dyn #ident>())
            }

            fn from_result(word: u64) -> ::core::result::Result<Self, __gangplank::Malformed> {
                <dyn #ident as __gangplank::DecodeArc>::release(word);
                <Self as __gangplank::Decode<'gangplank>>::from_word(word)
            }

            fn skip(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<(), __gangplank::Malformed> {
                input.skip_object(<dyn #ident as __gangplank::DecodeArc>::release)
            }
        }
    }
}

/// What `dyn Trait` has from being an object, for a `dyn Trait` with bounds.
fn expand_other_dyn(ident: &syn::Ident, name: &str, ty: &TokenStream) -> TokenStream {
    let add = quote! {
        // SAFETY: the `Arc` is the one that was taken apart; the trait has the bounds that the cast adds.
        unsafe { ::std::sync::Arc::from_raw(::std::sync::Arc::into_raw(arc) as *const Self) }
    };
    quote! {
        impl __gangplank::Shape for #ty {
            const CLASS: __gangplank::Class = __gangplank::Class::Scalar;
            const PRINT: u64 = __gangplank::print::record(#name);
        }

        impl __gangplank::EncodeArc for #ty {
            fn file(this: ::std::sync::Arc<Self>, passed: &mut __gangplank::Passed) -> ::core::result::Result<(u64, u64), &'static str> {
                <dyn #ident as __gangplank::EncodeArc>::file(this, passed)
            }
        }

        impl __gangplank::DecodeArc for #ty {
            fn from_word(word: u64) -> ::core::result::Result<::std::sync::Arc<Self>, __gangplank::Malformed> {
                <dyn #ident as __gangplank::DecodeArc>::from_word(word).map(|arc| #add)
            }

            fn from_result(word: u64) -> ::core::result::Result<::std::sync::Arc<Self>, __gangplank::Malformed> {
                <dyn #ident as __gangplank::DecodeArc>::from_result(word).map(|arc| #add)
            }

            fn release(word: u64) {
                <dyn #ident as __gangplank::DecodeArc>::release(word);
            }
        }
    }
}
