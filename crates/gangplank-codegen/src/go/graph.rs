//! What follows from how types contain each other.

use super::{Package, calls_go};
use crate::ir::{Fields, Interface, Type, TypeKind};
use std::collections::BTreeSet;

/// The types that stand directly inside a type.
pub(super) fn inner(ty: &Type) -> Vec<&Type> {
    match &ty.kind {
        TypeKind::Slice(a) | TypeKind::Vec(a) | TypeKind::Array(a, _) => vec![a],
        TypeKind::Option(a) => vec![a],
        TypeKind::Box(a) | TypeKind::Ref(a) | TypeKind::RefMut(a) | TypeKind::Arc(a) | TypeKind::GoRef(a) => {
            vec![a]
        }
        TypeKind::Function(of) => of.params.iter().chain([&of.result]).collect(),
        TypeKind::Sequence(of) => vec![&of.item],
        TypeKind::HashMap(a, b) | TypeKind::BTreeMap(a, b) | TypeKind::Result(a, b) => vec![a, b],
        TypeKind::Tuple(items) => items.iter().collect(),
        _ => vec![],
    }
}

/// All types that stand in signatures and fields.
pub(super) fn types(interface: &Interface) -> impl Iterator<Item = &Type> {
    let methods = interface.imports.iter().flat_map(|i| &i.methods);
    let functions = interface.exported().chain(methods);
    let signatures = functions.flat_map(|f| f.params.iter().map(|p| &p.ty).chain([&f.result]));
    let records = interface.records.iter().flat_map(|r| r.fields.all());
    let variants = interface.enums.iter().flat_map(|e| &e.variants).flat_map(|v| v.fields.all());
    signatures.chain(records.chain(variants).map(|f| &f.ty))
}

/// Is it one of these, or is one written in it?
pub(super) fn any(ty: &Type, is: &dyn Fn(&Type) -> bool) -> bool {
    is(ty) || inner(ty).into_iter().any(|ty| any(ty, is))
}

/// Is a function value in it?
pub(super) fn has_function(ty: &Type) -> bool {
    any(ty, &|ty| matches!(ty.kind, TypeKind::Function(_)))
}

/// Is an iterator or a stream in it?
pub(super) fn has_sequence(ty: &Type) -> bool {
    any(ty, &|ty| matches!(ty.kind, TypeKind::Sequence(_)))
}

/// Is an error chain in it?
fn has_chain(ty: &Type) -> bool {
    any(ty, &|ty| matches!(ty.kind, TypeKind::Error(_)))
}

impl Package<'_> {
    /// Does it stay in its language, so that a handle of it travels: is it an object, a function value or an implementation?
    pub(super) fn stays(&self, ty: &Type) -> bool {
        matches!(ty.peeled().kind, TypeKind::Function(_) | TypeKind::Dyn(_) | TypeKind::Sequence(_))
            || self.interface.as_object(ty).is_some()
    }

    /// Has the package a keeper: may Rust hold values of it (clause 8.1)? An error chain is one, too.
    pub(super) fn has_keeper(&self) -> bool {
        let interface = self.interface;
        // Rust's errors come as chains, and nothing goes back.
        let received = |ty: &Type| matches!(&ty.kind, TypeKind::Result(value, error) if !has_chain(value) && matches!(error.kind, TypeKind::Error(_)));
        calls_go(interface) || types(interface).any(|ty| has_chain(ty) && !received(ty))
    }

    /// Is an object in it?
    pub(super) fn has_object(&self, ty: &Type) -> bool {
        self.reaches(ty, &mut BTreeSet::new(), |package, ty| package.interface.as_object(ty).is_some())
    }

    /// Is something in it, also in the fields of records?
    pub(super) fn reaches(
        &self,
        ty: &Type,
        seen: &mut BTreeSet<String>,
        is: impl Fn(&Self, &Type) -> bool + Copy,
    ) -> bool {
        match &ty.kind {
            _ if is(self, ty) => true,
            TypeKind::Function(_) | TypeKind::Sequence(_) => false,
            TypeKind::Named(name) => {
                seen.insert(name.clone())
                    && self.field_types(name).into_iter().any(|ty| self.reaches(ty, seen, is))
            }
            _ => inner(ty).into_iter().any(|ty| self.reaches(ty, seen, is)),
        }
    }

    /// All types that stand in fields of the record or enum with this name.
    pub(super) fn field_types(&self, name: &str) -> Vec<&Type> {
        if let Some(record) = self.interface.record(name) {
            return record.fields.all().iter().map(|f| &f.ty).collect();
        }
        let variants = self.interface.enumeration(name).map_or(&[][..], |e| &e.variants[..]);
        variants.iter().flat_map(|v| v.fields.all()).map(|f| &f.ty).collect()
    }

    /// The names of all records and enums that a type contains, at any depth.
    fn named_inside(&self, ty: &Type, found: &mut BTreeSet<String>) {
        match &ty.kind {
            TypeKind::Named(name) => {
                if found.insert(name.clone()) {
                    self.field_types(name).into_iter().for_each(|field| self.named_inside(field, found));
                }
            }
            // It travels as a handle, whatever its arguments are.
            TypeKind::Function(_) | TypeKind::Sequence(_) => {}
            _ => inner(ty).into_iter().for_each(|ty| self.named_inside(ty, found)),
        }
    }

    /// The records and enums that contain themselves.
    pub(super) fn find_recursive(&self) -> BTreeSet<String> {
        let names = self
            .interface
            .records
            .iter()
            .map(|r| &r.head.name)
            .chain(self.interface.enums.iter().map(|e| &e.head.name));
        names
            .filter(|name| {
                let mut found = BTreeSet::new();
                self.field_types(name).into_iter().for_each(|field| self.named_inside(field, &mut found));
                found.contains(*name)
            })
            .cloned()
            .collect()
    }

    /// May a value of this type nest without end?
    pub(super) fn is_deep(&self, ty: &Type) -> bool {
        let mut found = BTreeSet::new();
        self.named_inside(ty, &mut found);
        found.iter().any(|name| self.recursive.contains(name))
    }

    /// The fewest bytes that a value takes in a message.
    pub(super) fn least_size(&self, ty: &Type) -> usize {
        self.least(ty, &mut Vec::new())
    }

    fn least<'t>(&'t self, ty: &'t Type, above: &mut Vec<&'t str>) -> usize {
        match &ty.kind {
            TypeKind::Unit | TypeKind::Context => 0,
            TypeKind::Bool | TypeKind::Option(_) => 1,
            TypeKind::Char => 4,
            TypeKind::Number(number) => number.size(),
            TypeKind::String | TypeKind::Str | TypeKind::Duration => 8,
            TypeKind::Slice(_) | TypeKind::Vec(_) | TypeKind::HashMap(..) | TypeKind::BTreeMap(..) => 8,
            TypeKind::Array(item, n) => n.saturating_mul(self.least(item, above)),
            TypeKind::Tuple(items) => items.iter().map(|item| self.least(item, above)).sum(),
            TypeKind::Result(value, _) => self.least(value, above),
            TypeKind::Box(inner)
            | TypeKind::Ref(inner)
            | TypeKind::RefMut(inner)
            | TypeKind::Arc(inner)
            | TypeKind::GoRef(inner) => self.least(inner, above),
            TypeKind::Function(_) | TypeKind::Sequence(_) => 16,
            TypeKind::Dyn(name) => {
                if self.interface.object(name).is_some() {
                    8
                } else {
                    16
                }
            }
            TypeKind::Named(name) if self.interface.object(name).is_some() => 8,
            TypeKind::SystemTime => 12,
            // Three strings, a kind, a count (clause 5.8).
            TypeKind::Error(_) => 29,
            TypeKind::Named(name) if above.contains(&name.as_str()) => 0,
            TypeKind::Named(name) => {
                above.push(name);
                let size = self.least_named(name, above);
                above.pop();
                size
            }
        }
    }

    fn least_named<'t>(&'t self, name: &str, above: &mut Vec<&'t str>) -> usize {
        let mut fields =
            |fields: &'t Fields| fields.all().iter().map(|f| self.least(&f.ty, above)).sum::<usize>();
        if let Some(record) = self.interface.record(name) {
            return (if record.is_error { 8 } else { 0 }) + fields(&record.fields);
        }
        match self.interface.enumeration(name) {
            Some(e) if e.is_fieldless() => 8,
            Some(e) => {
                (if e.is_error { 12 } else { 4 })
                    + e.variants.iter().map(|v| fields(&v.fields)).min().unwrap_or(0)
            }
            None => 0,
        }
    }

    /// How many bytes a message of this type usually takes: exact where the size is fixed.
    pub(super) fn usual_size(&self, ty: &Type) -> usize {
        self.usual(ty, &mut Vec::new())
    }

    fn usual<'t>(&'t self, ty: &'t Type, above: &mut Vec<&'t str>) -> usize {
        match &ty.kind {
            TypeKind::String | TypeKind::Str => 8 + TEXT,
            TypeKind::Slice(item) | TypeKind::Vec(item) if self.interface.is_pod(item) => 8 + TEXT,
            TypeKind::Slice(item) | TypeKind::Vec(item) => 8 + 2 * self.usual(item, above),
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                8 + 2 * (self.usual(key, above) + self.usual(value, above))
            }
            TypeKind::Option(inner) => 1 + self.usual(inner, above),
            _ if ty.pointee().is_some() => self.usual(ty.peeled(), above),
            TypeKind::Named(name) if self.interface.object(name).is_some() => 8,
            TypeKind::Result(value, _) => self.usual(value, above),
            TypeKind::Array(item, n) => n.saturating_mul(self.usual(item, above)),
            TypeKind::Tuple(items) => items.iter().map(|item| self.usual(item, above)).sum(),
            TypeKind::Error(_) => 29 + 2 * TEXT,
            TypeKind::Named(name) if above.contains(&name.as_str()) => 0,
            TypeKind::Named(name) => {
                above.push(name);
                let mut fields =
                    |fields: &'t Fields| fields.all().iter().map(|f| self.usual(&f.ty, above)).sum::<usize>();
                let size = match (self.interface.record(name), self.interface.enumeration(name)) {
                    (Some(record), _) => if_error(record.is_error) + fields(&record.fields),
                    (_, Some(e)) if e.is_fieldless() => 8,
                    (_, Some(e)) => {
                        if_error(e.is_error)
                            + 4
                            + e.variants.iter().map(|v| fields(&v.fields)).max().unwrap_or(0)
                    }
                    _ => 0,
                };
                above.pop();
                size
            }
            _ => self.least(ty, above),
        }
    }
}

/// What is guessed for a text.
const TEXT: usize = 40;

/// The text of an error.
fn if_error(is_error: bool) -> usize {
    if is_error { 8 + TEXT } else { 0 }
}
