//! Async methods of imported traits: in the trait they return a future, so that it stays a `dyn` trait.

use super::{Expand, argument, in_constant};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `async fn f(&self, x: A) -> R;` becomes `fn f(&self, x: A) -> Calling<'_, R>;`
pub(super) fn expand_signatures(import: &mut syn::ItemTrait, expand: Expand) {
    if expand != Expand::Import {
        return;
    }
    for item in &mut import.items {
        let syn::TraitItem::Fn(method) = item else { continue };
        if method.sig.asyncness.take().is_some() {
            let future = future(&method.sig.output);
            method.sig.output = syn::parse_quote!(-> #future);
        }
    }
}

fn future(output: &syn::ReturnType) -> TokenStream {
    let result = match output {
        syn::ReturnType::Default => quote!(()),
        syn::ReturnType::Type(_, ty) => quote!(#ty),
    };
    quote!(::gangplank::task::Calling<'_, #result>)
}

/// The proxy's method.
pub(super) fn expand_async_method(
    interface: &str,
    index: usize,
    sig: &syn::Signature,
    nonblocking: bool,
) -> TokenStream {
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
    let future = future(&sig.output);
    let classes = format_ident!("CLASSES");
    let blocks = !nonblocking;
    let fill = if names.is_empty() { quote!(|_| {}) } else { quote!(move |call| { #(call.put(#names);)* }) };
    quote! {
        fn #ident(#receiver #(, #names: #types)*) -> #future {
            const #classes: &[__gangplank::Class] = &[#(<#shapes as __gangplank::Shape>::CLASS),*];
            static POST: __gangplank::Post = __gangplank::Post::new();
            static METHOD: __gangplank::AsyncMethod = __gangplank::AsyncMethod::new((&TABLE, #index), #shown, #classes, #blocks, &POST);
            __gangplank::call_async(&METHOD, &self.0, #fill)
        }
    }
}
