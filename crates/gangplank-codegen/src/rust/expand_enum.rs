//! `#[record]` and `#[error]` on enums: discriminants (clauses 2.1, 5.2) or tagged variants (clauses 5.6, 5.7).

use super::{Package, expand_hash};
use crate::ir::Enum;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Codec and hash of an enum.
pub fn expand_enum(package: &Package<'_>, item: &syn::ItemEnum, parsed: &Enum) -> TokenStream {
    let types = item.variants.iter().flat_map(|v| &v.fields).map(|f| &f.ty);
    let prints: Vec<_> = types.map(|ty| quote!(<#ty as __gangplank::Shape>::PRINT)).collect();
    let hash = expand_hash(package, &parsed.head.name, parsed.hash, &prints);
    let body =
        if parsed.is_fieldless() { expand_fieldless(item, parsed) } else { expand_tagged(item, parsed) };
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;
            #hash
            #body
        };
    }
}

fn expand_fieldless(item: &syn::ItemEnum, parsed: &Enum) -> TokenStream {
    let (ident, name) = (&item.ident, &parsed.head.name);
    let variants: Vec<_> = item.variants.iter().map(|v| &v.ident).collect();
    let numbers: Vec<_> = parsed
        .variants
        .iter()
        .map(|v| proc_macro2::Literal::i64_unsuffixed(v.discriminant as u64 as i64))
        .collect();
    quote! {
        impl __gangplank::Shape for #ident {
            const CLASS: __gangplank::Class = __gangplank::Class::Scalar;
            const PRINT: u64 = __gangplank::print::record(#name);
        }

        impl __gangplank::Encode for #ident {
            #[inline]
            fn encode(&self, out: &mut __gangplank::Writer) {
                let discriminant: i64 = match self {
                    #(#ident::#variants => #numbers,)*
                };
                out.bytes(&discriminant.to_le_bytes());
            }

            #[inline]
            fn to_word(&self, _passed: &mut __gangplank::Passed) -> ::core::result::Result<u64, &'static str> {
                let discriminant: i64 = match self {
                    #(#ident::#variants => #numbers,)*
                };
                ::core::result::Result::Ok(discriminant as u64)
            }
        }

        impl<'gangplank> __gangplank::Decode<'gangplank> for #ident {
            const LEAST: usize = 8;

            #[inline]
            fn decode(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<Self, __gangplank::Malformed> {
                <Self as __gangplank::Decode<'gangplank>>::from_word(u64::from_le_bytes(input.array()?))
            }

            #[inline]
            fn from_word(word: u64) -> ::core::result::Result<Self, __gangplank::Malformed> {
                match word as i64 {
                    #(#numbers => ::core::result::Result::Ok(#ident::#variants),)*
                    other => ::core::result::Result::Err(__gangplank::Malformed::Value { of: #name, got: other as i128 }),
                }
            }
        }
    }
}

fn expand_tagged(item: &syn::ItemEnum, parsed: &Enum) -> TokenStream {
    let (ident, name) = (&item.ident, &parsed.head.name);
    let (text, skip, skip_text, text_least) = if parsed.is_error {
        (quote!(out.display(self);), quote!(input.string()?;), quote!(input.slice()?;), 8usize)
    } else {
        (quote!(), quote!(), quote!(), 0)
    };
    let (mut encodes, mut owned, mut decodes, mut skips) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, variant) in item.variants.iter().enumerate() {
        let tag = index as u32;
        let (case, members): (_, Vec<_>) = (&variant.ident, variant.fields.members().collect());
        let names: Vec<_> = (0..members.len()).map(|i| format_ident!("field_{i}")).collect();
        encodes.push(quote! {
            #ident::#case { #(#members: #names),* } => {
                out.bytes(&u32::to_le_bytes(#tag));
                #(__gangplank::Encode::encode(#names, out);)*
            }
        });
        owned.push(quote! {
            #ident::#case { #(#members: #names),* } => {
                out.bytes(&u32::to_le_bytes(#tag));
                #(__gangplank::Encode::encode_owned(#names, out);)*
            }
        });
        let types = variant.fields.iter().map(|field| &field.ty);
        skips.push(quote! {
            #tag => { #(<#types as __gangplank::Decode<'gangplank>>::skip(input)?;)* }
        });
        decodes.push(quote! {
            #tag => ::core::result::Result::Ok(#ident::#case { #(#members: __gangplank::Decode::decode(input)?),* }),
        });
    }
    let fields = parsed.variants.iter().flat_map(|variant| variant.fields.all());
    let owned = if fields.into_iter().any(|field| super::stays(&field.ty.kind)) {
        let text = if parsed.is_error { quote!(out.display(&self);) } else { quote!() };
        quote! {
            fn encode_owned(self, out: &mut __gangplank::Writer) {
                #text
                match self {
                    #(#owned)*
                }
            }
        }
    } else {
        quote!()
    };
    quote! {
        impl __gangplank::Shape for #ident {
            const CLASS: __gangplank::Class = __gangplank::Class::Compound;
            const PRINT: u64 = __gangplank::print::record(#name);
        }

        impl __gangplank::Encode for #ident {
            fn encode(&self, out: &mut __gangplank::Writer) {
                #text
                match self {
                    #(#encodes)*
                }
            }

            #owned
        }

        impl<'gangplank> __gangplank::Decode<'gangplank> for #ident {
            const LEAST: usize = #text_least + 4;

            fn decode(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<Self, __gangplank::Malformed> {
                #skip
                match u32::from_le_bytes(input.array()?) {
                    #(#decodes)*
                    u32::MAX => ::core::result::Result::Err(__gangplank::Malformed::Nil { of: #name }),
                    other => ::core::result::Result::Err(__gangplank::Malformed::Value { of: #name, got: other as i128 }),
                }
            }

            fn skip(input: &mut __gangplank::Reader<'gangplank>) -> ::core::result::Result<(), __gangplank::Malformed> {
                #skip_text
                match u32::from_le_bytes(input.array()?) {
                    #(#skips)*
                    // Nil has nothing in it; of anything else nobody knows where it ends.
                    u32::MAX => {}
                    other => return ::core::result::Result::Err(__gangplank::Malformed::Value { of: #name, got: other as i128 }),
                }
                ::core::result::Result::Ok(())
            }
        }
    }
}
