//! Records that hold themselves. `Box<T>` is `T` in Go, so it is no way out there.

use crate::diagnostic::{Diagnostic, RECURSIVE};
use crate::ir::{Interface, Record, Type, TypeKind};
use std::collections::HashSet;

/// Checks that no record holds itself without a `Vec`, a map, an `Option` or an enum between.
pub(super) fn check_recursion(interface: &Interface, found: &mut Vec<Diagnostic>) {
    for record in &interface.records {
        for field in record.fields.all() {
            let mut seen = HashSet::new();
            if !reaches(interface, &field.ty, &record.head.name, &mut seen) {
                continue;
            }
            let name = &record.head.name;
            found.push(
                Diagnostic::new(
                    RECURSIVE,
                    record.head.file,
                    field.ty.span,
                    format!("the record `{name}` holds itself"),
                )
                .label("leads back to it")
                .help("put an `Option<Box<..>>`, a `Vec` or a map between: a box alone is no pointer in Go"),
            );
        }
    }
}

/// Does a value of this type hold one of the record?
fn reaches<'a>(interface: &'a Interface, ty: &'a Type, record: &str, seen: &mut HashSet<&'a str>) -> bool {
    match &ty.kind {
        TypeKind::Box(inner) | TypeKind::Ref(inner) | TypeKind::Array(inner, _) => {
            reaches(interface, inner, record, seen)
        }
        TypeKind::Tuple(parts) => parts.iter().any(|part| reaches(interface, part, record, seen)),
        TypeKind::Named(name) if name == record => true,
        TypeKind::Named(name) => match interface.record(name) {
            Some(other) if seen.insert(&other.head.name) => holds(interface, other, record, seen),
            _ => false,
        },
        _ => false,
    }
}

fn holds<'a>(interface: &'a Interface, other: &'a Record, record: &str, seen: &mut HashSet<&'a str>) -> bool {
    other.fields.all().iter().any(|field| reaches(interface, &field.ty, record, seen))
}
