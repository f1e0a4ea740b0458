//! The items of a crate that carry an attribute of gangplank.

use super::attribute::{Attribute, parse_arguments, wrong_item};
use super::crate_files::{Crate, read_crate};
use super::merge::merge_methods;
use super::methods::Methods;
use super::parser::Parser;
use super::scope::{Item, ModuleId, Path as Words, Scope};
use super::stray::Strays;
use crate::check::check_all;
use crate::diagnostic::{CONDITIONAL, Mistakes, TWO_ATTRIBUTES};
use crate::ir::{FileId, Interface, Options};
use proc_macro2::{Span, TokenStream};
use std::path::Path;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// Reads a crate and checks it: everything in it that crosses, in source order.
///
/// `root` is the crate's folder, `root_file` its root module from there (`src/lib.rs`), `crate_name` the package's
/// name.
///
/// # Errors
/// All mistakes at once, in order of file and place.
pub fn parse_crate(root: &Path, root_file: &str, crate_name: &str) -> Result<Interface, Mistakes> {
    let mut source = read_crate(root, root_file);
    mark(&mut source);
    let mut found = std::mem::take(&mut source.found);
    let mut collector = Collector { source: &source, into: Interface::default(), blocks: Vec::new() };
    if !source.modules.is_empty() {
        found.extend(collector.module(0));
    }
    let (mut interface, blocks) = (collector.into, collector.blocks);
    found.extend(merge_methods(&mut interface, blocks));
    interface.crate_name = crate_name.replace('-', "_");
    interface.docs = source.docs;
    interface.files = source.files;
    interface.add_batches();
    found.extend(check_all(&interface));
    match Mistakes::of(found, interface.files.clone()) {
        None => Ok(interface),
        Some(mistakes) => Err(mistakes),
    }
}

/// Notes in the names which types carry an attribute: aliases and signatures may come before them.
fn mark(source: &mut Crate) {
    for id in 0..source.modules.len() {
        let scope = Scope::In(&source.names, id);
        let names: Vec<String> = source.modules[id]
            .items
            .iter()
            .filter_map(|item| {
                let name = match item {
                    syn::Item::Struct(item) => &item.ident,
                    syn::Item::Enum(item) => &item.ident,
                    syn::Item::Trait(item) => &item.ident,
                    _ => return None,
                };
                attributes(item)?.iter().find_map(|attr| bridging(scope, attr))?;
                Some(name.unraw().to_string())
            })
            .collect();
        for name in names {
            if let Some(Item::Declared { marked, .. }) = source.names.modules[id].items.get_mut(&name) {
                *marked = true;
            }
        }
    }
}

/// Gangplank's attribute that this one is, if any.
pub(super) fn bridging(scope: Scope<'_>, attr: &syn::Attribute) -> Option<Attribute> {
    let segments: Vec<String> =
        attr.path().segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
    let path = Words { global: attr.path().leading_colon.is_some(), segments };
    if let [name] = path.segments.as_slice() {
        // thiserror has an attribute of that name inside its items.
        let thiserrors = name == "error" && matches!(attr.meta, syn::Meta::List(_));
        if thiserrors
            || matches!(name.as_str(), "doc" | "derive" | "cfg" | "allow" | "repr" | "must_use" | "inline")
        {
            return None;
        }
    }
    Attribute::from_name(&scope.attribute(&path)?)
}

/// The attributes of an item.
pub(super) fn attributes(item: &syn::Item) -> Option<&[syn::Attribute]> {
    Some(match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::ExternCrate(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::ForeignMod(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::TraitAlias(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Union(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => return None,
    })
}

struct Collector<'a> {
    source: &'a Crate,
    into: Interface,
    /// The impl blocks of objects, which may stand before them.
    blocks: Vec<Methods>,
}

impl Collector<'_> {
    /// The items of a module, and of those below where they stand.
    fn module(&mut self, id: ModuleId) -> Vec<crate::diagnostic::Diagnostic> {
        let module = &self.source.modules[id];
        let scope = Scope::In(&self.source.names, id);
        let mut found = Vec::new();
        for (index, item) in module.items.iter().enumerate() {
            let mut parser = Parser::within(scope, module.file);
            self.item(&mut parser, item, module.condition);
            found.append(&mut parser.found);
            found.extend(Strays::inside(item, scope, module.file));
            if let Some(&child) = module.children.get(&index) {
                found.extend(self.module(child));
            }
        }
        found
    }

    fn item(&mut self, parser: &mut Parser<'_>, item: &syn::Item, condition: Option<(FileId, Span)>) {
        let scope = parser.scope;
        let attrs = attributes(item).unwrap_or_default().iter();
        let mut crossing = attrs.filter_map(|attr| Some((bridging(scope, attr)?, attr)));
        let Some((attribute, attr)) = crossing.next() else { return };
        for (_, second) in crossing {
            let mistake = parser
                .at(TWO_ATTRIBUTES, second.span(), "an item crosses in one way: this is the second attribute")
                .label("second")
                .help("keep one of them")
                .other(parser.file, attr.span(), "first");
            parser.mistake(mistake);
        }
        if let Some((file, span)) = condition {
            let mistake = parser
                .at(
                    CONDITIONAL,
                    attr.span(),
                    "an item that crosses stands in a module that depends on a `cfg`",
                )
                .label("the Go side is written once, for every build")
                .help("move it to a module without, and put the condition into its body")
                .other(file, span, "the condition");
            parser.mistake(mistake);
        }
        let arguments = match &attr.meta {
            syn::Meta::List(list) => list.tokens.clone(),
            _ => TokenStream::new(),
        };
        let options = parse_arguments(attribute, arguments, parser.file).unwrap_or_else(|more| {
            parser.found.extend(more);
            Options::default()
        });
        if let Some(mistake) = wrong_item(attribute, item, parser.file) {
            return parser.mistake(mistake);
        }
        let is_error = attribute == Attribute::Error;
        match item {
            syn::Item::Struct(item) if attribute == Attribute::Object => {
                self.into.objects.push(parser.object_struct(item));
            }
            syn::Item::Trait(item) if attribute == Attribute::Object => {
                self.into.objects.push(parser.object_trait(item));
            }
            syn::Item::Impl(item) => self.blocks.extend(parser.object_impl(item)),
            syn::Item::Fn(item) => {
                let mut function = parser.export_fn(item);
                function.options = options;
                self.into.functions.push(function);
            }
            syn::Item::Trait(item) => {
                let mut import = parser.import_trait(item);
                import.set_options(options);
                self.into.imports.push(import);
            }
            syn::Item::Struct(item) => self.into.records.push(parser.record_struct(item, is_error)),
            syn::Item::Enum(item) => self.into.enums.push(parser.record_enum(item, is_error)),
            _ => {}
        }
    }
}
