//! Batches of imported methods: a method of the trait that loops, and the proxy's, which makes one crossing.

use super::expand_batch::{Lent, lent};
use super::{argument, in_constant};
use crate::ir::{Function, Import, Share, TypeKind};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

/// The batch of a method.
pub(super) struct Batch {
    name: syn::Ident,
    one: syn::Ident,
    receiver: syn::Receiver,
    /// The arguments' types.
    types: Vec<syn::Type>,
    /// The arguments as one item gets them, for `at`.
    passes: Vec<TokenStream>,
    /// What is done once with an argument whose items are taken out.
    opens: Vec<TokenStream>,
    /// How many items there are, argument by argument.
    lens: Vec<TokenStream>,
    /// What the method returns for one item.
    item: syn::Type,
}

/// The batches of a trait, in the order of its table.
pub(super) fn batches(item: &syn::ItemTrait, import: &Import) -> Vec<Batch> {
    let signature = |name: &str| {
        item.items.iter().find_map(|part| match part {
            syn::TraitItem::Fn(method) if method.sig.ident.unraw() == name => Some(&method.sig),
            _ => None,
        })
    };
    let derived = import.methods.iter().filter_map(|method| method.batch_of.as_deref());
    derived.filter_map(|of| batch(signature(&of.head.name)?, of)).collect()
}

fn batch(sig: &syn::Signature, of: &Function) -> Option<Batch> {
    let item = match &sig.output {
        syn::ReturnType::Default => syn::parse_quote!(()),
        syn::ReturnType::Type(_, ty) => (**ty).clone(),
    };
    let mut batch = Batch {
        name: format_ident!("{}_batch", sig.ident.unraw(), span = sig.ident.span()),
        one: sig.ident.clone(),
        receiver: sig.receiver()?.clone(),
        types: Vec::new(),
        passes: Vec::new(),
        opens: Vec::new(),
        lens: Vec::new(),
        item,
    };
    let inputs =
        sig.inputs.iter().filter_map(|i| if let syn::FnArg::Typed(t) = i { Some(&*t.ty) } else { None });
    for (at, (ty, param)) in inputs.zip(&of.params).enumerate() {
        let name = argument(at);
        let share = param.share(|_| false);
        let (many, pass) = match share {
            Share::Shared => (
                ty.clone(),
                match param.ty.kind {
                    TypeKind::Arc(_) => quote!(::core::clone::Clone::clone(&#name)),
                    TypeKind::RefMut(_) => quote!(&mut *#name),
                    _ => quote!(#name),
                },
            ),
            Share::Lent => match lent(ty) {
                Lent::Slice(_) => (syn::parse_quote!(&[#ty]), quote!(#name[at])),
                Lent::Value(elem) => (syn::parse_quote!(&[#elem]), quote!(&#name[at])),
            },
            Share::Copied => (syn::parse_quote!(&[#ty]), quote!(#name[at])),
            Share::Moved => {
                batch.opens.push(quote!(let mut #name = #name.into_iter();));
                let next = quote!(match #name.next() {
                    ::core::option::Option::Some(item) => item,
                    ::core::option::Option::None => ::core::unreachable!("the slices are of one length"),
                });
                (syn::parse_quote!(::std::vec::Vec<#ty>), next)
            }
        };
        if share != Share::Shared {
            batch.lens.push(quote!(#name.len()));
        }
        batch.types.push(many);
        batch.passes.push(pass);
    }
    Some(batch)
}

impl Batch {
    fn head(&self) -> TokenStream {
        let Batch { name, receiver, types, item, .. } = self;
        let names = (0..types.len()).map(argument);
        quote!(fn #name(#receiver #(, #names: #types)*) -> ::std::vec::Vec<#item>)
    }

    fn count(&self, interface: &str) -> TokenStream {
        let (shown, lens) = (format!("{interface}.{}", self.name), &self.lens);
        quote!(::gangplank::private::batch::same_length(#shown, &[#(#lens),*]))
    }

    /// The method with the loop, for implementations in Rust.
    pub(super) fn expand_default(&self, interface: &str) -> syn::TraitItem {
        let (head, count, one) = (self.head(), self.count(interface), &self.one);
        let (opens, passes) = (&self.opens, &self.passes);
        let docs = format!(
            "Many calls of [`{one}`](Self::{one}) in one crossing: the result at an index is that of the items at this index."
        );
        let panics = "If slices are of different lengths; if the method returns no `Result`, also if an item panics in Go.";
        syn::parse_quote! {
            #[doc = #docs]
            #[doc = ""]
            #[doc = "# Panics"]
            #[doc = #panics]
            #head {
                let count = #count;
                #(#opens)*
                (0..count).map(|at| self.#one(#(#passes),*)).collect()
            }
        }
    }

    /// The fingerprints of the arguments and of the result.
    pub(super) fn expand_prints(&self) -> Vec<TokenStream> {
        let types = self.types.iter().map(in_constant);
        let mut prints: Vec<_> = types.map(|ty| quote!(<#ty as __gangplank::Shape>::PRINT)).collect();
        let item = in_constant(&self.item);
        prints.push(quote!(<<#item as __gangplank::batch::Answered>::Answer as __gangplank::Input>::PRINT));
        prints
    }

    /// The proxy's method.
    pub(super) fn expand_proxy(&self, interface: &str, index: usize) -> TokenStream {
        let (head, count, item) = (self.head(), self.count(interface), &self.item);
        let shown = format!("{interface}.{}", self.name);
        let names: Vec<_> = (0..self.types.len()).map(argument).collect();
        let shapes: Vec<_> = self.types.iter().map(in_constant).collect();
        let number = shapes.len();
        quote! {
            #head {
                const CLASSES: [__gangplank::Class; #number] = [#(<#shapes as __gangplank::Shape>::CLASS),*];
                const STRIDE: usize = __gangplank::stride_from(__gangplank::BEHIND_HANDLE, &CLASSES);
                static HINT: __gangplank::Hint = __gangplank::Hint::new();
                let count = #count;
                <#item as __gangplank::batch::Answered>::lend(count, &HINT);
                let answer = __gangplank::Call::<STRIDE>::make((&TABLE, #index), &self.0, #shown, &HINT, __gangplank::has_message(&CLASSES), move |call| {
                    (#(call.put(#names),)*)
                });
                <#item as __gangplank::batch::Answered>::spread(#shown, count, answer)
            }
        }
    }
}
