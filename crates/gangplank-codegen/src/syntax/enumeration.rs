//! Enums with `#[record]` or `#[error]`.

use super::parser::Parser;
use super::signature::enum_hash;
use crate::diagnostic::{DISCRIMINANT, Diagnostic, EMPTY_ENUM};
use crate::ir::{Enum, FileId, Variant};
use syn::spanned::Spanned;

/// Parses an enum as its macro sees it: without the crate around it.
///
/// # Errors
/// All mistakes that show in the enum itself. See [`crate::check::check_enum_alone`] for the rest.
pub fn parse_record_enum(
    item: &syn::ItemEnum,
    is_error: bool,
    file: FileId,
) -> Result<Enum, Vec<Diagnostic>> {
    let mut parser = Parser::alone(file);
    let enumeration = parser.record_enum(item, is_error);
    parser.finish(enumeration)
}

impl Parser<'_> {
    pub(super) fn record_enum(&mut self, item: &syn::ItemEnum, is_error: bool) -> Enum {
        self.check_condition(&item.attrs, "an enum");
        self.generics(&item.generics);
        let head = self.head(&item.ident, &item.attrs);
        self.known_name(&head);
        if item.variants.is_empty() {
            let mistake = self
                .at(
                    EMPTY_ENUM,
                    item.ident.span(),
                    format!("the enum `{}` has no variants, so no value", head.name),
                )
                .label("empty")
                .help("add a variant, or leave the type out of what crosses");
            self.mistake(mistake);
        }
        let repr = self.repr(&item.attrs).number;
        let fieldless =
            !is_error && item.variants.iter().all(|variant| matches!(variant.fields, syn::Fields::Unit));
        let mut next = 0;
        let mut variants = Vec::new();
        for variant in &item.variants {
            let parsed = self.variant(variant, next, fieldless);
            next = parsed.discriminant.saturating_add(1);
            variants.push(parsed);
        }
        let mut parsed = Enum { head, variants, repr, is_error, hash: 0 };
        parsed.hash = enum_hash(&parsed, item);
        parsed
    }

    fn variant(&mut self, variant: &syn::Variant, next: i128, fieldless: bool) -> Variant {
        self.check_condition(&variant.attrs, "a variant");
        let head = self.head(&variant.ident, &variant.attrs);
        let fields = self.fields(&variant.fields);
        let written = variant.discriminant.as_ref().map(|(_, value)| value);
        let discriminant = written.map_or(Some(next), number);
        if let (Some(value), None, true) = (written, discriminant, fieldless) {
            let mistake = self
                .at(
                    DISCRIMINANT,
                    value.span(),
                    format!("the discriminant of `{}` is not written as a number", head.name),
                )
                .label("cannot be computed here")
                .help("write the number: `-1`, `42`, `0x2A`, `b'a'`");
            self.mistake(mistake);
        }
        let message = variant.attrs.iter().find_map(plain_message);
        Variant { head, fields, discriminant: discriminant.unwrap_or(next), message }
    }
}

/// `42`, `-1`, `0xFF_u8`, `b'a'`.
fn number(value: &syn::Expr) -> Option<i128> {
    match value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => number.base10_parse().ok(),
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Byte(byte), .. }) => Some(byte.value().into()),
        syn::Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => number(expr)?.checked_neg(),
        syn::Expr::Paren(inner) => number(&inner.expr),
        syn::Expr::Group(inner) => number(&inner.expr),
        _ => None,
    }
}

/// The text of thiserror's `#[error("..")]`, if it is the same for every value.
fn plain_message(attr: &syn::Attribute) -> Option<String> {
    if !attr.path().is_ident("error") {
        return None;
    }
    let text = attr.parse_args::<syn::LitStr>().ok()?.value();
    let unescaped = text.replace("{{", "").replace("}}", "");
    if unescaped.contains(['{', '}']) { None } else { Some(text.replace("{{", "{").replace("}}", "}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discriminants() {
        let of = |text: &str| number(&syn::parse_str(text).unwrap());
        assert_eq!(of("42"), Some(42));
        assert_eq!(of("-1"), Some(-1));
        assert_eq!(of("0xFF_u8"), Some(255));
        assert_eq!(of("1_000i64"), Some(1000));
        assert_eq!(of("b'a'"), Some(97));
        assert_eq!(of("(-0b10)"), Some(-2));
        assert_eq!(of("1 << 3"), None);
        assert_eq!(of("A"), None);
    }

    #[test]
    fn messages() {
        let of = |text: &str| {
            plain_message(&syn::parse_str::<syn::ItemStruct>(&format!("{text} struct A;")).unwrap().attrs[0])
        };
        assert_eq!(of("#[error(\"searcher is closed\")]").as_deref(), Some("searcher is closed"));
        assert_eq!(of("#[error(\"a {{literal}} brace\")]").as_deref(), Some("a {literal} brace"));
        assert_eq!(of("#[error(\"at {0}\")]"), None);
        assert_eq!(of("#[error(transparent)]"), None);
        assert_eq!(of("#[doc(\"x\")]"), None);
    }
}
