//! Padding in records that travel as their memory: its bytes would be anyone's.

use crate::diagnostic::{Diagnostic, PADDING};
use crate::ir::{Interface, Record, Type, TypeKind};
use std::collections::HashSet;

/// Checks every record that is POD (clause 5.4).
pub(super) fn check_padding(interface: &Interface, found: &mut Vec<Diagnostic>) {
    let mut done = HashSet::new();
    for record in &interface.records {
        let whole = Type { kind: TypeKind::Named(record.head.name.clone()), span: record.head.span };
        // Whoever holds itself has no layout, and is a mistake already.
        if record.repr_c
            && !circular(interface, record, &mut Vec::new(), &mut done)
            && interface.is_pod(&whole)
        {
            check_record(interface, record, &whole, found);
        }
    }
}

fn check_record(interface: &Interface, record: &Record, whole: &Type, found: &mut Vec<Diagnostic>) {
    let mistake = |span, what: String, label: String, help: String| {
        Diagnostic::new(
            PADDING,
            record.head.file,
            span,
            format!("the #[repr(C)] record `{}` has {what}", record.head.name),
        )
        .label(label)
        .help(help)
    };
    let mut offset = 0usize;
    for field in record.fields.all() {
        let Some((size, align)) = interface.pod_layout(&field.ty) else { return };
        let name = &field.head.name;
        if size == 0 {
            let label = format!("`{name}` has no bytes");
            found.push(mistake(field.head.span, "an empty field".into(), label, "remove the field".into()));
        }
        let gap = offset.next_multiple_of(align) - offset;
        if gap > 0 {
            found.push(mistake(
                field.head.span,
                format!("{} before `{name}`", bytes(gap)),
                format!("must begin at a multiple of {align}"),
                format!("order the fields from wide to narrow, or add a field of {} before it, or remove `#[repr(C)]`", of_bytes(gap)),
            ));
        }
        offset += gap + size;
    }
    let Some((size, align)) = interface.pod_layout(whole) else { return };
    if let Some(last) = record.fields.all().last().filter(|_| size > offset) {
        let gap = size - offset;
        found.push(mistake(
            last.head.span,
            format!("{} after its last field", bytes(gap)),
            format!("the record's size is a multiple of {align}"),
            format!("add a field of {} after it, or remove `#[repr(C)]`", of_bytes(gap)),
        ));
    }
}

fn bytes(count: usize) -> String {
    format!("{count} byte{} of padding", if count == 1 { "" } else { "s" })
}

fn of_bytes(count: usize) -> String {
    if count == 1 { "`u8`".to_owned() } else { format!("`[u8; {count}]`") }
}

/// Does following the fields of this record lead round in a circle? `done` are the records that do not.
fn circular<'a>(
    interface: &'a Interface,
    record: &'a Record,
    way: &mut Vec<&'a str>,
    done: &mut HashSet<&'a str>,
) -> bool {
    let name = record.head.name.as_str();
    if done.contains(name) || way.contains(&name) {
        return !done.contains(name);
    }
    way.push(name);
    let found = record.fields.all().iter().any(|field| {
        let mut ty = &field.ty;
        while let TypeKind::Array(item, _) = &ty.kind {
            ty = item;
        }
        match &ty.kind {
            TypeKind::Named(other) => {
                interface.record(other).is_some_and(|other| circular(interface, other, way, done))
            }
            _ => false,
        }
    });
    way.pop();
    if !found {
        done.insert(name);
    }
    found
}
