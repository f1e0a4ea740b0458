//! `#[export]` functions, and what they share with the methods of imported traits.

use super::parser::Parser;
use super::signature::function_tokens;
use crate::diagnostic::{Diagnostic, FUNCTION_KIND, GENERIC, PATTERN, RECEIVER};
use crate::ir::{FileId, Function, Options, Param, Type, TypeKind, signature_hash};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// Parses an exported function as its macro sees it: without the crate around it.
///
/// # Errors
/// All mistakes that show in the function itself. See [`crate::check::check_export_alone`] for the rest.
pub fn parse_export_fn(item: &syn::ItemFn, file: FileId) -> Result<Function, Vec<Diagnostic>> {
    let mut parser = Parser::alone(file);
    let function = parser.export_fn(item);
    parser.finish(function)
}

impl Parser<'_> {
    pub(super) fn export_fn(&mut self, item: &syn::ItemFn) -> Function {
        self.check_condition(&item.attrs, "a function");
        if let Some(syn::FnArg::Receiver(receiver)) = item.sig.inputs.first() {
            let mistake = self
                .at(RECEIVER, receiver.span(), "an exported function has no `self`")
                .label("stands in no impl block")
                .help("take the value as an ordinary argument: `value: &Value`");
            self.mistake(mistake);
        }
        let mut function = self.function(&item.sig, &item.attrs);
        function.hash = signature_hash(function_tokens(&item.sig));
        function.body = super::waits::body(&item.block);
        function
    }

    /// A function with hash 0.
    pub(super) fn function(&mut self, sig: &syn::Signature, attrs: &[syn::Attribute]) -> Function {
        self.function_kind(sig);
        self.generics(&sig.generics);
        let head = self.head(&sig.ident, attrs);
        let params = sig
            .inputs
            .iter()
            .filter_map(|input| match input {
                syn::FnArg::Receiver(_) => None,
                syn::FnArg::Typed(typed) => Some(self.param(typed)),
            })
            .collect();
        let result = match &sig.output {
            syn::ReturnType::Default => Type { kind: TypeKind::Unit, span: sig.ident.span() },
            syn::ReturnType::Type(_, ty) => self.ty(ty),
        };
        Function {
            head,
            owner: None,
            receiver: None,
            constructor: false,
            is_async: sig.asyncness.is_some(),
            params,
            result,
            hash: 0,
            options: Options::default(),
            batch_of: None,
            body: Default::default(),
        }
    }

    fn function_kind(&mut self, sig: &syn::Signature) {
        let name = &sig.ident;
        if let Some(token) = &sig.unsafety {
            let mistake = self
                .at(
                    FUNCTION_KIND,
                    token.span,
                    format!("`{name}` is unsafe: the other side cannot keep its promises"),
                )
                .label("unsafe")
                .help("cross with a safe function that checks what it needs, and call the unsafe one in it");
            self.mistake(mistake);
        }
        if let Some(abi) = &sig.abi {
            let mistake = self
                .at(FUNCTION_KIND, abi.span(), format!("`{name}` has an ABI of its own"))
                .label("gangplank writes the C function itself")
                .help("remove `extern`");
            self.mistake(mistake);
        }
        if let Some(variadic) = &sig.variadic {
            let mistake = self
                .at(FUNCTION_KIND, variadic.span(), format!("`{name}` takes any number of arguments"))
                .label("variadic")
                .help("take a slice");
            self.mistake(mistake);
        }
    }

    /// Says that generics do not cross, for each of them, and lets their uses pass.
    pub(super) fn generics(&mut self, generics: &syn::Generics) {
        for param in &generics.params {
            let (span, name, help) = match param {
                syn::GenericParam::Lifetime(param) => (
                    param.span(),
                    param.lifetime.to_string(),
                    "leave lifetimes to elision: arguments are borrowed for the call",
                ),
                syn::GenericParam::Type(param) => {
                    (param.span(), param.ident.to_string(), "write one item per type")
                }
                syn::GenericParam::Const(param) => {
                    (param.span(), param.ident.to_string(), "write the number")
                }
            };
            match param {
                syn::GenericParam::Lifetime(param) => self.lifetimes.push(param.lifetime.clone()),
                _ => self.bound.push((name.clone(), self.unknown(span))),
            }
            let mistake = self
                .at(
                    GENERIC,
                    span,
                    format!("the parameter `{name}` cannot cross: Go sees no generics of Rust"),
                )
                .label("generic")
                .help(help);
            self.mistake(mistake);
        }
        // Without parameters `where` says nothing about them; with, they are the mistake.
        if let Some(clause) = generics.where_clause.as_ref().filter(|_| generics.params.is_empty()) {
            let mistake = self
                .at(GENERIC, clause.span(), "a `where` clause cannot cross")
                .label("here")
                .help("remove it");
            self.mistake(mistake);
        }
    }

    fn param(&mut self, typed: &syn::PatType) -> Param {
        self.check_condition(&typed.attrs, "a parameter");
        let (borrow, shared) = (self.borrow(&typed.attrs), self.shared(&typed.attrs));
        let ty = self.ty(&typed.ty);
        match &*typed.pat {
            syn::Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => {
                Param { name: pat.ident.unraw().to_string(), ty, borrow, shared, span: pat.ident.span() }
            }
            pat => {
                let mistake = self
                    .at(PATTERN, pat.span(), "a parameter that is a pattern has no name in Go")
                    .label("pattern")
                    .help("give it a name, and take it apart in the body");
                self.mistake(mistake);
                Param { name: String::new(), ty, borrow, shared, span: pat.span() }
            }
        }
    }
}
