//! A type in its position.

use super::{key, unknown};
use crate::diagnostic::{ARRAY_LENGTH, Code, Diagnostic, NESTED_RESULT, REFERENCE, ROUNDABOUT, TUPLE_LENGTH};
use crate::ir::{FileId, Interface, Number, Type, TypeKind};

/// More elements than this do not belong on a stack.
const MAX_ARRAY: usize = 1 << 20;

/// Go has `Tuple2` to `Tuple8`.
const MAX_TUPLE: usize = 8;

/// Where a type stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Which references may stand here.
    borrowed: Borrowed,
    /// May it be a `Result`?
    result: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Borrowed {
    /// Any: the whole of an argument, or of an exported function's result.
    Any,
    /// `&str` and `&[u8]`: a part of such.
    Bytes,
    /// None, and why.
    No(&'static str),
}

const IN_FIELD: &str = "a field owns its value";
const IN_IMPORTED: &str = "what Go returns is owned";

impl Place {
    pub(super) fn argument() -> Place {
        Place { borrowed: Borrowed::Any, result: false }
    }

    pub(super) fn result_of_export() -> Place {
        Place { borrowed: Borrowed::Any, result: true }
    }

    pub(super) fn result_of_import() -> Place {
        Place { borrowed: Borrowed::No(IN_IMPORTED), result: true }
    }

    pub(super) fn field() -> Place {
        Place { borrowed: Borrowed::No(IN_FIELD), result: false }
    }

    /// Of the value and the error of a `Result`.
    fn of_result(self) -> Place {
        Place { result: false, ..self }
    }

    /// Inside an `Option`, a tuple or a list.
    fn part(self) -> Place {
        let borrowed = if self.borrowed == Borrowed::Any { Borrowed::Bytes } else { self.borrowed };
        Place { borrowed, result: false }
    }

    fn owned(why: &'static str) -> Place {
        Place { borrowed: Borrowed::No(why), result: false }
    }
}

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
                self.check(item, place.part());
            }
            TypeKind::Ref(inner) => self.pointer(ty, inner, place),
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
            TypeKind::Box(inner) => self.check(inner, Place::owned("a box owns its value")),
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                key::check_key(self, key);
                self.check(value, place.part());
            }
            TypeKind::Named(name) => {
                if let Some(interface) = self.known {
                    unknown::check_known(interface, name, ty, self.file, self.found);
                }
            }
            TypeKind::RefMut(_)
            | TypeKind::Arc(_)
            | TypeKind::GoRef(_)
            | TypeKind::Function(_)
            | TypeKind::Dyn(_) => {}
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
        self.check(error, place.of_result());
    }

    /// `&str` and slices.
    fn reference(&mut self, ty: &Type, place: Place, bytes: bool, help: &str) {
        let label = match place.borrowed {
            Borrowed::Any => return,
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
            TypeKind::Result(..) => Some("the `Result` itself"),
            _ => None,
        };
        match (place.borrowed, instead) {
            (Borrowed::Any, Some(instead)) => {
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
            (Borrowed::Any, None) => {}
            (Borrowed::Bytes, _) => {
                let label = "inside another type only `&str` and `&[u8]` can be borrowed";
                self.mistake(REFERENCE, ty, "a reference cannot stand here", label, "use the value itself");
            }
            (Borrowed::No(why), _) => {
                self.mistake(REFERENCE, ty, "a reference cannot stand here", why, "use the value itself")
            }
        }
        self.check(inner, Place::owned("behind a reference the value is owned"));
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
