//! The shim of a function that Go calls (clauses 1 to 4, 8.9): an exported function, or a function of an object.

use super::expand_fast::{Fast, expand_fast_shims};
use super::{Package, argument, expand_hash, expand_result_print, in_constant, of_owner};
use crate::ir::{Function, Type, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

/// What becomes a shim.
pub struct Shimmed<'a> {
    /// Its signature.
    pub sig: &'a syn::Signature,
    /// The same, parsed.
    pub function: &'a Function,
    /// What is called: a path.
    pub callee: TokenStream,
    /// The object's type, and what `Self` is.
    pub owner: Option<&'a syn::Type>,
}

/// What the shim does with one argument, in this order.
pub(super) struct Argument {
    pub class: TokenStream,
    pub print: TokenStream,
    pub take: TokenStream,
    pub own: TokenStream,
    pub give: TokenStream,
    pub pass: TokenStream,
    pub skip: TokenStream,
}

/// The shim and the hash of a function.
pub fn expand_shim(package: &Package<'_>, of: &Shimmed<'_>) -> TokenStream {
    let (function, callee) = (of.function, &of.callee);
    let symbol = format!("gangplank_{}_{}", package.symbol(), function.symbol());
    let shown = shown_name(package, function);
    let arguments: Vec<_> =
        of.sig.inputs.iter().enumerate().map(|(at, input)| expand_argument(of, at, input)).collect();
    let (classes, takes) = (arguments.iter().map(|a| &a.class), arguments.iter().map(|a| &a.take));
    let (owns, gives) = (arguments.iter().map(|a| &a.own), arguments.iter().map(|a| &a.give));
    let passes = arguments.iter().map(|a| &a.pass);
    let mut prints: Vec<_> = arguments.iter().map(|a| a.print.clone()).collect();
    let mut output = of.sig.output.clone();
    if let syn::ReturnType::Type(_, ty) = &mut output {
        **ty = super::expand_sequence::named(&of_owner(ty, of.owner));
    }
    prints.push(expand_result_print(&output, quote!(__gangplank::Output)));
    let hash = expand_hash(package, &function.symbol(), function.hash, &prints);
    let given = function.params.iter().any(|param| param.name != "self" && may_be_given(&param.ty));
    let discard = if given {
        let skips = arguments.iter().map(|a| &a.skip);
        quote!(::core::option::Option::Some(|arguments: &mut __gangplank::Arguments<'_>| { #(#skips)* }))
    } else {
        quote!(::core::option::Option::None)
    };
    let mut called = quote!(#callee(#(#passes),*));
    if function.is_async {
        called = quote!(#called.await);
    }
    let called = super::expand_sequence::given(function, called);
    let batch = super::expand_batch::expand_batch(package, of);
    let classes = quote!(&[#(#classes),*]);
    let body = match function.is_async {
        true => quote! {
            |arguments| {
                #(#takes)*
                arguments.finish()?;
                #(#owns)*
                #(#gives)*
                ::core::result::Result::Ok(async move { #called })
            }
        },
        false => quote! {
            |arguments, header| {
                #(#takes)*
                arguments.finish()?;
                #(#owns)*
                #(#gives)*
                __gangplank::Output::put(#called, header);
                ::core::result::Result::Ok(())
            }
        },
    };
    let shims = if function.options.fast {
        let result = match &output {
            syn::ReturnType::Default => quote!(__gangplank::Class::Unit),
            syn::ReturnType::Type(_, ty) => {
                let ty = in_constant(ty);
                quote!(<#ty as __gangplank::Output>::CLASS)
            }
        };
        expand_fast_shims(package, function, &Fast { symbol, shown, classes, result, discard, body })
    } else {
        let serve = match function.is_async {
            true => quote!(__gangplank::serve_async),
            false => quote!(__gangplank::serve),
        };
        quote! {
            #[unsafe(export_name = #symbol)]
            unsafe extern "C" fn shim(frames: *mut u64, n: usize) {
                // SAFETY: generated Go code passes frames of this interface; the hash is compared at start (clauses 1.3, 6.6). `Access` is told what `Probe` says of the type.
                unsafe { #serve(frames, n, #shown, #classes, #discard, #body) }
            }
        }
    };
    quote! {
        #batch
        const _: () = {
            use ::gangplank::private as __gangplank;
            #[allow(unused_imports)]
            use __gangplank::NoMethods as _;
            #hash
            #shims
        };
    }
}

/// How messages call a function.
pub(super) fn shown_name(package: &Package<'_>, function: &Function) -> String {
    match &function.owner {
        Some(owner) => format!("{owner}.{}", function.head.name),
        None => format!("{}::{}", package.symbol(), function.head.name),
    }
}

/// May Go give a function value or an implementation in it (clause 8.3)? What a named type holds is not known here.
fn may_be_given(ty: &Type) -> bool {
    match &ty.kind {
        TypeKind::Ref(inner) | TypeKind::RefMut(inner) => {
            !matches!(inner.kind, TypeKind::Function(_) | TypeKind::Dyn(_)) && may_be_given(inner)
        }
        kind => super::stays(kind),
    }
}

pub(super) fn expand_argument(of: &Shimmed<'_>, at: usize, input: &syn::FnArg) -> Argument {
    let name = argument(at);
    match input {
        syn::FnArg::Receiver(receiver) => {
            let owner = of.owner.cloned().unwrap_or_else(|| syn::parse_quote!(Self));
            let ty = match (&receiver.reference, receiver.mutability) {
                _ if receiver.colon_token.is_some() => of_owner(&receiver.ty, of.owner),
                (Some(_), None) => syn::parse_quote!(&#owner),
                (Some(_), Some(_)) => syn::parse_quote!(&mut #owner),
                (None, _) => owner,
            };
            // An argument without a name: what is wrong with it is said of the method.
            expand_one(of, &name, &ty, "")
        }
        syn::FnArg::Typed(input) => {
            let ty = of_owner(&input.ty, of.owner);
            expand_one(of, &name, &ty, &of.function.params[at].name)
        }
    }
}

fn expand_one(of: &Shimmed<'_>, name: &syn::Ident, ty: &syn::Type, text: &str) -> Argument {
    match peel(ty) {
        syn::Type::Reference(reference) if of.function.is_async => {
            expand_kept(name, ty, &reference.elem, text)
        }
        _ => expand_typed(name, ty, text),
    }
}

/// What an async function borrows, its future owns.
fn expand_kept(name: &syn::Ident, ty: &syn::Type, elem: &syn::Type, text: &str) -> Argument {
    let (constant, fixed, elem) = (in_constant(ty), in_constant(peel(elem)), peel(elem));
    Argument {
        class: quote!(<#elem as __gangplank::Shape>::CLASS),
        print: quote!(<#constant as __gangplank::Shape>::PRINT),
        take: quote! {
            const _: () = ::core::assert!(!<__gangplank::Probe<#fixed>>::EXCLUSIVE, #HELD);
            let #name = arguments.take_kept::<#elem>(#text)?;
        },
        own: TokenStream::new(),
        give: TokenStream::new(),
        pass: quote!(<#elem as __gangplank::Keep>::lend(&#name)),
        skip: quote!(arguments.skip_lent::<#elem>();),
    }
}

fn expand_typed(name: &syn::Ident, ty: &syn::Type, text: &str) -> Argument {
    let constant = in_constant(ty);
    let print = quote!(<#constant as __gangplank::Shape>::PRINT);
    let nothing = TokenStream::new();
    if let syn::Type::Reference(reference) = peel(ty) {
        let elem = peel(&reference.elem);
        let class = quote!(<#elem as __gangplank::Shape>::CLASS);
        if reference.mutability.is_some() {
            let fixed = in_constant(elem);
            return Argument {
                class,
                print,
                take: quote! {
                    const _: () = ::core::assert!(<#fixed as __gangplank::LendMut<'static>>::CAN, #UNCHANGED);
                    let mut #name = arguments.take_lent_mut::<#elem>(#text)?;
                },
                own: nothing.clone(),
                give: nothing,
                pass: quote!(<#elem as __gangplank::LendMut<'_>>::lend(&mut #name)),
                skip: quote!(arguments.skip_lent_mut::<#elem>();),
            };
        }
        match elem {
            syn::Type::Slice(slice) if !is_named(&slice.elem, "u8") => {
                let item = &slice.elem;
                return Argument {
                    class,
                    print,
                    take: quote!(let #name = arguments.take_slice::<#item>(#text)?;),
                    own: nothing.clone(),
                    give: nothing,
                    pass: quote!(&#name),
                    skip: quote!(arguments.skip_slice::<#item>();),
                };
            }
            elem if !matches!(elem, syn::Type::Slice(_)) && !is_named(elem, "str") => {
                return Argument {
                    class,
                    print,
                    take: quote! {
                        let #name = arguments.take_lent::<#elem>(#text, __gangplank::Access::of(<__gangplank::Probe<#elem>>::EXCLUSIVE))?;
                    },
                    own: nothing.clone(),
                    give: nothing,
                    pass: quote!(<#elem as __gangplank::Lend<'_>>::lend(&#name)),
                    skip: quote!(arguments.skip_lent::<#elem>();),
                };
            }
            _ => {
                return Argument {
                    class,
                    print,
                    take: quote!(let #name = arguments.take::<#ty>(#text)?;),
                    own: nothing.clone(),
                    give: nothing,
                    pass: quote!(#name),
                    skip: quote!(arguments.skip::<#ty>();),
                };
            }
        }
    }
    Argument {
        class: quote!(<#ty as __gangplank::Shape>::CLASS),
        print,
        take: quote!(let #name = arguments.take_owned::<#ty>(#text)?;),
        own: quote!(let #name = __gangplank::Arguments::own::<#ty>(#name, #text)?;),
        give: quote!(let #name = #name.give();),
        pass: quote!(#name),
        skip: quote!(arguments.skip::<#ty>();),
    }
}

/// An object as `&mut`, of whose type nobody takes the lock.
const UNCHANGED: &str = "an object is passed as `&mut` but its type has no `&mut self` method: make this function a method, in the #[gangplank::object] impl block of the type";

/// An object that an async function shares, of whose type somebody takes the lock.
const HELD: &str = "an async function shares an object whose type has a method with `&mut self`, which would wait for as long as the future does: let that method take `&self`, with a lock inside";

/// Without parentheses, and what macros put around types.
pub(super) fn peel(ty: &syn::Type) -> &syn::Type {
    match ty {
        syn::Type::Paren(inner) => peel(&inner.elem),
        syn::Type::Group(inner) => peel(&inner.elem),
        ty => ty,
    }
}

pub(super) fn is_named(ty: &syn::Type, name: &str) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == name))
}
