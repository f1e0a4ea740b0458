//! Objects and implementations: in place, behind references, `Box`, `Arc` and `GoRef`.

use super::place::{Place, Way, Whole};
use super::types::Types;
use super::unknown;
use crate::diagnostic::{FUNCTION_PLACE, OBJECT_PLACE, REFERENCE, SHARED, UNSUPPORTED_TYPE};
use crate::ir::{Type, TypeKind};
use crate::syntax::EXCLUSIVE;

impl Types<'_> {
    /// What stands behind `&`, `&mut`, `Box` or `Arc`, if it is an object, a function or a trait; `ty` is the pointer.
    /// Tells whether it was any of these.
    pub(super) fn pointer_to_kept(&mut self, ty: &Type, inner: &Type, place: Place) -> bool {
        match &inner.kind {
            TypeKind::Function(of) => self.function(ty, of, place),
            TypeKind::Sequence(of) => self.sequence(ty, of, place),
            TypeKind::Dyn(name) => self.trait_object(ty, name, place),
            TypeKind::Named(name) if self.is_object(name) => self.object_behind(ty, name, place),
            _ => return false,
        }
        true
    }

    fn is_object(&self, name: &str) -> bool {
        self.known.and_then(|interface| interface.object(name)).is_some_and(|object| !object.is_trait)
    }

    /// A name without a pointer: a value of its own.
    pub(super) fn named(&mut self, ty: &Type, name: &str, place: Place) {
        let Some(interface) = self.known else { return };
        let is_trait = interface.object(name).map_or(interface.import(name).is_some(), |o| o.is_trait);
        if is_trait && interface.record(name).is_none() && interface.enumeration(name).is_none() {
            let help = format!("write `&dyn {name}`, `Box<dyn {name}>` or `Arc<dyn {name}>`");
            return self.mistake(UNSUPPORTED_TYPE, ty, format!("`{name}` is a trait"), "no type", &help);
        }
        if self.is_object(name) {
            return self.object_value(ty, name, place);
        }
        unknown::check_known(interface, name, ty, self.file, self.found);
    }

    /// The object itself: taken from Go, or given to it.
    fn object_value(&mut self, ty: &Type, name: &str, place: Place) {
        if place.way == Some(Way::LentToGo) {
            let help = format!("use `Arc<{name}>`, or pass what holds it by value");
            let message = "an object behind a reference cannot be given to Go";
            self.mistake(OBJECT_PLACE, ty, message, "only borrowed here", &help);
        }
        if place.way == Some(Way::ToRust) && place.whole != Whole::Export {
            self.mistake(
                OBJECT_PLACE,
                ty,
                "an object is taken from Go only as the whole argument of an exported function",
                "Go may share it with others",
                &format!("use `Arc<{name}>`"),
            );
        }
    }

    fn object_behind(&mut self, ty: &Type, name: &str, place: Place) {
        let arc = format!("use `Arc<{name}>`");
        match &ty.kind {
            TypeKind::Arc(_) => {}
            TypeKind::Box(_) => self.object_value(ty, name, place.owned("")),
            _ if place.to_go() => self.mistake(
                OBJECT_PLACE,
                ty,
                "a borrowed object cannot be given to Go",
                "Go may keep it longer than it is lent",
                &arc,
            ),
            TypeKind::RefMut(_) if place.whole != Whole::Export => self.mistake(
                OBJECT_PLACE,
                ty,
                "an object is lent exclusively only as the whole argument of an exported function",
                "inside another type, or of a function value",
                &arc,
            ),
            _ if place.whole == Whole::No => {
                let label = "an object is lent only as a whole argument";
                self.mistake(REFERENCE, ty, "a reference cannot stand here", label, &arc);
            }
            _ => {}
        }
    }

    /// `dyn Trait` of an object trait or an imported one.
    fn trait_object(&mut self, ty: &Type, name: &str, place: Place) {
        if matches!(ty.kind, TypeKind::RefMut(_)) {
            let help = format!("write `&dyn {name}`");
            return self.mistake(
                REFERENCE,
                ty,
                "a trait that crosses is shared",
                "its methods take `&self`",
                &help,
            );
        }
        let Some(interface) = self.known else { return self.trait_object_alone(ty, name, place) };
        if interface.object(name).is_some_and(|object| object.is_trait) {
            self.object_behind(ty, &format!("dyn {name}"), place);
        } else if interface.import(name).is_some() {
            self.implementation(ty, name, place);
        } else {
            unknown::check_known_trait(name, ty, self.file, self.found);
        }
    }

    /// An implementation is Go's, or one in Rust that Go knows nothing of.
    fn implementation(&mut self, ty: &Type, name: &str, place: Place) {
        if place.to_go() {
            let help = format!("use `gangplank::GoRef<dyn {name}>`, which is always Go's own");
            let message = format!("an implementation of `{name}` goes back to Go only as a `GoRef`");
            self.mistake(FUNCTION_PLACE, ty, message, "may be one in Rust", &help);
        } else if ty.is_reference() && place.whole != Whole::Export {
            let message =
                "a borrowed implementation is the whole argument of an exported function, and nothing else";
            let help = format!("use `Box<dyn {name}>` or `gangplank::GoRef<dyn {name}>`");
            self.mistake(FUNCTION_PLACE, ty, message, "would outlive what it borrows", &help);
        }
    }

    /// Whichever of the two it is.
    fn trait_object_alone(&mut self, ty: &Type, name: &str, place: Place) {
        if ty.is_reference() && place.whole == Whole::No {
            let help = format!(
                "use `Arc<dyn {name}>` of objects, `gangplank::GoRef<dyn {name}>` of imported traits"
            );
            let label = "lent only as a whole argument of an exported function";
            self.mistake(REFERENCE, ty, "a reference cannot stand here", label, &help);
        }
    }

    /// `Arc<T>` of anything else.
    pub(super) fn arc(&mut self, ty: &Type, inner: &Type, place: Place) {
        match &inner.kind {
            // An object, for all that is known.
            TypeKind::Named(_) if self.known.is_none() => {}
            TypeKind::Named(name) if crate::syntax::is_unknown(inner) || !self.crosses(name) => {
                self.check(inner, place.owned("an `Arc` owns its value"))
            }
            _ => self.mistake(
                SHARED,
                ty,
                "an `Arc` that crosses is of an object, a trait or a function",
                "its value would be copied, and shared no more",
                "use the value itself",
            ),
        }
    }

    fn crosses(&self, name: &str) -> bool {
        let named = |interface: &crate::ir::Interface| {
            interface.record(name).is_some() || interface.enumeration(name).is_some()
        };
        self.known.is_some_and(named)
    }

    /// `GoRef<T>`
    pub(super) fn go_ref(&mut self, ty: &Type, inner: &Type) {
        let why = match (&inner.kind, self.known) {
            (TypeKind::Dyn(_), None) => return,
            (TypeKind::Dyn(name), Some(interface)) => match interface.object(name) {
                _ if interface.import(name).is_some() => return,
                Some(_) => "a trait of objects: they are Rust's",
                None => return unknown::check_known_trait(name, inner, self.file, self.found),
            },
            _ if crate::syntax::is_unknown(inner) => return,
            _ => "no trait",
        };
        let help = "write `gangplank::GoRef<dyn Trait>` of a trait with `#[gangplank::import]`";
        self.mistake(SHARED, ty, "a `GoRef` is of an imported trait", why, help);
    }

    /// `&mut T` of anything else.
    pub(super) fn exclusive(&mut self, ty: &Type, inner: &Type) {
        if self.known.is_some() && !crate::syntax::is_unknown(inner) {
            let help = "take the value, and return the changed one";
            self.mistake(REFERENCE, ty, EXCLUSIVE, "`&mut`", help);
        }
    }

    /// `dyn` without a pointer.
    pub(super) fn unsized_value(&mut self, ty: &Type) {
        let help = "put it behind `&`, `Box` or `Arc`";
        self.mistake(UNSUPPORTED_TYPE, ty, "a `dyn` stands behind a pointer", "its size is not known", help);
    }
}
