//! Rust names as symbols, and whether the other side can spell them.

use crate::diagnostic::{Diagnostic, SAME_SYMBOL, SPELLING};
use crate::ir::{Head, Interface};
use crate::names::{exported, is_exported};
use std::collections::HashMap;

/// An item's name becomes part of a symbol.
pub(super) fn check_item_name(head: &Head, found: &mut Vec<Diagnostic>) {
    if !head.name.is_ascii() {
        found.push(
            Diagnostic::new(
                SPELLING,
                head.file,
                head.span,
                format!("the name `{}` cannot be a symbol for every linker", head.name),
            )
            .label("not ASCII")
            .help("use ASCII letters in Rust; `#[go(name = \"..\")]` can still ask for this name in Go"),
        );
    } else {
        check_part_name(head, found);
    }
}

/// Any other name must only be spelled in Go.
pub(super) fn check_part_name(head: &Head, found: &mut Vec<Diagnostic>) {
    // Fields without names are numbered, and named in Go.
    let numbered = head.name.starts_with(|c: char| c.is_ascii_digit());
    let empty = head.name.trim_matches('_').is_empty();
    if head.go_name.is_none() && !numbered && (empty || !is_exported(&exported(&head.name))) {
        found.push(
            Diagnostic::new(
                SPELLING,
                head.file,
                head.span,
                format!("the name `{}` cannot be spelled in Go", head.name),
            )
            .label(if empty { "no letters" } else { "has signs that Go's names cannot have" })
            .help("ask for another one with `#[go(name = \"..\")]`"),
        );
    }
}

/// Two items of one name would be one symbol (clauses 6.1 to 6.3).
pub(super) fn check_symbols(interface: &Interface, found: &mut Vec<Diagnostic>) {
    let hashed = interface
        .exported()
        .map(|function| (function.symbol(), &function.head))
        .chain(interface.records.iter().map(|record| of(&record.head)))
        .chain(interface.enums.iter().map(|each| of(&each.head)))
        .chain(interface.objects.iter().map(|object| of(&object.head)));
    once(hashed, found);
    // `dyn Name` is one or the other.
    let imports = interface.imports.iter().map(|import| of(&import.head));
    once(imports.chain(interface.objects.iter().map(|object| of(&object.head))), found);
}

fn of(head: &Head) -> (String, &Head) {
    (head.name.clone(), head)
}

fn once<'a>(named: impl Iterator<Item = (String, &'a Head)>, found: &mut Vec<Diagnostic>) {
    let mut first: HashMap<String, &Head> = HashMap::new();
    for (name, head) in named {
        match first.get(&name) {
            None => drop(first.insert(name, head)),
            // The functions of one object are called so in full.
            Some(earlier) if earlier.name != head.name || name != head.name => found.push(
                Diagnostic::new(SAME_SYMBOL, head.file, head.span, format!("two items that cross would be the symbol `{name}`"))
                    .label("second")
                    .help("rename one of them in Rust: `a_b` is also how the function `b` of the object `a` is called")
                    .other(earlier.file, earlier.span, "first"),
            ),
            Some(earlier) => found.push(
                Diagnostic::new(SAME_SYMBOL, head.file, head.span, format!("two items that cross have the Rust name `{name}`"))
                    .label("second")
                    .help("rename one of them in Rust: the linker sees no modules, so `#[go(name = \"..\")]` does not help")
                    .other(earlier.file, earlier.span, "first"),
            ),
        }
    }
}
