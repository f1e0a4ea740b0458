//! Iterators and streams: `impl Iterator<Item = T> + Send`, `dyn Iterator<Item = T> + Send`, `gangplank::GoIter<T>`.

use super::parser::Parser;
use super::trait_object::Bounds;
use crate::diagnostic::UNSUPPORTED_TYPE;
use crate::ir::{SequenceForm, SequenceKind, SequenceType, Type, TypeKind};
use syn::TypeParamBound;
use syn::spanned::Spanned;

impl Parser<'_> {
    /// One that Rust makes; `name` is that of its trait.
    pub(super) fn sequence(
        &mut self,
        ty: &syn::Type,
        name: &str,
        form: SequenceForm,
        bounds: &Bounds,
    ) -> Type {
        let (mut item, mut send, mut owned) = (None, false, false);
        for bound in bounds {
            match bound {
                TypeParamBound::Lifetime(lifetime) => {
                    self.lifetime(lifetime);
                    owned |= lifetime.ident == "static";
                }
                TypeParamBound::PreciseCapture(_) => owned = true,
                TypeParamBound::Trait(bound) => match bound.path.segments.last() {
                    Some(last) if last.ident == name => item = item_of(last),
                    Some(last) => send |= last.ident == "Send",
                    None => {}
                },
                _ => {}
            }
        }
        let Some(item) = item else {
            let help = format!("write `{name}<Item = T>`");
            return self.refuse(ty, UNSUPPORTED_TYPE, "its items have no type", &help);
        };
        let kind = if name == "Stream" { SequenceKind::Stream } else { SequenceKind::Iterator };
        // A box owns what it does not say it borrows.
        let owned = owned || form == SequenceForm::Dyn;
        let item = self.ty(item);
        let of = SequenceType { kind, form, item, send, owned };
        self.make(TypeKind::Sequence(Box::new(of)), ty.span())
    }

    /// One that Go makes.
    pub(super) fn go_sequence(&mut self, ty: &syn::Type, kind: SequenceKind, item: &syn::Type) -> Type {
        let item = self.ty(item);
        let of = SequenceType { kind, form: SequenceForm::Go, item, send: true, owned: true };
        self.make(TypeKind::Sequence(Box::new(of)), ty.span())
    }
}

/// `T` of `Iterator<Item = T>`.
fn item_of(segment: &syn::PathSegment) -> Option<&syn::Type> {
    let syn::PathArguments::AngleBracketed(list) = &segment.arguments else { return None };
    list.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::AssocType(of) if of.ident == "Item" => Some(&of.ty),
        _ => None,
    })
}
