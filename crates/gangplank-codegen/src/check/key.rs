//! The keys of maps: what compares in Go as it does in Rust.

use super::types::Types;
use crate::diagnostic::{Diagnostic, MAP_KEY};
use crate::ir::{Interface, Type, TypeKind};

/// Checks the key of a map.
pub(super) fn check_key(types: &mut Types<'_>, key: &Type) {
    let Some(why) = refusal(types.known, key, 0) else {
        // Its own mistakes are said once, here.
        return types.check(key, super::types::Place::field());
    };
    types.found.push(
        Diagnostic::new(MAP_KEY, types.file, key.span, "this type cannot be the key of a map")
            .label(why)
            .help("use a `Vec` of pairs, or a key of integers, strings, fieldless enums, and records or arrays of these"),
    );
}

/// Deeper records hold themselves, which is another mistake.
const DEPTH: usize = 32;

/// Why it cannot be a key.
fn refusal(known: Option<&Interface>, key: &Type, depth: usize) -> Option<&'static str> {
    if crate::syntax::is_unknown(key) || depth > DEPTH {
        return None;
    }
    match &key.kind {
        TypeKind::Bool | TypeKind::Char | TypeKind::String | TypeKind::Duration => None,
        TypeKind::Number(number) if number.is_float() => Some("floats: NaN is not equal to itself"),
        TypeKind::Number(_) => None,
        TypeKind::Array(item, _) => refusal(known, item, depth + 1),
        TypeKind::Named(name) => named(known?, name, depth),
        TypeKind::Option(_) => Some("an `Option` is a pointer in Go: equal values would be two keys"),
        TypeKind::Tuple(_) | TypeKind::Unit => Some("a tuple: make it a record"),
        TypeKind::Str | TypeKind::Slice(_) | TypeKind::Ref(_) => Some("a reference: a map owns its keys"),
        TypeKind::Box(_) => Some("a box: use the value itself"),
        TypeKind::SystemTime => Some("two equal times may differ for Go's `==`"),
        TypeKind::Vec(_) | TypeKind::HashMap(..) | TypeKind::BTreeMap(..) => Some("Go cannot compare it"),
        TypeKind::Error(_) | TypeKind::Result(..) => Some("errors are no keys"),
    }
}

fn named(interface: &Interface, name: &str, depth: usize) -> Option<&'static str> {
    if let Some(of) = interface.enumeration(name) {
        return (!of.is_fieldless()).then_some("an enum with data is an interface in Go");
    }
    let record = interface.record(name)?;
    if record.is_error {
        return Some("errors are no keys");
    }
    let parts = record.fields.all().iter();
    parts
        .map(|field| &field.ty)
        .find_map(|ty| refusal(Some(interface), ty, depth + 1))
        .map(|_| "a field of it cannot be compared")
}
