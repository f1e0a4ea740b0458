//! What may take the fast lane: nothing that waits, and nothing that would leave it at every step.

use crate::diagnostic::{Diagnostic, FAST, WAITS};
use crate::ir::{Function, Import, Type, TypeKind};

/// Checks what the attribute of an exported function asks for.
pub(super) fn check_fast(function: &Function, found: &mut Vec<Diagnostic>) {
    let (head, options) = (&function.head, function.options);
    let name = &head.name;
    if options.checkpoints && !options.fast {
        found.push(
            Diagnostic::new(FAST, head.file, head.span, format!("`{name}` has checkpoints and is not fast"))
                .label("holds nothing that it could give back")
                .help("write `fast, checkpoints`, or remove `checkpoints`: an ordinary call lets Go go on anyhow"),
        );
    }
    // What is wrong with a batch is said of its function.
    if !options.fast || function.batch_of.is_some() {
        return;
    }
    for wait in &function.body.waits {
        found.push(
            Diagnostic::new(WAITS, head.file, wait.span, format!("`{name}` cannot be fast: {}", wait.what))
                .label("waits, and Go's scheduler and its collector wait with it")
                .help("remove `fast`; or step out: `gangplank::hosted::blocking(|| ..)`; or, if it never waits for long, say so: `gangplank::brief(|| ..)`"),
        );
    }
    for param in function.params.iter().filter(|param| is_function(&param.ty)) {
        found.push(
            Diagnostic::new(
                FAST,
                head.file,
                param.ty.span,
                format!("`{name}` cannot be fast: it takes a function or an iterator of Go"),
            )
            .label("each call of it would leave the fast lane and come back")
            .help("remove `fast`, or take an implementation of an `#[gangplank::import(fast)]` trait"),
        );
    }
}

/// Checks what the attributes of an imported trait and of its methods ask for.
pub(super) fn check_fast_import(import: &Import, found: &mut Vec<Diagnostic>) {
    if let Some(method) = import.methods.iter().find(|method| method.options.checkpoints) {
        let head = if import.options.checkpoints { &import.head } else { &method.head };
        found.push(
            Diagnostic::new(
                FAST,
                head.file,
                head.span,
                format!("`{}` is called, it has no checkpoints", head.name),
            )
            .label("Go can be interrupted anywhere")
            .help("remove `checkpoints`: it is for exported functions"),
        );
    }
}

/// Is it a function value or an iterator, behind references and boxes?
fn is_function(ty: &Type) -> bool {
    match &ty.kind {
        TypeKind::Ref(inner) | TypeKind::RefMut(inner) | TypeKind::Box(inner) | TypeKind::Arc(inner) => {
            is_function(inner)
        }
        kind => matches!(kind, TypeKind::Function(_) | TypeKind::Sequence(_)),
    }
}
