//! Objects: their functions, and what makes a constructor one.

use super::place::Place;
use super::{clash, symbol};
use crate::diagnostic::{CONSTRUCTOR, Diagnostic};
use crate::ir::{Function, Interface, Object, Type, TypeKind};

/// Checks an object with all that is known of its functions.
pub(super) fn check_object(known: Option<&Interface>, object: &Object, found: &mut Vec<Diagnostic>) {
    symbol::check_item_name(&object.head, found);
    clash::check_object_methods(object, found);
    object.methods.iter().for_each(|method| check_method(known, method, found));
}

/// Checks a function of an object.
pub(super) fn check_method(known: Option<&Interface>, method: &Function, found: &mut Vec<Diagnostic>) {
    symbol::check_item_name(&method.head, found);
    super::batch::check_items(known, method, found);
    super::check_function(known, method, Place::argument_of_export(), Place::result_of_export(), found);
    super::task::check_task(known, method, found);
    super::check_no_borrow(method, found);
    let owner = method.owner.as_deref().unwrap_or_default();
    if method.constructor && method.receiver.is_none() && !makes(known, &method.result, owner) {
        let name = &method.head.name;
        let message = format!("the constructor `{name}` does not make its object");
        found.push(
            Diagnostic::new(CONSTRUCTOR, method.head.file, method.result.span, message)
                .label(format!("no `{owner}`"))
                .help("return `Self`, `Arc<Self>`, or an `Option` or `Result` of it; or remove `#[constructor]`"),
        );
    }
}

/// Is it the object, or what leads to it? Where the crate is not known, an alias may stand for it.
fn makes(known: Option<&Interface>, ty: &Type, owner: &str) -> bool {
    match &ty.kind {
        TypeKind::Named(name) => name == owner || known.is_none() || name.is_empty(),
        TypeKind::Option(inner) | TypeKind::Arc(inner) | TypeKind::Box(inner) => makes(known, inner, owner),
        TypeKind::Result(value, _) => makes(known, value, owner),
        _ => false,
    }
}
