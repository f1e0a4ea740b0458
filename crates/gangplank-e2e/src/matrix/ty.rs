//! Types.

/// A type that crosses.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ty {
    Unit,
    Bool,
    Char,
    /// By its Rust name.
    Number(&'static str),
    String,
    Duration,
    Time,
    /// `gangplank::GoError`
    GoError,
    /// `gangplank::Error`
    AnyError,
    Vec(Box<Ty>),
    Array(Box<Ty>, usize),
    Tuple(Vec<Ty>),
    Option(Box<Ty>),
    HashMap(Box<Ty>, Box<Ty>),
    BTreeMap(Box<Ty>, Box<Ty>),
    Boxed(Box<Ty>),
    /// An item, by its index.
    Item(usize),
}

/// Integers and floats.
pub(super) const NUMBERS: [&str; 12] =
    ["i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize", "f32", "f64"];

impl Ty {
    pub(super) fn number(name: &'static str) -> Ty {
        Ty::Number(name)
    }

    pub(super) fn vec(self) -> Ty {
        Ty::Vec(Box::new(self))
    }

    pub(super) fn option(self) -> Ty {
        Ty::Option(Box::new(self))
    }

    pub(super) fn boxed(self) -> Ty {
        Ty::Boxed(Box::new(self))
    }

    pub(super) fn array(self, n: usize) -> Ty {
        Ty::Array(Box::new(self), n)
    }

    pub(super) fn hash_map(key: Ty, value: Ty) -> Ty {
        Ty::HashMap(Box::new(key), Box::new(value))
    }

    pub(super) fn tree_map(key: Ty, value: Ty) -> Ty {
        Ty::BTreeMap(Box::new(key), Box::new(value))
    }

    /// What is in the boxes: Go has none.
    pub(super) fn peeled(&self) -> &Ty {
        if let Ty::Boxed(inner) = self { inner.peeled() } else { self }
    }
}
