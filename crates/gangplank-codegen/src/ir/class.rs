//! How a value travels: clauses 2, 4 and 5.4 of the boundary.

use super::{Interface, Type, TypeKind};

/// How an argument or a result travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Nothing travels.
    Unit,
    /// In one word.
    Scalar,
    /// As address and length.
    Span,
    /// As a keeper's address and a handle (clause 8.2).
    Pair,
    /// As a flag's address and a deadline (clause 10.9).
    Context,
    /// In the message.
    Compound,
}

impl Interface {
    /// How a value of this type travels.
    pub fn class(&self, ty: &Type) -> Class {
        match &ty.kind {
            TypeKind::Unit => Class::Unit,
            TypeKind::Bool | TypeKind::Char | TypeKind::Number(_) | TypeKind::Duration => Class::Scalar,
            TypeKind::String | TypeKind::Str => Class::Span,
            TypeKind::Slice(item) | TypeKind::Vec(item) if self.is_pod(item) => Class::Span,
            TypeKind::Ref(inner)
            | TypeKind::RefMut(inner)
            | TypeKind::Box(inner)
            | TypeKind::Arc(inner)
            | TypeKind::GoRef(inner) => self.class(inner),
            TypeKind::Function(_) | TypeKind::Sequence(_) => Class::Pair,
            TypeKind::Context => Class::Context,
            TypeKind::Dyn(name) if self.object(name).is_some() => Class::Scalar,
            TypeKind::Dyn(_) => Class::Pair,
            TypeKind::Named(name) if self.object(name).is_some() => Class::Scalar,
            TypeKind::Named(name) if self.enumeration(name).is_some_and(|e| e.is_fieldless()) => {
                Class::Scalar
            }
            _ => Class::Compound,
        }
    }

    /// Is it an object: its handle travels (clause 8.2)?
    pub fn as_object(&self, ty: &Type) -> Option<&super::Object> {
        match &ty.peeled().kind {
            TypeKind::Named(name) | TypeKind::Dyn(name) => self.object(name),
            _ => None,
        }
    }

    /// Is it plain old data (clause 5.4)?
    pub fn is_pod(&self, ty: &Type) -> bool {
        match &ty.kind {
            TypeKind::Number(_) => true,
            TypeKind::Array(item, _) => self.is_pod(item),
            TypeKind::Named(name) => self.record(name).is_some_and(|r| {
                r.repr_c
                    && !r.is_error
                    && !r.fields.all().is_empty()
                    && r.fields.all().iter().all(|f| self.is_pod(&f.ty))
            }),
            _ => false,
        }
    }

    /// Size and alignment of POD.
    pub fn pod_layout(&self, ty: &Type) -> Option<(usize, usize)> {
        match &ty.kind {
            TypeKind::Number(n) => Some((n.size(), n.size())),
            TypeKind::Array(item, n) => self.pod_layout(item).map(|(size, align)| (size * n, align)),
            TypeKind::Named(name) if self.is_pod(ty) => {
                let (mut size, mut align) = (0usize, 1);
                for field in self.record(name)?.fields.all() {
                    let (s, a) = self.pod_layout(&field.ty)?;
                    size = size.next_multiple_of(a) + s;
                    align = align.max(a);
                }
                Some((size.next_multiple_of(align), align))
            }
            _ => None,
        }
    }
}
