//! Conditional compilation: what crosses must be the same in every build, for the Go side is written once.

use super::parser::Parser;
use crate::diagnostic::CONDITIONAL;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;

/// Is it for tests only, by `#[cfg(test)]` or `#[cfg(all(test, ..))]`?
pub(super) fn is_test_only(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => implies_test(list.tokens.clone()),
        _ => false,
    })
}

fn implies_test(condition: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = condition.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name)] => name == "test",
        [TokenTree::Ident(name), TokenTree::Group(all)] if name == "all" => {
            let parts: Vec<TokenTree> = all.stream().into_iter().collect();
            parts
                .split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ','))
                .any(|part| implies_test(part.iter().cloned().collect()))
        }
        _ => false,
    }
}

/// The first attribute that makes the item, or what gangplank reads of it, conditional.
pub(super) fn condition(attrs: &[syn::Attribute]) -> Option<Span> {
    attrs.iter().find(|attr| is_condition(attr)).map(Spanned::span)
}

fn is_condition(attr: &syn::Attribute) -> bool {
    let syn::Meta::List(list) = &attr.meta else { return false };
    list.path.is_ident("cfg") || list.path.is_ident("cfg_attr") && changes_what_crosses(list.tokens.clone())
}

/// `cfg_attr(unix, derive(Debug))` is nothing to the bridge; `cfg_attr(unix, repr(C))` is.
fn changes_what_crosses(tokens: TokenStream) -> bool {
    const READ: [&str; 14] = [
        "gangplank",
        "export",
        "import",
        "record",
        "error",
        "object",
        "constructor",
        "go",
        "borrow",
        "repr",
        "cfg",
        "cfg_attr",
        "path",
        "doc",
    ];
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    // The condition comes first; every part after it begins with the path of an attribute.
    tokens
        .split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ','))
        .skip(1)
        .any(|part| matches!(part.first(), Some(TokenTree::Ident(name)) if READ.contains(&name.to_string().as_str())))
}

impl Parser<'_> {
    /// Notes a `cfg` on something that crosses.
    pub(super) fn check_condition(&mut self, attrs: &[syn::Attribute], what: &str) {
        if let Some(span) = condition(attrs) {
            let mistake = self
                .at(CONDITIONAL, span, format!("{what} that crosses depends on a `cfg`"))
                .label("the Go side is written once, for every build")
                .help("put the condition into a function's body, or into types that do not cross");
            self.mistake(mistake);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attrs(text: &str) -> Vec<syn::Attribute> {
        syn::parse_str::<syn::ItemStruct>(&format!("{text} struct A;")).unwrap().attrs
    }

    #[test]
    fn tests_only() {
        assert!(is_test_only(&attrs("#[cfg(test)]")) && is_test_only(&attrs("#[cfg(all(unix, test))]")));
        assert!(
            !is_test_only(&attrs("#[cfg(any(unix, test))]")) && !is_test_only(&attrs("#[cfg(not(test))]"))
        );
    }

    #[test]
    fn conditions_that_matter() {
        assert!(condition(&attrs("#[cfg(unix)]")).is_some());
        assert!(condition(&attrs("#[cfg_attr(unix, repr(C))]")).is_some());
        assert!(condition(&attrs("#[cfg_attr(all(a, b), derive(Debug), gangplank::record)]")).is_some());
        assert!(condition(&attrs("#[cfg_attr(feature = \"serde\", derive(Serialize))]")).is_none());
    }
}
