//! Padding in records that travel as their memory: its bytes would be anyone's.

use crate::diagnostic::{Diagnostic, PADDING};
use crate::ir::{Interface, Record, Type, TypeKind};

/// Checks every record that is POD (clause 5.4).
pub(super) fn check_padding(interface: &Interface, found: &mut Vec<Diagnostic>) {
    for record in &interface.records {
        let whole = Type { kind: TypeKind::Named(record.head.name.clone()), span: record.head.span };
        // Whoever holds itself has no layout, and is a mistake already.
        if record.repr_c && !recursive(interface, record, 0) && interface.is_pod(&whole) {
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

fn recursive(interface: &Interface, record: &Record, depth: usize) -> bool {
    depth > interface.records.len()
        || record.fields.all().iter().any(|field| type_recursive(interface, &field.ty, depth))
}

fn type_recursive(interface: &Interface, ty: &Type, depth: usize) -> bool {
    match &ty.kind {
        TypeKind::Array(item, _) => type_recursive(interface, item, depth),
        TypeKind::Named(name) => {
            interface.record(name).is_some_and(|record| recursive(interface, record, depth + 1))
        }
        _ => false,
    }
}
