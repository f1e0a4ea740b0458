//! Names that would be the same in Go.

use crate::diagnostic::{
    CLOSE, Code, Diagnostic, ERROR_FIELD, FIELD_CLASH, METHOD_CLASH, NAME_CLASH, PARAMETER_CLASH, TAKEN_NAME,
};
use crate::ir::{Enum, Fields, Function, Head, Import, Interface, Object};
use crate::names;
use std::collections::HashMap;

/// A name of a Go package.
struct Declared<'a> {
    name: String,
    /// What it is, and the Rust name it comes from: "the sentinel of `SearchError::Closed`".
    what: String,
    /// Is it an item itself, and no variant?
    item: bool,
    head: &'a Head,
}

/// Checks everything that ends in the Go package's own scope.
pub(super) fn check_clashes(interface: &Interface, found: &mut Vec<Diagnostic>) {
    interface.objects.iter().for_each(|object| check_batch_methods(interface, object, found));
    let mut first: HashMap<String, Declared<'_>> = HashMap::new();
    for declared in declared(interface) {
        let Declared { name, what, head, .. } = &declared;
        if names::PACKAGE_LEVEL.contains(&name.as_str()) {
            let message = format!("{what} would be `{name}` in Go, which every package has");
            found.push(
                Diagnostic::new(TAKEN_NAME, head.file, head.span, message)
                    .label(format!("`{name}` in Go"))
                    .help("ask for another name with `#[go(name = \"..\")]`"),
            );
            continue;
        }
        match first.get(name) {
            None => drop(first.insert(name.clone(), declared)),
            // Two items of one Rust name: said already, and there a Go name does not help.
            Some(earlier) if earlier.item && declared.item && earlier.head.name == head.name => {}
            Some(earlier) => {
                let message = format!("{what} and {} would both be `{name}` in Go", earlier.what);
                found.push(
                    Diagnostic::new(NAME_CLASH, head.file, head.span, message)
                        .label(format!("`{name}` for the second time"))
                        .help("give one of them another name with `#[go(name = \"..\")]`")
                        .other(earlier.head.file, earlier.head.span, format!("`{name}` for the first time")),
                );
            }
        }
    }
}

/// Checks what the batches of an object's methods are called besides their own names.
fn check_batch_methods(interface: &Interface, object: &Object, found: &mut Vec<Diagnostic>) {
    let name = |method: &Function| names::method(object, method);
    let methods = || object.methods.iter().filter(|method| method.receiver.is_some());
    for batch in methods().filter(|method| interface.has_room(method)) {
        let into = names::into(&name(batch));
        if let Some(other) = methods().find(|method| name(method) == into) {
            twice(&[(into.clone(), &batch.head), (into, &other.head)], METHOD_CLASH, "methods", found);
        }
    }
}

/// In source order where places are known; else kind by kind.
fn declared<'a>(interface: &'a Interface) -> Vec<Declared<'a>> {
    let mut all = Vec::new();
    let mut item = |what: &str, name: String, head: &'a Head| {
        all.push(Declared { name, what: format!("{what} `{}`", head.name), item: true, head });
    };
    for record in &interface.records {
        item(if record.is_error { "the error" } else { "the type" }, names::error_type(record), &record.head);
    }
    for of in &interface.enums {
        item(if of.is_error { "the error" } else { "the type" }, names::type_name(&of.head), &of.head);
    }
    for import in &interface.imports {
        item("the interface", names::type_name(&import.head), &import.head);
        item("the registration of", names::register_fn(import), &import.head);
    }
    for function in &interface.functions {
        item("the function", names::function(function), &function.head);
        if interface.has_room(function) {
            item("the function", names::into(&names::function(function)), &function.head);
        }
        if gathers(function) {
            let batch = names::function(function);
            item("the batcher of", names::batcher(&batch), &function.head);
            if function.items().count() > 1 {
                item("the item of", names::batcher_item("", &batch), &function.head);
            }
        }
    }
    for object in &interface.objects {
        let owner = names::type_name(&object.head);
        for method in object.methods.iter().filter(|method| gathers(method) && method.items().count() > 1) {
            item("the item of", names::batcher_item(&owner, &names::method(object, method)), &method.head);
        }
        item("the object", owner, &object.head);
    }
    all.extend(interface.objects.iter().flat_map(functions));
    all.extend(interface.enums.iter().flat_map(variants));
    #[cfg(feature = "spans")]
    all.sort_by_cached_key(|declared| (declared.head.file, declared.head.span.byte_range().start));
    all
}

/// Is it a batch that has a batcher?
fn gathers(function: &Function) -> bool {
    function.batch_of.is_some() && function.options.batcher
}

/// Of an object, what is not called on it.
fn functions(object: &Object) -> impl Iterator<Item = Declared<'_>> {
    let without = object.methods.iter().filter(|function| function.receiver.is_none());
    without.map(move |function| {
        let what = if function.constructor { "the constructor" } else { "the function" };
        let what = format!("{what} `{}::{}`", object.head.name, function.head.name);
        Declared { name: names::method(object, function), what, item: false, head: &function.head }
    })
}

fn variants(of: &Enum) -> impl Iterator<Item = Declared<'_>> {
    of.variants.iter().map(move |variant| {
        let (name, what) = match (of.is_error, &variant.fields) {
            (true, fields) if fields.all().is_empty() => (names::sentinel(variant), "the sentinel of"),
            (true, _) => (names::variant_error_type(variant), "the variant"),
            (false, _) if of.is_fieldless() => (names::constant(of, variant), "the constant of"),
            (false, _) => (names::variant_type(of, variant), "the variant"),
        };
        let what = format!("{what} `{}::{}`", of.head.name, variant.head.name);
        Declared { name, what, item: false, head: &variant.head }
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

/// Checks the methods of an object, beside each other and beside `Close`.
pub(super) fn check_object_methods(object: &Object, found: &mut Vec<Diagnostic>) {
    let methods = object.methods.iter().filter(|method| method.receiver.is_some());
    let mut heads: Vec<(String, &Head)> =
        methods.clone().map(|method| (names::method(object, method), &method.head)).collect();
    let batchers = methods.filter(|method| gathers(method));
    heads.extend(batchers.map(|method| (names::batcher(&names::method(object, method)), &method.head)));
    for (name, head) in heads.iter().filter(|(name, _)| name == names::CLOSE) {
        let message = format!("the method `{}` would be `{name}` in Go, which every object has", head.name);
        found
            .push(Diagnostic::new(CLOSE, head.file, head.span, message).label(format!("`{name}` in Go")).help(
            "let go in `Drop`, which `Close` leads to, or ask for another name with `#[go(name = \"..\")]`",
        ));
    }
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
    for param in function.arguments().iter().filter(|param| !param.name.is_empty()) {
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
