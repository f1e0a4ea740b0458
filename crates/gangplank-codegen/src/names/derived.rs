//! Names made of names.

use super::{exported, unexported};
use crate::ir::{Enum, Fields, Function, Head, Import, Param, Record, Variant};

/// The Go name of an exported function, or of a method of an imported trait.
pub fn function(function: &Function) -> String {
    asked_or(&function.head, || exported(&function.head.name))
}

/// The batch `batch` into memory of the caller: `ParseBatchInto`.
pub fn into(batch: &str) -> String {
    format!("{batch}Into")
}

/// The constructor of a function's batcher, of whose batch `batch` is the Go name: `NewParseBatcher`. Of a method it is a method.
pub fn batcher(batch: &str) -> String {
    format!("New{}Batcher", batch.strip_suffix("Batch").unwrap_or(batch))
}

/// The struct for one item of a batcher, where an item is several arguments: `SailItem`. `owner` is the type whose method it is.
pub fn batcher_item(owner: &str, batch: &str) -> String {
    format!("{owner}{}Item", batch.strip_suffix("Batch").unwrap_or(batch))
}

/// The Go name of a record, enum, error or trait: of its type. For an error struct see [`error_type`].
pub fn type_name(head: &Head) -> String {
    asked_or(head, || exported(&head.name))
}

/// The Go name of a struct's type: `Hit`, or with `Error` at its end if it is an error.
pub fn error_type(record: &Record) -> String {
    match record.is_error {
        true => asked_or(&record.head, || ending_in_error(&record.head.name)),
        false => type_name(&record.head),
    }
}

/// The struct of a variant with or without data: `ShapeCircle`.
pub fn variant_type(of: &Enum, variant: &Variant) -> String {
    asked_or(&variant.head, || type_name(&of.head) + &exported(&variant.head.name))
}

/// The constant of a variant of a fieldless enum: `ColorRed`.
pub fn constant(of: &Enum, variant: &Variant) -> String {
    variant_type(of, variant)
}

/// The struct of an error's variant with data: `BadPatternError`.
pub fn variant_error_type(variant: &Variant) -> String {
    asked_or(&variant.head, || ending_in_error(&variant.head.name))
}

/// The sentinel of an error's variant without data: `ErrClosed`.
pub fn sentinel(variant: &Variant) -> String {
    asked_or(&variant.head, || format!("Err{}", exported(&variant.head.name)))
}

/// What a program calls to hand over its implementation of a trait: `RegisterTokenizer`.
pub fn register_fn(import: &Import) -> String {
    format!("Register{}", type_name(&import.head))
}

/// The Go name of a parameter.
pub fn parameter(param: &Param) -> String {
    unexported(&param.name)
}

/// The Go name of the field at `index`: its own, or `Value` if it is the only one without a name, else `V0`, `V1`.
pub fn field(fields: &Fields, index: usize) -> String {
    let field = &fields.all()[index];
    asked_or(&field.head, || match fields {
        Fields::Unnamed(all) if all.len() == 1 => "Value".to_owned(),
        Fields::Unnamed(_) => format!("V{index}"),
        _ => exported(&field.head.name),
    })
}

fn asked_or(head: &Head, otherwise: impl FnOnce() -> String) -> String {
    head.go_name.clone().unwrap_or_else(otherwise)
}

/// `Error` stands at the end once: `ParseError` stays, `Parse` becomes it.
fn ending_in_error(name: &str) -> String {
    let name = exported(name);
    if name.ends_with("Error") { name } else { name + "Error" }
}
