//! Async functions, and functions with a context: what they cannot lend, and what they cannot be besides.

use crate::diagnostic::{ASYNC, BLOCKING, CONTEXT, Diagnostic};
use crate::ir::{Function, Import, Interface, Param, Receiver, Type, TypeKind};

/// Checks an exported function, or a function of an object.
pub(super) fn check_task(known: Option<&Interface>, function: &Function, found: &mut Vec<Diagnostic>) {
    if function.batch_of.is_some() {
        return;
    }
    check_contexts(function, found);
    check_blocking(function, found);
    if function.is_async {
        check_async(known, function, found);
    }
}

/// Checks a method of an imported trait.
pub(super) fn check_import_method(import: &Import, method: &Function, found: &mut Vec<Diagnostic>) {
    let head = &method.head;
    let name = &head.name;
    if method.batch_of.is_some() {
        return;
    }
    let why = match () {
        () if !method.options.blocking => None,
        () if method.is_async => Some(("async", "waits without a thread", "remove `blocking`")),
        () if method.options.fast => Some(("fast", "must not block", "remove `fast`, or `blocking`")),
        () if method.options.batch => {
            Some(("a batch", "is one call, however long", "remove `batch`, or `blocking`"))
        }
        () => None,
    };
    if let Some((what, label, help)) = why {
        let message = format!("`{name}` is marked blocking, and is {what}");
        found.push(Diagnostic::new(BLOCKING, head.file, head.span, message).label(label).help(help));
    }
    let mut refuse = |span, message: String, label: &str, help: &str| {
        found.push(Diagnostic::new(ASYNC, head.file, span, message).label(label).help(help));
    };
    if !method.is_async {
        if method.options.nonblocking {
            refuse(
                head.span,
                format!("`{name}` is marked `nonblocking` and is not async"),
                "is run at once anyhow",
                "write `async fn`, or remove `nonblocking`",
            );
        }
        return;
    }
    if method.options.fast {
        refuse(
            head.span,
            format!("`{name}` is async and cannot be fast"),
            "runs on a goroutine of its own",
            "remove `fast`; for a Go function that does not wait write `#[import(nonblocking)]`",
        );
    } else if import.methods.iter().any(|other| other.options.fast && !other.is_async) {
        refuse(
            head.span,
            format!("`{name}` is async, and other methods of `{}` are fast", import.head.name),
            "runs on a goroutine of its own",
            "a trait is called on the fast lane or not: put the async methods into another trait",
        );
    }
    if method.options.batch {
        refuse(
            head.span,
            format!("`{name}` is async and has no batch"),
            "each of its calls may wait",
            "remove `batch`: results of calls that are in flight together cross together anyhow",
        );
    }
    for param in method.params.iter().filter(|param| param.borrow) {
        refuse(
            param.span,
            format!("`{name}` is async and lends `{}` to Go", param.name),
            "is gone while the function still runs",
            "remove `#[borrow]`: Go gets a copy",
        );
    }
}

fn check_contexts(function: &Function, found: &mut Vec<Diagnostic>) {
    let head = &function.head;
    let mut refuse = |param: &Param, message: String, label: &str, help: &str| {
        let mistake = Diagnostic::new(CONTEXT, head.file, param.ty.span, message);
        found.push(mistake.label(label).help(help));
    };
    let contexts = function.params.iter().filter(|param| param.ty.is_context());
    for (at, param) in contexts.enumerate() {
        if at > 0 {
            let message = format!("`{}` takes two contexts", head.name);
            refuse(param, message, "the second", "remove one: Go has one `ctx`, as the first argument");
        } else if function.is_async {
            let message = format!("`{}` is async and takes a context", head.name);
            let help = "remove it: when Go's context ends the future is dropped, and `gangplank::task::deadline()` says until when there is time";
            refuse(param, message, "async functions have one anyhow", help);
        } else if function.options.fast {
            let message = format!("`{}` is fast and takes a context", head.name);
            let help = "remove `fast`: what ends a context runs in Go, and a fast call lets it wait";
            refuse(param, message, "would not be told of its end", help);
        } else if function.options.batch {
            let message = format!("`{}` has a batch and takes a context", head.name);
            let help = "remove `batch`, or write a function that takes a slice and looks at the context between its items";
            refuse(param, message, "ends one call, not one item", help);
        }
    }
}

fn check_blocking(function: &Function, found: &mut Vec<Diagnostic>) {
    let (head, options) = (&function.head, function.options);
    let name = &head.name;
    let (what, label, help) = match () {
        () if !options.blocking => return,
        () if function.is_async => (
            "async",
            "waits without a thread",
            "remove `blocking`; what blocks inside belongs into `gangplank::task::spawn_blocking`",
        ),
        () if options.fast => ("fast", "must not block", "remove `fast`, or `blocking`"),
        () if options.batch => ("a batch", "is one call, however long", "remove `batch`, or `blocking`"),
        () => return,
    };
    let message = format!("`{name}` is marked blocking, and is {what}");
    found.push(Diagnostic::new(BLOCKING, head.file, head.span, message).label(label).help(help));
}

fn check_async(known: Option<&Interface>, function: &Function, found: &mut Vec<Diagnostic>) {
    let head = &function.head;
    let name = &head.name;
    let mut refuse = |span, message: String, label: &str, help: &str| {
        found.push(Diagnostic::new(ASYNC, head.file, span, message).label(label).help(help));
    };
    if function.options.fast {
        refuse(
            head.span,
            format!("`{name}` is async and cannot be fast"),
            "a fast call holds the thread, and this one gives it away",
            "remove `fast`, or write a function that does not wait",
        );
    }
    if function.options.batch {
        refuse(
            head.span,
            format!("`{name}` is async and has no batch"),
            "each of its calls may wait",
            "remove `batch`, and take a slice: inside, the futures can be joined",
        );
    }
    if let Some(param) = function.params.first().filter(|_| is_of_trait(function)) {
        refuse(
            param.span,
            format!("`{name}` is async and a method of a trait"),
            "`dyn` cannot call async methods",
            "make it a method of a struct that holds the trait's object",
        );
    }
    if function.receiver == Some(Receiver::Mut) {
        refuse(
            function.params[0].span,
            format!("`{name}` is async and changes its object"),
            "would be held exclusively while it waits",
            "take `&self`, with a lock inside that waits without a thread, as tokio's",
        );
    }
    let receiver = usize::from(function.receiver.is_some());
    for param in &function.params[receiver..] {
        match &param.ty.kind {
            TypeKind::RefMut(_) => refuse(
                param.ty.span,
                format!("`{name}` is async and borrows `{}` to change it", param.name),
                "would be held exclusively while it waits",
                "take it as `&T` or `Arc<T>` with a lock inside, or a function as `Box<dyn FnMut(..) + Send>`",
            ),
            TypeKind::Ref(inner) if matches!(inner.kind, TypeKind::Function(_)) => refuse(
                param.ty.span,
                format!("`{name}` is async and borrows the function `{}`", param.name),
                "is lent for a call that is over while the future waits",
                "take `Box<dyn Fn(..) + Send + Sync>`",
            ),
            TypeKind::Ref(inner) if is_import(known, inner) => refuse(
                param.ty.span,
                format!("`{name}` is async and borrows the implementation `{}`", param.name),
                "is lent for a call that is over while the future waits",
                "take it as a `Box<dyn Trait>`",
            ),
            TypeKind::Function(_) => {}
            TypeKind::Box(inner) | TypeKind::Arc(inner) if matches!(inner.kind, TypeKind::Function(_)) => {
                if let TypeKind::Function(of) = &inner.kind {
                    if !of.send || matches!(param.ty.kind, TypeKind::Arc(_)) && !of.sync {
                        refuse(
                            param.ty.span,
                            format!(
                                "`{name}` is async and keeps the function `{}` on one thread",
                                param.name
                            ),
                            "a future goes from thread to thread",
                            "write `dyn Fn(..) + Send + Sync`",
                        );
                    }
                }
            }
            _ if borrows_inside(&param.ty) => refuse(
                param.ty.span,
                format!("`{name}` is async and borrows parts of `{}`", param.name),
                "is lent for a call that is over while the future waits",
                "take owned parts: `String`, `Vec<T>`",
            ),
            _ => {}
        }
    }
    if is_borrowed(&function.result) && function.params.iter().any(|param| is_borrowed(&param.ty)) {
        refuse(
            function.result.span,
            format!("`{name}` is async and borrows its result"),
            "may borrow from an argument, which is gone when the future is done",
            "return an owned value: `String`, `Vec<T>`",
        );
    }
    let shared = function.params.iter().filter(|param| matches!(param.ty.kind, TypeKind::Ref(_)));
    for param in shared {
        let Some(object) = known.and_then(|interface| interface.as_object(&param.ty)) else { continue };
        let Some(method) = object.methods.iter().find(|method| method.receiver == Some(Receiver::Mut)) else {
            continue;
        };
        let owner = &object.head.name;
        found.push(
            Diagnostic::new(
                ASYNC,
                head.file,
                param.span,
                format!("`{name}` is async and shares a `{owner}`, which has a method with `&mut self`"),
            )
            .label("threads would wait for as long as the future does")
            .help(format!(
                "let `{}` take `&self`, with a lock inside that waits without a thread, as tokio's",
                method.head.name
            ))
            .other(method.head.file, method.head.span, "needs it exclusively"),
        );
    }
}

/// Is it a reference, or is one inside?
fn is_borrowed(ty: &Type) -> bool {
    matches!(ty.kind, TypeKind::Str | TypeKind::Slice(_) | TypeKind::Ref(_)) || borrows_inside(ty)
}

/// Is it a method of a trait of objects?
fn is_of_trait(function: &Function) -> bool {
    function.receiver.is_some() && matches!(function.params[0].ty.peeled().kind, TypeKind::Dyn(_))
}

fn is_import(known: Option<&Interface>, ty: &Type) -> bool {
    match &ty.kind {
        TypeKind::Dyn(name) => known.is_some_and(|interface| interface.import(name).is_some()),
        _ => false,
    }
}

/// Stands a reference inside another type?
fn borrows_inside(ty: &Type) -> bool {
    match &ty.kind {
        TypeKind::Slice(item) | TypeKind::Vec(item) | TypeKind::Array(item, _) | TypeKind::Option(item) => {
            is_borrowed(item)
        }
        TypeKind::Box(item) | TypeKind::Ref(item) => is_borrowed(item),
        TypeKind::Tuple(parts) => parts.iter().any(is_borrowed),
        TypeKind::HashMap(a, b) | TypeKind::BTreeMap(a, b) | TypeKind::Result(a, b) => {
            is_borrowed(a) || is_borrowed(b)
        }
        _ => false,
    }
}
