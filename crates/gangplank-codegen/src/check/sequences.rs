//! Iterators and streams: where they stand, how they are written, and what their items are.

use super::place::{Place, Sequences};
use super::types::Types;
use crate::diagnostic::{Diagnostic, GENERIC, SEQUENCE, THREADS};
use crate::ir::{Function, SequenceForm, SequenceKind, SequenceType, Type, TypeKind};

impl Types<'_> {
    /// A sequence; `ty` is the pointer that it stands behind, or itself.
    pub(super) fn sequence(&mut self, ty: &Type, of: &SequenceType, place: Place) {
        let (what, name, go) = match of.kind {
            SequenceKind::Iterator => ("an iterator", "Iterator", "GoIter"),
            SequenceKind::Stream => ("a stream", "Stream", "GoStream"),
        };
        let boxed = match of.kind {
            SequenceKind::Iterator => format!("`Box<dyn {name}<Item = T> + Send>`"),
            SequenceKind::Stream => format!("`Pin<Box<dyn {name}<Item = T> + Send>>`"),
        };
        let go = format!("`gangplank::{go}<T>`");
        if place.sequences == Sequences::No {
            let message = format!("{what} is the whole of an argument or a result, and nothing else");
            let help = "return it alone, or a `Vec` of its items";
            self.mistake(SEQUENCE, ty, message, "inside another type", help);
        } else if of.form == SequenceForm::Impl && place.sequences == Sequences::Named {
            let instead = if place.to_go() { &boxed } else { &go };
            let message = format!("`impl {name}` has no name here");
            self.mistake(GENERIC, ty, message, "a generic", &format!("write {instead}"));
        } else if of.form == SequenceForm::Dyn && !matches!(ty.kind, TypeKind::Box(_)) {
            let message = format!("{what} crosses whole");
            self.mistake(SEQUENCE, ty, message, "behind this pointer", &format!("write {boxed}"));
        } else if of.kind == SequenceKind::Stream
            && of.form != SequenceForm::Go
            && place.sequences != Sequences::Any
        {
            let message =
                "a stream of Rust goes to Go as the result of an exported function, and in no other way";
            let help = if place.to_go() {
                "pass an iterator, or a function that Go calls".to_owned()
            } else {
                format!("write {go}")
            };
            self.mistake(SEQUENCE, ty, message, "nobody has a context for it here", &help);
        } else if of.kind == SequenceKind::Stream && of.form == SequenceForm::Go && place.to_go() {
            let help = format!("write `impl {name}<Item = T> + Send`");
            self.mistake(SEQUENCE, ty, "a `GoStream` comes from Go", "goes to Go here", &help);
        } else if !of.send {
            let message = format!("Go may take the items of {what} from any thread");
            self.mistake(THREADS, ty, message, "not `Send`", "write `+ Send` behind it");
        }
        let item = place.owned("an item is owned");
        match &of.item.kind {
            TypeKind::Result(value, error) => {
                self.check(value, item);
                self.check(error, item);
            }
            _ => self.check(&of.item, item),
        }
    }
}

/// What is returned without a name borrows from all arguments, unless it says that it does not.
pub(super) fn check_borrowing(function: &Function, found: &mut Vec<Diagnostic>) {
    let value = match &function.result.kind {
        TypeKind::Result(value, _) => value,
        _ => &function.result,
    };
    let TypeKind::Sequence(of) = &value.kind else { return };
    let borrows = |ty: &Type| ty.is_reference() || matches!(ty.kind, TypeKind::Str | TypeKind::Slice(_));
    if of.owned || !function.params.iter().any(|param| borrows(&param.ty)) {
        return;
    }
    let message = format!("`{}` returns what may borrow from its arguments", function.head.name);
    found.push(
        Diagnostic::new(SEQUENCE, function.head.file, value.span, message)
            .label("lives on when the call is over")
            .help("write `+ 'static` behind it, and let it own what it needs: `move`, `to_owned()`, `Arc`"),
    );
}

/// `unbuffered` is about the items of a result.
pub(super) fn check_unbuffered(function: &Function, found: &mut Vec<Diagnostic>) {
    let result = match &function.result.kind {
        TypeKind::Result(value, _) => value,
        _ => &function.result,
    };
    if function.options.unbuffered && result.as_sequence().is_none() {
        let head = &function.head;
        let message =
            format!("`{}` is marked unbuffered, and returns neither an iterator nor a stream", head.name);
        found.push(
            Diagnostic::new(SEQUENCE, head.file, head.span, message)
                .label("has no items")
                .help("remove `unbuffered`"),
        );
    }
}
