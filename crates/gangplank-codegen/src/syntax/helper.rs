//! The helper attributes inside an item: `#[go(name = "..")]`, `#[go(skip)]`, `#[constructor]` and `#[borrow]`.

use super::attribute::{Attribute, parse_arguments};
use super::parser::Parser;
use crate::diagnostic::{BORROW, CONSTRUCTOR, GO_ATTRIBUTE, GO_NAME};
use crate::ir::{Function, Head, Options};
use crate::names::{exported, is_exported};
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// Is it an attribute that only gangplank reads, and no compiler may see?
pub(super) fn is_helper(attr: &syn::Attribute) -> bool {
    ["go", "borrow", "shared", "constructor"].iter().any(|name| attr.path().is_ident(name))
}

/// Is it `#[import(..)]` or `#[export(..)]`, with or without `gangplank::`? On a method of an imported trait or of an object it is a helper, too.
pub(super) fn asks(attr: &syn::Attribute, what: Attribute) -> bool {
    let words: Vec<String> = attr.path().segments.iter().map(|word| word.ident.to_string()).collect();
    match words.as_slice() {
        [name] => name == what.name(),
        [krate, name] => krate == "gangplank" && name == what.name(),
        _ => false,
    }
}

impl Parser<'_> {
    /// What `#[import(..)]` or `#[export(..)]` on a method asks for.
    pub(super) fn method_options(&mut self, attrs: &[syn::Attribute], attribute: Attribute) -> Options {
        let mut options = Options::default();
        for attr in attrs.iter().filter(|attr| asks(attr, attribute)) {
            let arguments = match &attr.meta {
                syn::Meta::List(list) => list.tokens.clone(),
                _ => TokenStream::new(),
            };
            match parse_arguments(attribute, arguments, self.file) {
                Ok(asked) => options = options.or(asked),
                Err(more) => self.found.extend(more),
            }
        }
        options
    }

    /// The head of an item, field, variant or method, with the Go name that it asks for.
    pub(super) fn head(&mut self, name: &syn::Ident, attrs: &[syn::Attribute]) -> Head {
        self.no_borrow(attrs);
        self.no_constructor(attrs);
        let go_name = self.go_name(attrs);
        self.head_of(name.unraw().to_string(), name.span(), go_name, attrs)
    }

    /// As [`Parser::head`], for a field without a name.
    pub(super) fn numbered_head(&mut self, index: usize, span: Span, attrs: &[syn::Attribute]) -> Head {
        self.no_borrow(attrs);
        self.no_constructor(attrs);
        let go_name = self.go_name(attrs);
        self.head_of(index.to_string(), span, go_name, attrs)
    }

    fn head_of(&self, name: String, span: Span, go_name: Option<String>, attrs: &[syn::Attribute]) -> Head {
        Head { name, go_name, docs: super::docs::parse_docs(attrs), span, file: self.file }
    }

    /// Is the parameter marked `#[borrow]`?
    pub(super) fn borrow(&mut self, attrs: &[syn::Attribute]) -> bool {
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("go")) {
            let mistake = self
                .at(GO_ATTRIBUTE, attr.span(), "`#[go(..)]` on a parameter means nothing")
                .label("Go takes arguments by position")
                .help("rename the Rust parameter");
            self.mistake(mistake);
        }
        let Some(attr) = attrs.iter().find(|attr| attr.path().is_ident("borrow")) else { return false };
        if !matches!(attr.meta, syn::Meta::Path(_)) {
            let mistake = self
                .at(BORROW, attr.span(), "`#[borrow]` takes no arguments")
                .label("here")
                .help("write `#[borrow]`");
            self.mistake(mistake);
        }
        true
    }

    /// Only parameters are borrowed.
    pub(super) fn no_borrow(&mut self, attrs: &[syn::Attribute]) {
        if let Some(attr) = attrs.iter().find(|attr| attr.path().is_ident("borrow")) {
            let mistake = self
                .at(BORROW, attr.span(), "`#[borrow]` stands only on a parameter")
                .label("nothing to borrow here")
                .help("put it on a `&str` or `&[u8]` parameter of an imported trait's method");
            self.mistake(mistake);
        }
    }

    /// Is the function kept from Go by `#[go(skip)]`?
    pub(super) fn skipped(&mut self, attrs: &[syn::Attribute]) -> bool {
        let Some(skip) = attrs.iter().find(|attr| is_skip(attr)) else { return false };
        for other in attrs.iter().filter(|attr| is_helper(attr) && !std::ptr::eq(*attr, skip)) {
            let mistake = self
                .at(GO_ATTRIBUTE, other.span(), "the function is kept from Go by `#[go(skip)]`")
                .label("says nothing to anybody")
                .help("remove one of the two");
            self.mistake(mistake);
        }
        true
    }

    /// Only functions of objects are constructors.
    fn no_constructor(&mut self, attrs: &[syn::Attribute]) {
        let stray = attrs.iter().find(|attr| attr.path().is_ident("constructor"));
        if let Some(attr) = stray.filter(|_| self.owner.is_none()) {
            let mistake = self
                .at(CONSTRUCTOR, attr.span(), "`#[constructor]` stands only on a function of an object")
                .label("no object to make")
                .help("remove it, or move the function to the `#[gangplank::object]` impl block");
            self.mistake(mistake);
        }
    }

    /// Is the function of an object marked `#[constructor]`? Then it has no receiver.
    pub(super) fn constructor(&mut self, attrs: &[syn::Attribute], function: &Function) -> bool {
        let Some(attr) = attrs.iter().find(|attr| attr.path().is_ident("constructor")) else { return false };
        let name = &function.head.name;
        if !matches!(attr.meta, syn::Meta::Path(_)) {
            let mistake = self
                .at(CONSTRUCTOR, attr.span(), "`#[constructor]` takes no arguments")
                .label("here")
                .help("write `#[constructor]`");
            self.mistake(mistake);
        }
        if let (Some(_), Some(receiver)) = (function.receiver, function.params.first()) {
            let mistake = self
                .at(CONSTRUCTOR, receiver.span, format!("the constructor `{name}` has a receiver"))
                .label("there is no object yet")
                .help("remove `#[constructor]`: a method may return `Self` too");
            self.mistake(mistake);
        }
        true
    }

    fn go_name(&mut self, attrs: &[syn::Attribute]) -> Option<String> {
        let mut name = None;
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("go")) {
            match attr.parse_args_with(name_argument) {
                Ok(text) if name.is_some() => {
                    let mistake = self
                        .at(GO_ATTRIBUTE, text.span(), "a second `#[go(name = ..)]`")
                        .label("second name");
                    self.mistake(mistake.help("keep one of them"));
                }
                Ok(text) => {
                    self.check_go_name(&text);
                    name = Some(text.value());
                }
                Err(_) => {
                    let mistake = self
                        .at(GO_ATTRIBUTE, attr.span(), "`#[go(..)]` that cannot be read")
                        .label("only `name` is known")
                        .help("write `#[go(name = \"Name\")]`");
                    self.mistake(mistake);
                }
            }
        }
        name
    }

    fn check_go_name(&mut self, text: &syn::LitStr) {
        let name = text.value();
        if is_exported(&name) {
            return;
        }
        let better: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        let mistake = self
            .at(GO_NAME, text.span(), format!("{name:?} is not a name that Go exports"))
            .label("must begin with an upper-case letter, then letters, digits and `_`")
            .help(format!("for example `#[go(name = \"{}\")]`", exported(&better)));
        self.mistake(mistake);
    }
}

/// `#[go(skip)]`
fn is_skip(attr: &syn::Attribute) -> bool {
    attr.path().is_ident("go") && attr.parse_args::<syn::Ident>().is_ok_and(|word| word == "skip")
}

/// `name = ".."` and nothing else.
fn name_argument(input: syn::parse::ParseStream<'_>) -> syn::Result<syn::LitStr> {
    let key: syn::Ident = input.parse()?;
    if key != "name" {
        return Err(syn::Error::new(key.span(), "not name"));
    }
    input.parse::<syn::Token![=]>()?;
    let text = input.parse()?;
    input.parse::<Option<syn::Token![,]>>()?;
    Ok(text)
}
