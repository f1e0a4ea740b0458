//! Function values: what they stand behind, who may call them from where, and what they take.

use super::place::{Place, Way, Whole};
use super::types::Types;
use crate::diagnostic::{FUNCTION_PLACE, FUNCTION_SHAPE, THREADS};
use crate::ir::{FunctionKind, FunctionType, Type, TypeKind};

/// A function value takes at most so many arguments,
const MAX_ARGUMENTS: usize = 6;
/// and if one of them is a reference, so many.
const MAX_WITH_REFERENCE: usize = 3;

impl Types<'_> {
    /// `&dyn Fn`, `&mut dyn FnMut`, `Box` and `Arc` of functions; `ty` is the pointer.
    pub(super) fn function(&mut self, ty: &Type, of: &FunctionType, place: Place) {
        let help = match (&ty.kind, of.kind) {
            (TypeKind::Box(_), _)
            | (TypeKind::Ref(_) | TypeKind::Arc(_), FunctionKind::Fn)
            | (TypeKind::RefMut(_), FunctionKind::FnMut) => None,
            (TypeKind::Ref(_), FunctionKind::FnMut) => Some("write `&mut dyn FnMut(..)`"),
            (TypeKind::RefMut(_), FunctionKind::Fn) => Some("write `&dyn Fn(..)`"),
            (TypeKind::Arc(_), FunctionKind::FnMut) => {
                Some("write `Arc<dyn Fn(..)>`, or `Box<dyn FnMut(..)>`")
            }
            (_, FunctionKind::FnOnce) => Some("write `Box<dyn FnOnce(..)>`"),
            _ => Some("write `Box<dyn Fn(..)>`"),
        };
        if let Some(help) = help {
            self.mistake(
                FUNCTION_SHAPE,
                ty,
                "a function that nobody could call",
                "behind this pointer",
                help,
            );
        }
        if ty.is_reference() && place.whole != Whole::Export {
            self.mistake(
                FUNCTION_PLACE,
                ty,
                "a borrowed function is the whole argument of an exported function, and nothing else",
                "would outlive what it borrows",
                "use `Box<dyn Fn(..) + Send + Sync>`",
            );
        } else if !ty.is_reference() && place.to_go() {
            self.threads(ty, of);
            self.given(ty, place);
        }
        self.function_signature(ty, of, place.way);
    }

    /// Go calls from any thread, and several at once.
    fn threads(&mut self, ty: &Type, of: &FunctionType) {
        let shared = of.kind == FunctionKind::Fn;
        if of.send && (of.sync || !shared) {
            return;
        }
        let (label, help) = match shared {
            true => ("not `Send + Sync`", "write `dyn Fn(..) + Send + Sync`"),
            false => ("not `Send`", "write `+ Send` behind it"),
        };
        self.mistake(THREADS, ty, "Go may call this function from any thread", label, help);
    }

    /// A box cannot be given away by who only borrows it.
    fn given(&mut self, ty: &Type, place: Place) {
        if place.way == Some(Way::LentToGo) && matches!(ty.kind, TypeKind::Box(_)) {
            self.mistake(
                FUNCTION_PLACE,
                ty,
                "a boxed function behind a reference cannot be given to Go",
                "only borrowed here",
                "use `Arc<dyn Fn(..) + Send + Sync>`, or pass what holds it by value",
            );
        }
    }

    fn function_signature(&mut self, ty: &Type, of: &FunctionType, way: Option<Way>) {
        let count = of.params.len();
        let references = of.params.iter().any(is_borrowed);
        let limit = if references { MAX_WITH_REFERENCE } else { MAX_ARGUMENTS };
        if count > limit {
            let label = match references {
                true => "at most 3, if one is a reference",
                false => "at most 6",
            };
            let message = format!("a function value with {count} arguments");
            self.mistake(FUNCTION_SHAPE, ty, message, label, "make a `#[gangplank::record]` of them");
        }
        for param in &of.params {
            if let TypeKind::Slice(item) = &param.kind {
                self.slice_of_pod(param, item);
            }
            self.check(param, Place::argument_of_function(way.map(Way::back)));
        }
        self.check(&of.result, Place::result_of_function(way));
    }

    /// Other slices would have to be built for the call, and a function value has nowhere to keep them.
    fn slice_of_pod(&mut self, ty: &Type, item: &Type) {
        let may_be = match (self.known, &item.kind) {
            (Some(interface), _) => interface.is_pod(item),
            (None, kind) => {
                matches!(kind, TypeKind::Number(_) | TypeKind::Array(..) | TypeKind::Named(_))
            }
        };
        if !may_be && !crate::syntax::is_unknown(item) {
            self.mistake(
                FUNCTION_SHAPE,
                ty,
                "a function value borrows only strings, bytes, slices of plain numbers, and single values",
                "elements that are no plain numbers",
                "use `Vec<T>`",
            );
        }
    }
}

fn is_borrowed(ty: &Type) -> bool {
    matches!(ty.kind, TypeKind::Str | TypeKind::Slice(_)) || ty.is_reference()
}
