//! What has no batch, and what its items cannot share.

use crate::diagnostic::{BATCH, Diagnostic};
use crate::ir::{Function, Import, Interface, Param, Receiver, Share, TypeKind, can_be_shared};
use proc_macro2::Span;

/// Checks a function of Rust, or a method of an imported trait, for what `batch` asks of it.
pub(super) fn check_batch(known: Option<&Interface>, function: &Function, found: &mut Vec<Diagnostic>) {
    let is_object = |name: &str| known.is_some_and(|interface| interface.object(name).is_some());
    let name = &function.head.name;
    let mut refuse = |span: Span, message: String, label: &str, help: &str| {
        found.push(Diagnostic::new(BATCH, function.head.file, span, message).label(label).help(help));
    };
    if !function.options.batch {
        for param in function.params.iter().filter(|param| param.shared && function.batch_of.is_none()) {
            refuse(
                param.span,
                format!("`#[shared]` on a parameter of `{name}`, which has no batch"),
                "nobody to share it with",
                "remove it, or ask for a batch: `#[gangplank::export(batch)]`, `#[gangplank::import(batch)]`",
            );
        }
        return;
    }
    if function.receiver == Some(Receiver::Value) {
        refuse(
            function.params[0].span,
            format!("`{name}` consumes its object, which many calls would share"),
            "gone after the first item",
            "take `&self`, or remove `batch`",
        );
    }
    let value = match &function.result.kind {
        TypeKind::Result(value, _) => value,
        _ => &function.result,
    };
    if value.as_sequence().is_some() {
        refuse(
            value.span,
            format!("`{name}` returns an iterator and has no batch"),
            "one for each item",
            "remove `batch`: the items of an iterator cross in batches anyhow",
        );
    }
    if function.constructor {
        refuse(
            function.head.span,
            format!("the constructor `{name}` has no batch"),
            "makes one object",
            "remove `batch`, or write a function that takes a list and returns a `Vec` of objects",
        );
    }
    for param in function.arguments() {
        if param.share(is_object) == Share::Shared && !can_be_shared(&param.ty) {
            let (label, help) = cannot_share(param);
            refuse(param.span, format!("the items of a batch cannot share `{}`", param.name), label, help);
        }
    }
}

fn cannot_share(param: &Param) -> (&'static str, &'static str) {
    match &param.ty.kind {
        TypeKind::Box(_) | TypeKind::GoRef(_) => {
            ("the first item would take it", "take it by reference, or as an `Arc`")
        }
        TypeKind::String => ("the first item would take it", "take `&str`"),
        TypeKind::Vec(_) => ("the first item would take it", "take a slice: `&[T]`"),
        _ => ("the first item would take it", "take it by reference: `&T`"),
    }
}

/// Checks that there is something to make a batch of.
pub(super) fn check_items(known: Option<&Interface>, function: &Function, found: &mut Vec<Diagnostic>) {
    let is_object = |name: &str| known.is_some_and(|interface| interface.object(name).is_some());
    if function.options.batch && !function.has_items(is_object) {
        let name = &function.head.name;
        found.push(
            Diagnostic::new(
                BATCH,
                function.head.file,
                function.head.span,
                format!("no argument of `{name}` differs from item to item"),
            )
            .label("every call of a batch would be the same")
            .help(
                "remove `batch`: objects, function values and `#[shared]` arguments are shared by all items",
            ),
        );
    }
}

/// Checks the methods of an imported trait for what a batch cannot do.
pub(super) fn check_import_batches(known: Option<&Interface>, import: &Import, found: &mut Vec<Diagnostic>) {
    for method in import.methods.iter().filter(|method| method.options.batch) {
        // Of a whole trait it is asked for every method that can have one.
        if !import.options.batch {
            check_items(known, method, found);
        }
        for param in method.params.iter().filter(|param| param.borrow && !param.shared) {
            found.push(
                Diagnostic::new(
                    BATCH,
                    method.head.file,
                    param.span,
                    format!(
                        "`{}` is lent, and a batch of `{}` copies its items",
                        param.name, method.head.name
                    ),
                )
                .label("`#[borrow]` in a batch")
                .help("remove `#[borrow]`, or `batch`; a `#[shared]` parameter may be borrowed"),
            );
        }
    }
}
