//! What a body says of waiting, for functions on the fast lane: the calls that are known to wait, and the imported traits that are called.
//!
//! It is what stands there, not what it means: a body is read without types. What is wrapped in `blocking(..)` or `brief(..)` is taken at its word, and so is what another thread runs.

use crate::ir::{Body, Wait};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Functions by the end of their path.
const FUNCTIONS: &[&[&str]] = &[
    &["thread", "sleep"],
    &["thread", "park"],
    &["thread", "park_timeout"],
    &["io", "stdin"],
    &["File", "open"],
    &["File", "create"],
    &["TcpStream", "connect"],
    &["TcpListener", "bind"],
    &["UdpSocket", "bind"],
    &["block_on"],
];

/// Modules all of whose functions wait.
const MODULES: &[&str] = &["fs", "net"];

/// Methods by their name and the number of their arguments.
const METHODS: &[(&str, usize)] = &[
    ("lock", 0),
    ("read", 0),
    ("write", 0),
    ("join", 0),
    ("recv", 0),
    ("recv_timeout", 1),
    ("wait", 1),
    ("wait_while", 2),
    ("wait_timeout", 2),
    ("wait_timeout_while", 3),
    ("block_on", 1),
];

/// Functions whose arguments are not looked into: they step out, promise, or run elsewhere.
const WRAPPERS: &[&str] = &["blocking", "brief", "spawn"];

/// Reads a body.
pub(super) fn body(block: &syn::Block) -> Body {
    let mut reader = Reader { found: Body::default(), hosts: mentions_hosted(block) };
    reader.visit_block(block);
    reader.found
}

/// Does it use hosted threads? Those step out by themselves when they are joined.
fn mentions_hosted(block: &syn::Block) -> bool {
    struct Hosted(bool);
    impl Visit<'_> for Hosted {
        fn visit_path(&mut self, path: &syn::Path) {
            self.0 |= path.segments.iter().any(|segment| segment.ident == "hosted");
            visit::visit_path(self, path);
        }
    }
    let mut hosted = Hosted(false);
    hosted.visit_block(block);
    hosted.0
}

struct Reader {
    found: Body,
    hosts: bool,
}

impl Reader {
    fn wait(&mut self, called: &str, span: proc_macro2::Span) {
        self.found.waits.push(Wait { what: format!("it calls `{called}`"), span });
    }
}

fn names(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

impl<'a> Visit<'a> for Reader {
    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        if let syn::Expr::Path(callee) = &*call.func {
            let names = names(&callee.path);
            let last = names.last().map(String::as_str).unwrap_or_default();
            if WRAPPERS.contains(&last) {
                return;
            }
            let known =
                |end: &&&[&str]| names.len() >= end.len() && names[names.len() - end.len()..] == ***end;
            let module = names[..names.len() - 1].iter().any(|name| MODULES.contains(&name.as_str()));
            if FUNCTIONS.iter().any(|end| known(&end)) || module {
                self.wait(&names.join("::"), callee.path.span());
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let name = call.method.to_string();
        if WRAPPERS.contains(&name.as_str()) {
            return self.visit_expr(&call.receiver);
        }
        let known = METHODS.contains(&(&name, call.args.len()));
        if known && !(self.hosts && name == "join") {
            self.wait(&format!(".{name}()"), call.method.span());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if let Some(last) = path.segments.last().filter(|last| last.ident == "imported") {
            if let syn::PathArguments::AngleBracketed(arguments) = &last.arguments {
                if let Some(syn::GenericArgument::Type(ty)) = arguments.args.first() {
                    self.found.imported.push(ty.to_token_stream());
                }
            }
        }
        visit::visit_path(self, path);
    }

    // What stands in a body is not called by that.
    fn visit_item(&mut self, _: &'a syn::Item) {}
}
