//! How the two languages spell a type. Go's way is written down here once more, so that the test does not believe the generator.

use super::item::{Body, Item};
use super::{Matrix, Ty};

impl Matrix {
    /// The type in Rust.
    pub(super) fn rust(&self, ty: &Ty) -> String {
        match ty {
            Ty::Unit => "()".into(),
            Ty::Bool => "bool".into(),
            Ty::Char => "char".into(),
            Ty::Number(name) => (*name).into(),
            Ty::String => "String".into(),
            Ty::Duration => "Duration".into(),
            Ty::Time => "SystemTime".into(),
            Ty::GoError => "GoError".into(),
            Ty::AnyError => "gangplank::Error".into(),
            Ty::Vec(item) => format!("Vec<{}>", self.rust(item)),
            Ty::Array(item, n) => format!("[{}; {n}]", self.rust(item)),
            Ty::Tuple(parts) => format!("({})", join(parts, |part| self.rust(part))),
            Ty::Option(inner) => format!("Option<{}>", self.rust(inner)),
            Ty::HashMap(key, value) => format!("HashMap<{}, {}>", self.rust(key), self.rust(value)),
            Ty::BTreeMap(key, value) => format!("BTreeMap<{}, {}>", self.rust(key), self.rust(value)),
            Ty::Boxed(inner) => format!("Box<{}>", self.rust(inner)),
            Ty::Item(index) => self.items[*index].name.clone(),
        }
    }

    /// The type of a borrowed argument, and what makes it owned.
    pub(super) fn borrowed(&self, ty: &Ty) -> (String, &'static str) {
        match ty {
            Ty::String => ("&str".into(), ".to_owned()"),
            Ty::Vec(item) => (format!("&[{}]", self.rust(item)), ".to_vec()"),
            _ => (format!("&{}", self.rust(ty)), ".clone()"),
        }
    }

    /// The type in Go.
    pub(super) fn go(&self, ty: &Ty) -> String {
        match ty {
            Ty::Unit => "struct{}".into(),
            Ty::Bool => "bool".into(),
            Ty::Char => "rune".into(),
            Ty::Number(name) => match *name {
                "isize" => "int".into(),
                "usize" => "uint".into(),
                _ => name.replace('i', "int").replace('u', "uint").replace('f', "float"),
            },
            Ty::String => "string".into(),
            Ty::Duration => "time.Duration".into(),
            Ty::Time => "time.Time".into(),
            Ty::GoError | Ty::AnyError => "error".into(),
            Ty::Vec(item) => format!("[]{}", self.go(item)),
            Ty::Array(item, n) => format!("[{n}]{}", self.go(item)),
            Ty::Tuple(parts) => {
                format!("bridge.Tuple{}[{}]", parts.len(), join(parts, |part| self.go(part)))
            }
            Ty::Option(inner) if self.has_nil(inner) => self.go(inner),
            Ty::Option(inner) => format!("*{}", self.go(inner)),
            Ty::HashMap(key, value) | Ty::BTreeMap(key, value) => {
                format!("map[{}]{}", self.go(key), self.go(value))
            }
            Ty::Boxed(inner) => self.go(inner),
            Ty::Item(index) => self.go_item(&self.items[*index]),
        }
    }

    fn go_item(&self, item: &Item) -> String {
        match &item.body {
            Body::Struct { .. } if item.error => format!("*{}", go_struct(item)),
            Body::Struct { .. } => go_struct(item),
            _ => format!("bridge.{}", item.name),
        }
    }

    /// Does nil say that there is none?
    pub(super) fn has_nil(&self, ty: &Ty) -> bool {
        match ty.peeled() {
            Ty::Vec(_) | Ty::HashMap(..) | Ty::BTreeMap(..) | Ty::GoError | Ty::AnyError => true,
            Ty::Item(index) => {
                let item = &self.items[*index];
                item.error || matches!(item.body, Body::Enum(_))
            }
            _ => false,
        }
    }

    /// Can it be the key of a map?
    pub(super) fn is_key(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Bool | Ty::Char | Ty::String | Ty::Duration => true,
            Ty::Number(name) => !name.starts_with('f'),
            Ty::Array(item, _) => self.is_key(item),
            Ty::Item(index) => self.items[*index].key,
            _ => false,
        }
    }
}

/// The struct of a record, or of an error struct.
pub(super) fn go_struct(item: &Item) -> String {
    let end = if item.error { "Error" } else { "" };
    format!("bridge.{}{end}", item.name)
}

/// The struct of a variant with data, or without in an enum with data.
pub(super) fn go_variant(item: &Item, variant: &str) -> String {
    if item.error { format!("bridge.{variant}Error") } else { format!("bridge.{}{variant}", item.name) }
}

pub(super) fn join<T>(parts: &[T], spell: impl FnMut(&T) -> String) -> String {
    parts.iter().map(spell).collect::<Vec<_>>().join(", ")
}
