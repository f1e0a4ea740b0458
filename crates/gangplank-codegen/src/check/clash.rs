//! Names that would be the same in Go.

use crate::diagnostic::{
    Code, Diagnostic, ERROR_FIELD, FIELD_CLASH, METHOD_CLASH, NAME_CLASH, PARAMETER_CLASH, TAKEN_NAME,
};
use crate::ir::{Enum, Fields, Function, Head, Import, Interface};
use crate::names;
use std::collections::HashMap;

/// A name of a Go package: what it is, and the Rust name it comes from.
struct Declared<'a> {
    name: String,
    what: &'static str,
    head: &'a Head,
}

const TYPE: &str = "the type";
const ERROR: &str = "the error";
const INTERFACE: &str = "the interface";
const FUNCTION: &str = "the function";

/// Checks everything that ends in the Go package's own scope.
pub(super) fn check_clashes(interface: &Interface, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, (&str, &Head)> = HashMap::new();
    for Declared { name, what, head } in declared(interface) {
        if names::PACKAGE_LEVEL.contains(&name.as_str()) {
            found.push(
                Diagnostic::new(
                    TAKEN_NAME,
                    head.file,
                    head.span,
                    format!("{what} of `{}` would be `{name}`, which every package has", head.name),
                )
                .label(format!("`{name}` in Go"))
                .help("ask for another name with `#[go(name = \"..\")]`"),
            );
            continue;
        }
        match first.get(&name) {
            // Two items of one Rust name: said already, and there a Go name does not help.
            Some((other, earlier)) if earlier.name == head.name && is_item(what) && is_item(other) => {}
            Some((other, earlier)) => found.push(
                Diagnostic::new(
                    NAME_CLASH,
                    head.file,
                    head.span,
                    format!(
                        "{what} of `{}` and {other} of `{}` would both be `{name}` in Go",
                        head.name, earlier.name
                    ),
                )
                .label(format!("`{name}` for the second time"))
                .help("give one of them another name with `#[go(name = \"..\")]`")
                .other(earlier.file, earlier.span, format!("`{name}` for the first time")),
            ),
            None => drop(first.insert(name, (what, head))),
        }
    }
}

/// In source order of the kinds; within each in source order.
fn declared(interface: &Interface) -> Vec<Declared<'_>> {
    let mut all = Vec::new();
    for record in &interface.records {
        let what = if record.is_error { ERROR } else { TYPE };
        all.push(Declared { name: names::error_type(record), what, head: &record.head });
    }
    for of in &interface.enums {
        all.push(Declared {
            name: names::type_name(&of.head),
            what: if of.is_error { ERROR } else { TYPE },
            head: &of.head,
        });
        all.extend(variants(of));
    }
    for import in &interface.imports {
        all.push(Declared { name: names::type_name(&import.head), what: INTERFACE, head: &import.head });
        all.push(Declared { name: names::register_fn(import), what: "the registration", head: &import.head });
    }
    for function in &interface.functions {
        all.push(Declared { name: names::function(function), what: FUNCTION, head: &function.head });
    }
    all
}

/// Is it named after the item itself, and not after a variant, or with something added?
fn is_item(what: &str) -> bool {
    matches!(what, TYPE | ERROR | INTERFACE | FUNCTION)
}

fn variants(of: &Enum) -> impl Iterator<Item = Declared<'_>> {
    of.variants.iter().map(move |variant| {
        let (name, what) = match (of.is_error, &variant.fields) {
            (true, Fields::Unit) => (names::sentinel(variant), "the sentinel"),
            (true, _) => (names::variant_error_type(variant), "the variant"),
            (false, _) if of.is_fieldless() => (names::constant(of, variant), "the constant"),
            (false, _) => (names::variant_type(of, variant), "the variant"),
        };
        Declared { name, what, head: &variant.head }
    })
}

/// Checks the fields of a struct, a variant or an error.
pub(super) fn check_fields(fields: &Fields, of_error: bool, found: &mut Vec<Diagnostic>) {
    let heads: Vec<(String, &Head)> = fields
        .all()
        .iter()
        .enumerate()
        .map(|(index, field)| (names::field(fields, index), &field.head))
        .collect();
    for (name, head) in
        heads.iter().filter(|(name, _)| of_error && names::ERROR_METHODS.contains(&name.as_str()))
    {
        found.push(
            Diagnostic::new(
                ERROR_FIELD,
                head.file,
                head.span,
                format!("the field `{}` would be `{name}` in Go, a method of every error", head.name),
            )
            .label(format!("`{name}` in Go"))
            .help("ask for another name with `#[go(name = \"..\")]`"),
        );
    }
    twice(&heads, FIELD_CLASH, "fields", found);
}

/// Checks the methods of an imported trait.
pub(super) fn check_methods(import: &Import, found: &mut Vec<Diagnostic>) {
    let heads: Vec<(String, &Head)> =
        import.methods.iter().map(|method| (names::function(method), &method.head)).collect();
    twice(&heads, METHOD_CLASH, "methods", found);
}

fn twice(heads: &[(String, &Head)], code: Code, what: &str, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, &Head> = HashMap::new();
    for (name, head) in heads {
        match first.get(name.as_str()) {
            // The compiler says it.
            Some(earlier) if earlier.name == head.name => {}
            Some(earlier) => found.push(
                Diagnostic::new(
                    code,
                    head.file,
                    head.span,
                    format!("the {what} `{}` and `{}` would both be `{name}` in Go", earlier.name, head.name),
                )
                .label(format!("`{name}` for the second time"))
                .help("give one of them another name with `#[go(name = \"..\")]`")
                .other(earlier.file, earlier.span, format!("`{name}` for the first time")),
            ),
            None => drop(first.insert(name, head)),
        }
    }
}

/// Checks the parameters of a function.
pub(super) fn check_parameters(function: &Function, found: &mut Vec<Diagnostic>) {
    let mut first = HashMap::new();
    for param in function.params.iter().filter(|param| !param.name.is_empty()) {
        let name = names::parameter(param);
        match first.get(&name) {
            None => drop(first.insert(name, param)),
            Some(earlier) if earlier.name == param.name => {}
            Some(earlier) => found.push(
                Diagnostic::new(
                    PARAMETER_CLASH,
                    function.head.file,
                    param.span,
                    format!(
                        "the parameters `{}` and `{}` would both be `{name}` in Go",
                        earlier.name, param.name
                    ),
                )
                .label(format!("`{name}` for the second time"))
                .help("rename one of them")
                .other(
                    function.head.file,
                    earlier.span,
                    format!("`{name}` for the first time"),
                ),
            ),
        }
    }
}
