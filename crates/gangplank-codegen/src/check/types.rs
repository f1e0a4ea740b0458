//! A type in its position.

use super::key;
use super::place::{Borrowed, Place, Whole};
use crate::diagnostic::{
    ARRAY_LENGTH, CONTEXT, Code, Diagnostic, ERROR_TYPE, NESTED_RESULT, REFERENCE, ROUNDABOUT, TUPLE_LENGTH,
};
use crate::ir::{FileId, Interface, Number, SequenceForm, Type, TypeKind};

/// More elements than this do not belong on a stack.
const MAX_ARRAY: usize = 1 << 20;

/// Go has `Tuple2` to `Tuple8`.
const MAX_TUPLE: usize = 8;

/// Checks the types of one item.
pub(super) struct Types<'a> {
    /// The interface, if it is known.
    pub known: Option<&'a Interface>,
    pub file: FileId,
    pub found: &'a mut Vec<Diagnostic>,
}

impl Types<'_> {
    pub(super) fn check(&mut self, ty: &Type, place: Place) {
        if crate::syntax::is_unknown(ty) {
            return;
        }
        match &ty.kind {
            TypeKind::Result(ok, error) => self.result(ty, ok, error, place),
            TypeKind::Str => self.reference(ty, place, true, "use `String`"),
            TypeKind::Slice(item) => {
                let bytes = item.kind == TypeKind::Number(Number::U8);
                self.reference(ty, place, bytes, "use `Vec<T>`");
                self.check(item, place.part().lent());
            }
            TypeKind::Ref(inner) | TypeKind::RefMut(inner) | TypeKind::Box(inner) | TypeKind::Arc(inner)
                if self.pointer_to_kept(ty, inner, place) => {}
            TypeKind::Ref(inner) if inner.kind == TypeKind::Context => self.context(ty, place),
            TypeKind::Ref(inner) => self.pointer(ty, inner, place),
            TypeKind::RefMut(inner) => self.exclusive(ty, inner),
            TypeKind::Box(inner) => self.check(inner, place.owned("a box owns its value")),
            TypeKind::Arc(inner) => self.arc(ty, inner, place),
            TypeKind::GoRef(inner) => self.go_ref(ty, inner),
            TypeKind::Sequence(of) if of.form == SequenceForm::Dyn => self.unsized_value(ty),
            TypeKind::Sequence(of) => self.sequence(ty, of, place),
            TypeKind::Function(_) | TypeKind::Dyn(_) => self.unsized_value(ty),
            TypeKind::Option(item) | TypeKind::Vec(item) => self.check(item, place.part()),
            TypeKind::Tuple(parts) => {
                if parts.len() > MAX_TUPLE {
                    let message = format!("a tuple of {} has no form in Go", parts.len());
                    self.mistake(
                        TUPLE_LENGTH,
                        ty,
                        message,
                        "at most eight",
                        "make a `#[gangplank::record]` of it",
                    );
                }
                parts.iter().for_each(|part| self.check(part, place.part()));
            }
            TypeKind::Array(item, _) => {
                if elements(ty) > MAX_ARRAY {
                    let message = format!("an array of more than {MAX_ARRAY} elements is passed by value");
                    self.mistake(ARRAY_LENGTH, ty, message, "too large", "use a `Vec`");
                }
                self.check(item, place.part());
            }
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                key::check_key(self, key, place.way);
                self.check(value, place.part());
            }
            TypeKind::Named(name) => self.named(ty, name, place),
            TypeKind::Context => self.mistake(
                CONTEXT,
                ty,
                "a context is lent, and never owned",
                "stands behind no reference",
                "write `&gangplank::Context`, as an argument of an exported function",
            ),
            TypeKind::Unit
            | TypeKind::Bool
            | TypeKind::Char
            | TypeKind::Number(_)
            | TypeKind::String
            | TypeKind::Duration
            | TypeKind::SystemTime
            | TypeKind::Error(_) => {}
        }
    }

    fn result(&mut self, ty: &Type, ok: &Type, error: &Type, place: Place) {
        if !place.result {
            self.mistake(
                NESTED_RESULT,
                ty,
                "`Result` stands only as the whole type of a result",
                "inside another type, or not a result",
                "use an `Option`, or an enum with data",
            );
        }
        self.check(ok, place.of_result());
        if self.stays(error) {
            let help = "use `gangplank::Error`, or an enum with `#[gangplank::error]` that has it in a field";
            return self.mistake(
                ERROR_TYPE,
                error,
                "what stays in its language is no error",
                "no text",
                help,
            );
        }
        self.check(error, place.of_result());
    }

    fn context(&mut self, ty: &Type, place: Place) {
        if place.whole != Whole::Export {
            self.mistake(
                CONTEXT,
                ty,
                "a context is the whole argument of an exported function, and nothing else",
                "cannot stand here",
                "take it where Go calls Rust, and pass `&Context` on in Rust",
            );
        }
    }

    /// Is it an object, a function or an implementation?
    fn stays(&self, ty: &Type) -> bool {
        matches!(ty.peeled().kind, TypeKind::Function(_) | TypeKind::Dyn(_) | TypeKind::Sequence(_))
            || self.known.is_some_and(|interface| interface.as_object(ty).is_some())
    }

    /// `&str` and slices.
    fn reference(&mut self, ty: &Type, place: Place, bytes: bool, help: &str) {
        let label = match place.borrowed {
            Borrowed::Any | Borrowed::Whole => return,
            Borrowed::Bytes if bytes => return,
            Borrowed::Bytes => "inside another type only `&str` and `&[u8]` can be borrowed",
            Borrowed::No(why) => why,
        };
        self.mistake(REFERENCE, ty, "a reference cannot stand here", label, help);
    }

    /// `&T` of anything else.
    fn pointer(&mut self, ty: &Type, inner: &Type, place: Place) {
        let instead = match &inner.kind {
            TypeKind::String | TypeKind::Str => Some("`&str`"),
            TypeKind::Vec(_) | TypeKind::Slice(_) => Some("`&[T]`"),
            TypeKind::Box(_) | TypeKind::Ref(_) => Some("`&T`"),
            TypeKind::Arc(_) if place.to_go() => Some("`Arc<T>`"),
            TypeKind::Arc(_) => Some("`&T`, or `Arc<T>`"),
            TypeKind::GoRef(_) => Some("the `GoRef` itself"),
            TypeKind::Result(..) => Some("the `Result` itself"),
            _ => None,
        };
        match (place.borrowed, instead) {
            (Borrowed::Any | Borrowed::Whole, Some(instead)) => {
                let help = format!("write {instead}");
                self.mistake(
                    ROUNDABOUT,
                    ty,
                    "a reference to what only holds the value",
                    "one step too many",
                    &help,
                );
                return;
            }
            (Borrowed::Any | Borrowed::Whole, None) => {}
            (Borrowed::Bytes, _) => {
                let label = "inside another type only `&str` and `&[u8]` can be borrowed";
                self.mistake(REFERENCE, ty, "a reference cannot stand here", label, "use the value itself");
            }
            (Borrowed::No(why), _) => {
                self.mistake(REFERENCE, ty, "a reference cannot stand here", why, "use the value itself")
            }
        }
        self.check(inner, place.owned("behind a reference the value is owned").lent());
    }

    pub(super) fn mistake(
        &mut self,
        code: Code,
        ty: &Type,
        message: impl Into<String>,
        label: &str,
        help: &str,
    ) {
        self.found.push(Diagnostic::new(code, self.file, ty.span, message).label(label).help(help));
    }
}

/// How many elements an array has, those of inner arrays counted.
fn elements(ty: &Type) -> usize {
    match &ty.kind {
        TypeKind::Array(item, length) => elements(item).saturating_mul(*length),
        _ => 1,
    }
}
