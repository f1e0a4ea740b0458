//! The keys of maps: what compares in Go as it does in Rust.

use super::place::{Place, Way};
use super::types::Types;
use crate::diagnostic::{Diagnostic, MAP_KEY};
use crate::ir::{Interface, Type, TypeKind};
use std::collections::HashSet;

/// Checks the key of a map.
pub(super) fn check_key(types: &mut Types<'_>, key: &Type, way: Option<Way>) {
    let Some(why) = refusal(types.known, key, &mut HashSet::new()) else {
        // Its own mistakes are said once, here.
        return types.check(key, Place::field(way));
    };
    types.found.push(
        Diagnostic::new(MAP_KEY, types.file, key.span, "this type cannot be the key of a map")
            .label(why)
            .help("use a `Vec` of pairs, or a key of integers, strings, fieldless enums, and records or arrays of these"),
    );
}

/// Why it cannot be a key. `seen` are the records that were looked into already.
fn refusal<'a>(
    known: Option<&'a Interface>,
    key: &'a Type,
    seen: &mut HashSet<&'a str>,
) -> Option<&'static str> {
    if crate::syntax::is_unknown(key) {
        return None;
    }
    match &key.kind {
        TypeKind::Bool | TypeKind::Char | TypeKind::String | TypeKind::Duration => None,
        TypeKind::Number(number) if number.is_float() => Some("floats: NaN is not equal to itself"),
        TypeKind::Number(_) => None,
        TypeKind::Array(item, _) => refusal(known, item, seen),
        TypeKind::Named(name) => named(known?, name, seen),
        TypeKind::Option(_) => Some("an `Option` is a pointer in Go: equal values would be two keys"),
        TypeKind::Tuple(_) | TypeKind::Unit => Some("a tuple: make it a record"),
        TypeKind::Str | TypeKind::Slice(_) | TypeKind::Ref(_) | TypeKind::RefMut(_) => {
            Some("a reference: a map owns its keys")
        }
        TypeKind::Box(inner)
            if matches!(inner.kind, TypeKind::Function(_) | TypeKind::Dyn(_) | TypeKind::Sequence(_)) =>
        {
            refusal(known, inner, seen)
        }
        TypeKind::Box(_) => Some("a box: use the value itself"),
        TypeKind::Arc(_) | TypeKind::GoRef(_) | TypeKind::Dyn(_) => {
            Some("an object: it has no value to compare")
        }
        TypeKind::Function(_) => Some("a function: it has no value to compare"),
        TypeKind::Sequence(_) => Some("an iterator: it has no value to compare"),
        TypeKind::SystemTime => Some("two equal times may differ for Go's `==`"),
        TypeKind::Vec(_) | TypeKind::HashMap(..) | TypeKind::BTreeMap(..) => Some("Go cannot compare it"),
        TypeKind::Error(_) | TypeKind::Result(..) => Some("errors are no keys"),
        TypeKind::Context => Some("a context is no key"),
    }
}

fn named<'a>(interface: &'a Interface, name: &'a str, seen: &mut HashSet<&'a str>) -> Option<&'static str> {
    if let Some(of) = interface.enumeration(name) {
        return (!of.is_fieldless()).then_some("an enum with data is an interface in Go");
    }
    if interface.object(name).is_some() {
        return Some("an object: it has no value to compare");
    }
    let record = interface.record(name)?;
    if record.is_error {
        return Some("errors are no keys");
    }
    if !seen.insert(name) {
        return None;
    }
    let parts = record.fields.all().iter();
    parts
        .map(|field| &field.ty)
        .find_map(|ty| refusal(Some(interface), ty, seen))
        .map(|_| "a field of it cannot be compared")
}
