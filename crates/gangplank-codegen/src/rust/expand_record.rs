//! `#[record]` and `#[error]` on structs (clauses 5.3, 5.4, 5.7).

use super::{Package, expand_hash};
use crate::ir::Record;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Codec and hash of a record.
pub fn expand_record(package: &Package<'_>, item: &syn::ItemStruct, record: &Record) -> TokenStream {
    let ident = &item.ident;
    let types: Vec<_> = item.fields.iter().map(|f| &f.ty).collect();
    let prints: Vec<_> = types.iter().map(|ty| quote!(<#ty as __gangplank::Shape>::PRINT)).collect();
    let (name, hash) = (&record.head.name, expand_hash(package, &record.head.name, record.hash, &prints));
    let members: Vec<_> = item.fields.members().collect();
    let text = if record.is_error { quote!(out.display(self);) } else { quote!() };
    let skip = if record.is_error { quote!(input.string()?;) } else { quote!() };
    let skip_text = if record.is_error { quote!(input.slice()?;) } else { quote!() };
    let owned = expand_owned(ident, &members, record);
    let text_least = if record.is_error { 8usize } else { 0 };
    // `#[repr(C)]` structs are POD where all fields are; a zero-sized one is not (it has no address worth lending).
    let pod = record.repr_c && !record.is_error && !types.is_empty();
    let (pod_const, pod_many) = if pod { expand_pod() } else { (quote!(), quote!()) };
    let pod_decode = if pod {
        quote! {
            #[inline]
            fn decode_all(count: usize, input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<::std::vec::Vec<Self>, __gangplank::Malformed> {
                if IS_POD {
                    // SAFETY: `IS_POD` holds.
                    return unsafe { __gangplank::decode_pod(count, input) };
                }
                (0..count).map(|_| __gangplank::Decode::decode(input)).collect()
            }
        }
    } else {
        quote!()
    };
    let is_pod = if pod { expand_is_pod(ident, &types) } else { quote!() };
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;
            #hash
            #is_pod

            impl __gangplank::Shape for #ident {
                const CLASS: __gangplank::Class = __gangplank::Class::Compound;
                const PRINT: u64 = __gangplank::print::record(#name);
                #pod_const
            }

            impl __gangplank::Encode for #ident {
                #[inline]
                fn encode(&self, out: &mut __gangplank::Writer) {
                    #text
                    #(__gangplank::Encode::encode(&self.#members, out);)*
                    let _ = out;
                }
                #owned
                #pod_many
            }

            impl<'gangplank> __gangplank::Decode<'gangplank> for #ident {
                const LEAST: usize = #text_least #(+ <#types as __gangplank::Decode<'gangplank>>::LEAST)*;

                #[inline]
                fn decode(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<Self, __gangplank::Malformed> {
                    #skip
                    let _ = &input;
                    ::core::result::Result::Ok(#ident { #(#members: __gangplank::Decode::decode(input)?),* })
                }
                #pod_decode

                fn skip(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<(), __gangplank::Malformed> {
                    #skip_text
                    #(<#types as __gangplank::Decode<'gangplank>>::skip(input)?;)*
                    let _ = input;
                    ::core::result::Result::Ok(())
                }
            }
        };
    }
}

/// Giving the fields away, where one may have something to give. Other records may have a `Drop` of their own.
fn expand_owned(ident: &syn::Ident, members: &[syn::Member], record: &Record) -> TokenStream {
    if !record.fields.all().iter().any(|field| super::stays(&field.ty.kind)) {
        return quote!();
    }
    let text = if record.is_error { quote!(out.display(&self);) } else { quote!() };
    let names: Vec<_> = (0..members.len()).map(|i| format_ident!("field_{i}")).collect();
    quote! {
        fn encode_owned(self, out: &mut __gangplank::Writer) {
            #text
            let #ident { #(#members: #names),* } = self;
            #(__gangplank::Encode::encode_owned(#names, out);)*
        }
    }
}

/// Is every field POD? Padding is refused at compile time: its bytes would be uninitialised memory.
fn expand_is_pod(ident: &syn::Ident, types: &[&syn::Type]) -> TokenStream {
    let text = format!(
        "#[repr(C)] record {ident} has padding between or after its fields, so it cannot cross as plain memory. Order the fields from wide to narrow, add a field that fills the gap, or remove #[repr(C)]"
    );
    quote! {
        const IS_POD: bool = true #(&& <#types as __gangplank::Shape>::POD)*;
        const _: () = ::core::assert!(!IS_POD || ::core::mem::size_of::<#ident>() == 0 #(+ ::core::mem::size_of::<#types>())*, #text);
    }
}

/// POD: its constant, and the encoding of many.
fn expand_pod() -> (TokenStream, TokenStream) {
    let constant = quote! {
        const POD: bool = IS_POD;
    };
    let many = quote! {
        #[inline]
        fn encode_all(items: &[Self], out: &mut __gangplank::Writer) {
            if IS_POD {
                // SAFETY: `IS_POD` holds: every field is POD, and the assertion beside it found no padding.
                return unsafe { __gangplank::encode_pod(items, out) };
            }
            for item in items {
                __gangplank::Encode::encode(item, out);
            }
        }
    };
    (constant, many)
}
