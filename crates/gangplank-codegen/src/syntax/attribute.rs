//! The attributes that make an item cross.

use crate::diagnostic::{Diagnostic, SYNTAX, UNKNOWN_ARGUMENT, WRONG_ITEM};
use crate::ir::{FileId, Options};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned;

/// An attribute that makes an item cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// `#[gangplank::export]`
    Export,
    /// `#[gangplank::import]`
    Import,
    /// `#[gangplank::record]`
    Record,
    /// `#[gangplank::error]`
    Error,
    /// `#[gangplank::object]`
    Object,
}

impl Attribute {
    /// The attribute with this name.
    pub fn from_name(name: &str) -> Option<Attribute> {
        Some(match name {
            "export" => Attribute::Export,
            "import" => Attribute::Import,
            "record" => Attribute::Record,
            "error" => Attribute::Error,
            "object" => Attribute::Object,
            _ => return None,
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Attribute::Export => "export",
            Attribute::Import => "import",
            Attribute::Record => "record",
            Attribute::Error => "error",
            Attribute::Object => "object",
        }
    }

    fn goes_on(self) -> &'static str {
        match self {
            Attribute::Export => "a function",
            Attribute::Import => "a trait",
            Attribute::Record | Attribute::Error => "a struct or an enum",
            Attribute::Object => "a struct, its impl block, or a trait",
        }
    }
}

/// Parses what stands in the parentheses of an attribute: `fast`, `batch` and `checkpoints` for functions and
/// imported traits, `blocking` for both, `batcher` and `unbuffered` for functions, `nonblocking` for imported traits, nothing for all others.
///
/// # Errors
/// Every argument that the attribute does not know, or that it has already.
pub fn parse_arguments(
    attribute: Attribute,
    arguments: TokenStream,
    file: FileId,
) -> Result<Options, Vec<Diagnostic>> {
    let mut options = Options::default();
    let mut found = Vec::new();
    let parts: Vec<TokenTree> = arguments.into_iter().collect();
    for part in parts.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')) {
        let Some(first) = part.first() else { continue };
        let option = match (attribute, part) {
            (Attribute::Export, [TokenTree::Ident(word)]) if word == "unbuffered" => {
                Some(&mut options.unbuffered)
            }
            (Attribute::Export, [TokenTree::Ident(word)]) if word == "batcher" => Some(&mut options.batcher),
            (Attribute::Export, [TokenTree::Ident(word)]) if word == "nonblocking" => None,
            (Attribute::Export | Attribute::Import, [TokenTree::Ident(word)]) => options.named(word),
            _ => None,
        };
        match option {
            Some(option) if !*option => *option = true,
            Some(_) => found.push(
                Diagnostic::new(UNKNOWN_ARGUMENT, file, first.span(), format!("`{first}` stands here twice"))
                    .label("second")
                    .help("remove it"),
            ),
            None => found.push(unknown_argument(attribute, first, file)),
        }
    }
    // It gathers for the batch.
    options.batch |= options.batcher;
    if found.is_empty() { Ok(options) } else { Err(found) }
}

fn unknown_argument(attribute: Attribute, token: &TokenTree, file: FileId) -> Diagnostic {
    let name = attribute.name();
    let message = format!("`{name}` does not know the argument `{token}`");
    let help = match attribute {
        Attribute::Import => {
            "`#[gangplank::import]` takes `fast`, `batch`, `blocking` and `nonblocking`: `#[gangplank::import(batch)]`"
                .to_owned()
        }
        Attribute::Export => {
            format!(
                "`#[gangplank::{name}]` takes `fast`, `batch`, `batcher`, `checkpoints`, `blocking` and `unbuffered`: `#[gangplank::{name}(batch)]`"
            )
        }
        _ => format!("`#[gangplank::{name}]` takes no arguments in this version: remove it"),
    };
    Diagnostic::new(UNKNOWN_ARGUMENT, file, token.span(), message).label("not known").help(help)
}

impl Options {
    fn named(&mut self, word: &proc_macro2::Ident) -> Option<&mut bool> {
        match word.to_string().as_str() {
            "fast" => Some(&mut self.fast),
            "batch" => Some(&mut self.batch),
            "blocking" => Some(&mut self.blocking),
            "nonblocking" => Some(&mut self.nonblocking),
            "checkpoints" => Some(&mut self.checkpoints),
            _ => None,
        }
    }
}

/// The mistake of an attribute on an item that it does not go on; `None` if it goes there.
pub fn wrong_item(attribute: Attribute, item: &syn::Item, file: FileId) -> Option<Diagnostic> {
    let (what, span) = match (attribute, item) {
        (Attribute::Export, syn::Item::Fn(_)) | (Attribute::Import, syn::Item::Trait(_)) => return None,
        (Attribute::Record | Attribute::Error, syn::Item::Struct(_) | syn::Item::Enum(_)) => return None,
        (Attribute::Object, syn::Item::Struct(_) | syn::Item::Impl(_) | syn::Item::Trait(_)) => return None,
        (_, syn::Item::Fn(item)) => ("a function", item.sig.ident.span()),
        (_, syn::Item::Trait(item)) => ("a trait", item.ident.span()),
        (_, syn::Item::Struct(item)) => ("a struct", item.ident.span()),
        (_, syn::Item::Enum(item)) => ("an enum", item.ident.span()),
        (_, syn::Item::Union(item)) => ("a union", item.ident.span()),
        (_, syn::Item::Impl(item)) => ("an impl block", item.self_ty.span()),
        (_, syn::Item::Mod(item)) => ("a module", item.ident.span()),
        (_, syn::Item::Const(item)) => ("a constant", item.ident.span()),
        (_, syn::Item::Static(item)) => ("a static", item.ident.span()),
        (_, syn::Item::Type(item)) => ("a type alias", item.ident.span()),
        (_, other) => ("such an item", other.span()),
    };
    Some(misplaced(attribute, what, span, file))
}

/// The mistake of an attribute on what is no item at all.
pub fn not_an_item(error: &syn::Error) -> Diagnostic {
    Diagnostic::new(SYNTAX, FileId::default(), error.span(), format!("this is no item: {error}"))
        .help("put the attribute on a function, a trait, a struct, an enum or an impl block")
}

pub(super) fn misplaced(attribute: Attribute, what: &str, span: Span, file: FileId) -> Diagnostic {
    let name = attribute.name();
    let help = match (attribute, what) {
        (Attribute::Export, "a method") => {
            "put `#[gangplank::object]` on the struct and on this impl block: then its `pub` functions cross"
                .to_owned()
        }
        (Attribute::Export, "an impl block") => {
            "for the methods of an object write `#[gangplank::object]`, on its struct too".to_owned()
        }
        (Attribute::Object, "an enum") => {
            "for a type that crosses by value write `#[gangplank::record]`; for one that stays wrap it in a struct"
                .to_owned()
        }
        (Attribute::Export, "a struct" | "an enum") => {
            "for a type that crosses by value write `#[gangplank::record]`".to_owned()
        }
        (Attribute::Export, "a trait") => {
            "for a trait that Go implements write `#[gangplank::import]`".to_owned()
        }
        (_, "a function") => "for a function that Go calls write `#[gangplank::export]`".to_owned(),
        (_, "a trait") => "for a trait that Go implements write `#[gangplank::import]`".to_owned(),
        (Attribute::Import, "a struct" | "an enum") => {
            "for a type that crosses by value write `#[gangplank::record]`".to_owned()
        }
        (_, "a union") => "write an enum with data".to_owned(),
        _ => format!("put it on {}", attribute.goes_on()),
    };
    let message = format!("`#[gangplank::{name}]` goes on {}, not on {what}", attribute.goes_on());
    Diagnostic::new(WRONG_ITEM, file, span, message).label(format!("this is {what}")).help(help)
}
