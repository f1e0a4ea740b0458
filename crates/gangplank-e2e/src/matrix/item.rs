//! Records, enums and errors.

use super::Ty;

/// Something with `#[record]` or `#[error]`.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub name: String,
    pub error: bool,
    /// Can it be the key of a map?
    pub key: bool,
    pub body: Body,
}

#[derive(Clone, Debug)]
pub(super) enum Body {
    Struct {
        fields: Fields,
        repr_c: bool,
    },
    Enum(Vec<(&'static str, Fields)>),
    /// With the integer type of `#[repr]`, names and numbers.
    Fieldless(Option<&'static str>, Vec<(&'static str, i64)>),
}

#[derive(Clone, Debug)]
pub(super) enum Fields {
    Unit,
    Named(Vec<(&'static str, Ty)>),
    Unnamed(Vec<Ty>),
}

impl Item {
    pub(super) fn record(name: impl Into<String>, fields: Fields) -> Item {
        Item { name: name.into(), error: false, key: false, body: Body::Struct { fields, repr_c: false } }
    }

    pub(super) fn pod(name: &str, fields: Vec<(&'static str, Ty)>) -> Item {
        let body = Body::Struct { fields: Fields::Named(fields), repr_c: true };
        Item { name: name.into(), error: false, key: false, body }
    }

    pub(super) fn enumeration(name: impl Into<String>, variants: Vec<(&'static str, Fields)>) -> Item {
        Item { name: name.into(), error: false, key: false, body: Body::Enum(variants) }
    }

    pub(super) fn fieldless(name: &str, repr: Option<&'static str>, values: &[(&'static str, i64)]) -> Item {
        Item { name: name.into(), error: false, key: true, body: Body::Fieldless(repr, values.to_vec()) }
    }

    pub(super) fn into_error(mut self) -> Item {
        self.error = true;
        self
    }

    pub(super) fn into_key(mut self) -> Item {
        self.key = true;
        self
    }
}

impl Fields {
    /// Rust name, Go name and type of each. The Rust name of an unnamed one is its index.
    pub(super) fn all(&self) -> Vec<(String, String, &Ty)> {
        match self {
            Fields::Unit => Vec::new(),
            Fields::Named(fields) => {
                fields.iter().map(|(name, ty)| (name.to_string(), capital(name), ty)).collect()
            }
            Fields::Unnamed(fields) if fields.len() == 1 => vec![("0".into(), "Value".into(), &fields[0])],
            Fields::Unnamed(fields) => {
                fields.iter().enumerate().map(|(i, ty)| (i.to_string(), format!("V{i}"), ty)).collect()
            }
        }
    }
}

/// Field names here are single words, and one is what Go writes in capitals.
fn capital(name: &str) -> String {
    if name == "id" { "ID".into() } else { name[..1].to_uppercase() + &name[1..] }
}
