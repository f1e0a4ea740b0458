//! What cannot cross although it can be read: every type in its position, and every name beside the others.
//!
//! The command checks the whole interface. A macro checks its one item, and takes for good what it cannot know: the
//! types it names, and the names beside it.
//!
//! | file | what it checks |
//! | --- | --- |
//! | `types` | a type in its position: references, `Result`, keys, lengths |
//! | `pointers` | objects and implementations, and what they stand behind |
//! | `functions` | function values |
//! | `sequences` | iterators and streams |
//! | `place`, `ways` | positions, and which way values go there |
//! | `object` | constructors and methods |
//! | `key` | what can be the key of a map |
//! | `unknown` | that a named type crosses, or which one was meant |
//! | `recursion` | that no record holds itself |
//! | `pod` | padding |
//! | `batch` | what has no batch |
//! | `discriminant` | the numbers of an enum |
//! | `fast` | what may take the fast lane |
//! | `clash` | names in Go |
//! | `task` | async functions, and contexts |
//! | `symbol` | names of Rust as symbols |

mod batch;
mod clash;
mod discriminant;
mod fast;
mod functions;
mod key;
mod object;
mod place;
mod pod;
mod pointers;
mod recursion;
mod sequences;
mod symbol;
mod task;
mod types;
mod unknown;
mod ways;

use crate::diagnostic::{BORROW, Diagnostic};
use crate::ir::{Enum, Fields, FileId, Function, Import, Interface, Number, Object, Record, Type, TypeKind};
use place::{Place, Way};
use types::Types;
use ways::Ways;

/// All mistakes of an interface that was parsed without any.
pub fn check_interface(interface: &Interface) -> Vec<Diagnostic> {
    check_all(interface)
}

/// All mistakes of an interface; types that are mistakes already are passed over.
pub(crate) fn check_all(interface: &Interface) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let known = Some(interface);
    interface.functions.iter().for_each(|function| check_export(known, function, &mut found));
    interface.imports.iter().for_each(|import| check_import(known, import, &mut found));
    let ways = Ways::of(interface);
    for record in &interface.records {
        check_record(known, record, &ways.ways(&record.head.name), &mut found);
    }
    for of in &interface.enums {
        check_enum(known, of, &ways.ways(&of.head.name), &mut found);
    }
    interface.objects.iter().for_each(|object| object::check_object(known, object, &mut found));
    recursion::check_recursion(interface, &mut found);
    pod::check_padding(interface, &mut found);
    symbol::check_symbols(interface, &mut found);
    clash::check_clashes(interface, &mut found);
    found
}

/// The mistakes of an exported function that show without the crate around it.
pub fn check_export_alone(function: &Function) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    check_export(None, function, &mut found);
    found
}

/// The mistakes of an imported trait that show without the crate around it.
pub fn check_import_alone(import: &Import) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    check_import(None, import, &mut found);
    found
}

/// The mistakes of a struct that show without the crate around it.
pub fn check_record_alone(record: &Record) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    check_record(None, record, &[None], &mut found);
    found
}

/// The mistakes of an enum that show without the crate around it.
pub fn check_enum_alone(of: &Enum) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    check_enum(None, of, &[None], &mut found);
    found
}

/// The mistakes of an `#[object]` struct or trait that show without the crate around it.
pub fn check_object_alone(object: &Object) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    object::check_object(None, object, &mut found);
    found
}

/// The mistakes of an `#[object]` impl block that show without the crate around it.
pub fn check_methods_alone(functions: &[Function]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    functions.iter().for_each(|function| object::check_method(None, function, &mut found));
    found
}

fn check_export(known: Option<&Interface>, function: &Function, found: &mut Vec<Diagnostic>) {
    symbol::check_item_name(&function.head, found);
    batch::check_items(known, function, found);
    check_function(known, function, Place::argument_of_export(), Place::result_of_export(), found);
    fast::check_fast(function, found);
    task::check_task(known, function, found);
    check_no_borrow(function, found);
}

/// Of what Go passes everything is borrowed that can be.
fn check_no_borrow(function: &Function, found: &mut Vec<Diagnostic>) {
    for param in function.params.iter().filter(|param| param.borrow) {
        found.push(
            Diagnostic::new(
                BORROW,
                function.head.file,
                param.span,
                "`#[borrow]` on a parameter of an exported function",
            )
            .label("borrowed anyhow")
            .help("remove it: Rust borrows what Go passes for as long as the call lasts"),
        );
    }
}

fn check_import(known: Option<&Interface>, import: &Import, found: &mut Vec<Diagnostic>) {
    symbol::check_item_name(&import.head, found);
    clash::check_methods(import, found);
    batch::check_import_batches(known, import, found);
    fast::check_fast_import(import, found);
    for method in &import.methods {
        task::check_import_method(import, method, found);
        symbol::check_part_name(&method.head, found);
        check_function(known, method, Place::argument_of_import(), Place::result_of_import(), found);
        for param in method.params.iter().filter(|param| param.borrow && !can_be_borrowed(&param.ty)) {
            found.push(
                Diagnostic::new(
                    BORROW,
                    method.head.file,
                    param.ty.span,
                    "only `&str` and `&[u8]` can be marked `#[borrow]`",
                )
                .label("copied for Go in any case")
                .help("remove `#[borrow]`"),
            );
        }
    }
}

fn can_be_borrowed(ty: &Type) -> bool {
    match &ty.kind {
        TypeKind::Str => true,
        TypeKind::Slice(item) => item.kind == TypeKind::Number(Number::U8),
        _ => crate::syntax::is_unknown(ty),
    }
}

fn check_function(
    known: Option<&Interface>,
    function: &Function,
    argument: Place,
    result: Place,
    found: &mut Vec<Diagnostic>,
) {
    batch::check_batch(known, function, found);
    // A batch is made of what was checked already.
    if function.batch_of.is_some() {
        return;
    }
    clash::check_parameters(function, found);
    let mut types = Types { known, file: function.head.file, found };
    for param in &function.params {
        types.check(&param.ty, argument);
    }
    types.check(&function.result, result);
    sequences::check_borrowing(function, found);
    sequences::check_unbuffered(function, found);
}

fn check_record(
    known: Option<&Interface>,
    record: &Record,
    ways: &[Option<Way>],
    found: &mut Vec<Diagnostic>,
) {
    symbol::check_item_name(&record.head, found);
    check_fields(known, &record.fields, record.is_error, record.head.file, ways, found);
}

fn check_enum(known: Option<&Interface>, of: &Enum, ways: &[Option<Way>], found: &mut Vec<Diagnostic>) {
    symbol::check_item_name(&of.head, found);
    discriminant::check_discriminants(of, found);
    for variant in &of.variants {
        symbol::check_part_name(&variant.head, found);
        check_fields(known, &variant.fields, of.is_error, of.head.file, ways, found);
    }
}

fn check_fields(
    known: Option<&Interface>,
    fields: &Fields,
    of_error: bool,
    file: FileId,
    ways: &[Option<Way>],
    found: &mut Vec<Diagnostic>,
) {
    clash::check_fields(fields, of_error, found);
    for field in fields.all() {
        symbol::check_part_name(&field.head, found);
        // What is wrong one way needs not be said for the other.
        let before = found.len();
        for way in ways {
            if found.len() == before {
                Types { known, file, found }.check(&field.ty, Place::field(*way));
            }
        }
    }
}
