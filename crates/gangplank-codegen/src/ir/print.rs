//! Fingerprints of types, and hashes of items (clause 6.5). The runtime's `value/print.rs` computes the same from the types that the compiler sees, so that the target of an alias counts.

use super::{Enum, Function, Import, Number, Record, SequenceKind, Type, TypeKind, fnv1a};

/// The fingerprint of something made of these parts, in order.
fn of(start: u64, parts: impl IntoIterator<Item = u64>) -> u64 {
    let bytes = parts.into_iter().flat_map(u64::to_le_bytes);
    bytes.fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

impl Type {
    /// The fingerprint of this type.
    pub fn print(&self) -> u64 {
        match &self.kind {
            TypeKind::Unit => fnv1a("unit"),
            TypeKind::Bool => fnv1a("bool"),
            TypeKind::Char => fnv1a("char"),
            TypeKind::Number(number) => fnv1a(number.name()),
            TypeKind::String | TypeKind::Str => fnv1a("string"),
            TypeKind::Slice(item) | TypeKind::Vec(item) => of(fnv1a("list"), [item.print()]),
            TypeKind::Array(item, len) => of(fnv1a("array"), [item.print(), *len as u64]),
            TypeKind::Tuple(items) => of(fnv1a("tuple"), items.iter().map(Type::print)),
            TypeKind::Option(value) => of(fnv1a("option"), [value.print()]),
            TypeKind::Result(value, error) => of(fnv1a("result"), [value.print(), error.print()]),
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                of(fnv1a("map"), [key.print(), value.print()])
            }
            TypeKind::Box(inner)
            | TypeKind::Ref(inner)
            | TypeKind::RefMut(inner)
            | TypeKind::Arc(inner)
            | TypeKind::GoRef(inner) => inner.print(),
            TypeKind::Function(of_type) => {
                of(fnv1a("function"), of_type.params.iter().map(Type::print).chain([of_type.result.print()]))
            }
            TypeKind::Sequence(sequence) => {
                let start = match sequence.kind {
                    SequenceKind::Iterator => "iterator",
                    SequenceKind::Stream => "stream",
                };
                of(fnv1a(start), [sequence.item.print()])
            }
            TypeKind::Duration => fnv1a("duration"),
            TypeKind::SystemTime => fnv1a("time"),
            TypeKind::Error(_) => fnv1a("error"),
            TypeKind::Context => fnv1a("context"),
            TypeKind::Named(name) | TypeKind::Dyn(name) => of(fnv1a("named"), [fnv1a(name)]),
        }
    }
}

impl Number {
    /// Its Rust name.
    pub fn name(self) -> &'static str {
        match self {
            Number::I8 => "i8",
            Number::I16 => "i16",
            Number::I32 => "i32",
            Number::I64 => "i64",
            Number::Isize => "isize",
            Number::U8 => "u8",
            Number::U16 => "u16",
            Number::U32 => "u32",
            Number::U64 => "u64",
            Number::Usize => "usize",
            Number::F32 => "f32",
            Number::F64 => "f64",
        }
    }
}

impl Function {
    fn prints(&self) -> impl Iterator<Item = u64> + '_ {
        self.params.iter().map(|p| p.ty.print()).chain([self.result.print()])
    }

    /// The hash of the function: its signature as written, and what its types are.
    pub fn item_hash(&self) -> u64 {
        of(self.hash, self.prints())
    }
}

impl Import {
    /// The hash of the trait.
    pub fn item_hash(&self) -> u64 {
        of(self.hash, self.methods.iter().flat_map(Function::prints))
    }
}

impl Record {
    /// The hash of the record.
    pub fn item_hash(&self) -> u64 {
        of(self.hash, self.fields.all().iter().map(|f| f.ty.print()))
    }
}

impl Enum {
    /// The hash of the enum.
    pub fn item_hash(&self) -> u64 {
        of(self.hash, self.variants.iter().flat_map(|v| v.fields.all()).map(|f| f.ty.print()))
    }
}

impl super::Object {
    /// The hash of the object; its methods have their own.
    pub fn item_hash(&self) -> u64 {
        of(self.hash, [])
    }
}
