//! Which way the values of records and enums go: objects in their fields are not the same both ways.

use super::place::Way;
use crate::ir::{Function, Interface, Type, TypeKind};
use std::collections::HashSet;

/// The ways of every record and enum.
#[derive(Default)]
pub(super) struct Ways<'a> {
    reached: HashSet<(&'a str, Way)>,
}

impl<'a> Ways<'a> {
    /// Follows every function of the interface.
    pub(super) fn of(interface: &'a Interface) -> Ways<'a> {
        let mut ways = Ways::default();
        for function in interface.exported() {
            ways.function(interface, function, Way::ToRust);
        }
        for method in interface.imports.iter().flat_map(|import| &import.methods) {
            ways.function(interface, method, Way::ToGo);
        }
        ways
    }

    /// The ways of a record or enum. One that no function leads to goes nowhere, and nothing can be said of it.
    pub(super) fn ways(&self, name: &str) -> Vec<Option<Way>> {
        let all = [Way::ToRust, Way::ToGo, Way::LentToGo].into_iter();
        let reached: Vec<_> = all.filter(|way| self.reached.contains(&(name, *way))).map(Some).collect();
        if reached.is_empty() { vec![None] } else { reached }
    }

    fn function(&mut self, interface: &'a Interface, function: &'a Function, arguments: Way) {
        function.params.iter().for_each(|param| self.follow(interface, &param.ty, arguments));
        self.follow(interface, &function.result, arguments.back());
    }

    fn follow(&mut self, interface: &'a Interface, ty: &'a Type, way: Way) {
        match &ty.kind {
            TypeKind::Named(name) => {
                if !self.reached.insert((name, way)) {
                    return;
                }
                let fields = interface.record(name).into_iter().flat_map(|record| record.fields.all());
                let variants = interface.enumeration(name).into_iter().flat_map(|of| &of.variants);
                for field in fields.chain(variants.flat_map(|variant| variant.fields.all())) {
                    self.follow(interface, &field.ty, way);
                }
            }
            TypeKind::Function(of) => {
                of.params.iter().for_each(|param| self.follow(interface, param, way.back()));
                self.follow(interface, &of.result, way);
            }
            TypeKind::Sequence(of) => self.follow(interface, &of.item, way),
            TypeKind::Tuple(parts) => parts.iter().for_each(|part| self.follow(interface, part, way)),
            TypeKind::HashMap(first, second)
            | TypeKind::BTreeMap(first, second)
            | TypeKind::Result(first, second) => {
                self.follow(interface, first, way);
                self.follow(interface, second, way);
            }
            TypeKind::Slice(inner) | TypeKind::Ref(inner) | TypeKind::RefMut(inner) => {
                self.follow(interface, inner, way.lent());
            }
            TypeKind::Vec(inner)
            | TypeKind::Array(inner, _)
            | TypeKind::Option(inner)
            | TypeKind::Box(inner)
            | TypeKind::Arc(inner)
            | TypeKind::GoRef(inner) => self.follow(interface, inner, way),
            TypeKind::Unit
            | TypeKind::Bool
            | TypeKind::Char
            | TypeKind::Number(_)
            | TypeKind::String
            | TypeKind::Str
            | TypeKind::Duration
            | TypeKind::SystemTime
            | TypeKind::Error(_)
            | TypeKind::Context
            | TypeKind::Dyn(_) => {}
        }
    }
}
