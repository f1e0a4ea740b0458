//! `batch`: the shim that makes many calls of a function.

use super::expand_fast::{Fast, expand_fast_shims};
use super::expand_shim::{Shimmed, expand_argument, is_named, peel, shown_name};
use super::{Package, argument, expand_hash, expand_result_print, of_owner};
use crate::ir::{Share, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

/// What the shim does with one argument, in this order.
struct Argument {
    class: TokenStream,
    print: TokenStream,
    take: TokenStream,
    own: TokenStream,
    give: TokenStream,
    len: TokenStream,
    pass: TokenStream,
    skip: TokenStream,
}

/// The shim and the hash of a function's batch, if one is asked for.
pub fn expand_batch(package: &Package<'_>, of: &Shimmed<'_>) -> TokenStream {
    if !of.function.options.batch {
        return TokenStream::new();
    }
    let batch = of.function.batch(|_| false);
    let (callee, symbol) = (&of.callee, format!("gangplank_{}_{}", package.symbol(), batch.symbol()));
    let (shown, one) = (shown_name(package, &batch), shown_name(package, of.function));
    let arguments: Vec<_> =
        of.sig.inputs.iter().enumerate().map(|(at, input)| expand_items(of, at, input)).collect();
    let classes = arguments.iter().map(|a| &a.class);
    let (takes, owns) = (arguments.iter().map(|a| &a.take), arguments.iter().map(|a| &a.own));
    let (gives, passes) = (arguments.iter().map(|a| &a.give), arguments.iter().map(|a| &a.pass));
    let lens = arguments.iter().map(|a| &a.len);
    let skips = arguments.iter().map(|a| &a.skip);
    let mut prints: Vec<_> = arguments.iter().map(|a| a.print.clone()).collect();
    let mut output = of.sig.output.clone();
    if let syn::ReturnType::Type(_, ty) = &mut output {
        **ty = of_owner(ty, of.owner);
    }
    prints.push(expand_result_print(&output, quote!(__gangplank::batch::Item)));
    let hash = expand_hash(package, &batch.symbol(), batch.hash, &prints);
    let classes = quote!(&[#(#classes),*]);
    let discard =
        quote!(::core::option::Option::Some(|arguments: &mut __gangplank::Arguments<'_>| { #(#skips)* }));
    let body = quote! {
        |arguments, header| {
            #(#takes)*
            arguments.finish()?;
            let __gangplank_count = __gangplank::batch::count(&[#(#lens),*])?;
            #(#owns)*
            #(#gives)*
            __gangplank::batch::Item::answer(#one, __gangplank_count, |__gangplank_at| ::core::result::Result::Ok(#callee(#(#passes),*)), header);
            ::core::result::Result::Ok(())
        }
    };
    let shims = if batch.options.fast {
        // It is never short: neither its items nor its results are one word.
        let result = quote!(__gangplank::Class::Compound);
        expand_fast_shims(package, &batch, &Fast { symbol, shown, classes, result, discard, body })
    } else {
        quote! {
            #[unsafe(export_name = #symbol)]
            unsafe extern "C" fn shim(frames: *mut u64, n: usize) {
                // SAFETY: generated Go code passes frames of this interface; the hash is compared at start (clauses 1.3, 6.6). `Access` is told what `Probe` says of the type.
                unsafe { __gangplank::serve(frames, n, #shown, #classes, #discard, #body) }
            }
        }
    };
    quote! {
        const _: () = {
            use ::gangplank::private as __gangplank;
            #[allow(unused_imports)]
            use __gangplank::{NoMethods as _, batch::NoObject as _};
            #hash
            #shims
        };
    }
}

fn expand_items(of: &Shimmed<'_>, at: usize, input: &syn::FnArg) -> Argument {
    let name = argument(at);
    let param = &of.function.params[at];
    let (ty, share) = match input {
        syn::FnArg::Typed(input) => (of_owner(&input.ty, of.owner), param.share(|_| false)),
        // All items share the receiver; its type is looked at where it is expanded.
        syn::FnArg::Receiver(_) => (syn::parse_quote!(()), Share::Shared),
    };
    let text = &param.name;
    match share {
        Share::Shared => {
            let shared = expand_argument(of, at, input);
            let pass = match param.ty.kind {
                TypeKind::Arc(_) => quote!(::core::clone::Clone::clone(&#name)),
                _ => shared.pass,
            };
            Argument {
                class: shared.class,
                print: shared.print,
                take: shared.take,
                own: shared.own,
                give: shared.give,
                len: quote!(::core::option::Option::None),
                pass,
                skip: shared.skip,
            }
        }
        Share::Lent => match lent(&ty) {
            Lent::Slice(item) => items(
                &name,
                &syn::parse_quote!(::std::vec::Vec<#item>),
                text,
                quote!(#name.get(__gangplank_at)?),
            ),
            Lent::Value(elem) => each(&name, &elem, text),
        },
        Share::Copied => items(&name, &ty, text, quote!(*#name.get(__gangplank_at)?)),
        Share::Moved => items(&name, &ty, text, quote!(#name.take(__gangplank_at)?)),
    }
}

/// What stands behind a reference.
pub(super) enum Lent {
    /// `&[T]`
    Slice(syn::Type),
    /// `&T`
    Value(syn::Type),
}

/// What a reference lends.
pub(super) fn lent(ty: &syn::Type) -> Lent {
    let syn::Type::Reference(reference) = peel(ty) else { return Lent::Value(ty.clone()) };
    match peel(&reference.elem) {
        syn::Type::Slice(slice) if !is_named(&slice.elem, "u8") => Lent::Slice((*slice.elem).clone()),
        elem => Lent::Value(elem.clone()),
    }
}

/// A slice with something for each item.
fn items(name: &syn::Ident, item: &syn::Type, text: &str, pass: TokenStream) -> Argument {
    let constant = super::in_constant(item);
    Argument {
        class: quote!(<[#constant] as __gangplank::Shape>::CLASS),
        print: quote!(<[#constant] as __gangplank::Shape>::PRINT),
        take: quote! {
            #[allow(unused_mut)]
            let mut #name = __gangplank::batch::Items::<#item>::of(arguments, #text)?;
        },
        own: TokenStream::new(),
        give: TokenStream::new(),
        len: quote!(#name.count()),
        pass,
        skip: quote!(arguments.skip::<__gangplank::batch::Many<'_, #item>>();),
    }
}

/// `&T`: an object is shared, which only the compiler knows of a type.
fn each(name: &syn::Ident, elem: &syn::Type, text: &str) -> Argument {
    let object = quote!(<__gangplank::batch::Kind<#elem>>::OBJECT);
    Argument {
        class: quote!(__gangplank::batch::class_of::<#elem>(#object)),
        print: quote!(__gangplank::batch::print_of::<#elem>(#object)),
        take: quote! {
            let #name = __gangplank::batch::Each::<#elem>::of(arguments, #text, __gangplank::Access::of(<__gangplank::Probe<#elem>>::EXCLUSIVE), #object)?;
        },
        own: TokenStream::new(),
        give: TokenStream::new(),
        len: quote!(#name.count()),
        pass: quote!(#name.get(__gangplank_at)?),
        skip: quote!(__gangplank::batch::Each::<#elem>::skip(arguments, #object);),
    }
}
