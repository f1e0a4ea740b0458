//! How Go spells types, zero values and words.

use super::Package;
use crate::ir::{AnyError, Enum, Number, Type, TypeKind};
use crate::names;

impl Package<'_> {
    /// The Go type.
    pub(super) fn go_type(&self, ty: &Type) -> String {
        match &ty.kind {
            TypeKind::Unit => "struct{}".into(),
            TypeKind::Bool => "bool".into(),
            TypeKind::Char => "rune".into(),
            TypeKind::Number(number) => go_number(*number).into(),
            TypeKind::String | TypeKind::Str => "string".into(),
            TypeKind::Slice(item) | TypeKind::Vec(item) => format!("[]{}", self.go_element(item)),
            TypeKind::Array(item, n) => format!("[{n}]{}", self.go_element(item)),
            TypeKind::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.go_type(item)).collect();
                format!("Tuple{}[{}]", items.len(), items.join(", "))
            }
            TypeKind::Option(inner) if self.has_nil(inner) => self.go_type(inner),
            TypeKind::Option(inner) => format!("*{}", self.go_type(inner)),
            TypeKind::Result(value, _) => self.go_type(value),
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                format!("map[{}]{}", self.go_type(key), self.go_type(value))
            }
            TypeKind::Box(inner)
            | TypeKind::Ref(inner)
            | TypeKind::RefMut(inner)
            | TypeKind::Arc(inner)
            | TypeKind::GoRef(inner) => self.go_type(inner),
            TypeKind::Function(of) => {
                let params: Vec<String> = of.params.iter().map(|ty| self.go_type(ty)).collect();
                format!("func({}){}", params.join(", "), self.result_list(&of.result))
            }
            TypeKind::Sequence(of) => self.go_sequence(of),
            TypeKind::Dyn(name) => self.go_named(name),
            TypeKind::Duration => "time.Duration".into(),
            TypeKind::SystemTime => "time.Time".into(),
            TypeKind::Error(AnyError::Rust | AnyError::Go) => "error".into(),
            TypeKind::Context => "context.Context".into(),
            TypeKind::Named(name) => self.go_named(name),
        }
    }

    pub(super) fn go_element(&self, ty: &Type) -> String {
        match &ty.peeled().kind {
            TypeKind::Number(Number::U8) => "byte".into(),
            _ => self.go_type(ty),
        }
    }

    fn go_named(&self, name: &str) -> String {
        if let Some(record) = self.interface.record(name) {
            let star = if record.is_error { "*" } else { "" };
            return format!("{star}{}", names::error_type(record));
        }
        if let Some(object) = self.interface.object(name) {
            return format!("*{}", names::type_name(&object.head));
        }
        if let Some(import) = self.interface.import(name) {
            return names::type_name(&import.head);
        }
        self.interface.enumeration(name).map_or_else(|| names::exported(name), |e| names::type_name(&e.head))
    }

    /// Is `nil` a value of the Go type, so that it can say that there is none?
    pub(super) fn has_nil(&self, ty: &Type) -> bool {
        match &ty.peeled().kind {
            TypeKind::Slice(_)
            | TypeKind::Vec(_)
            | TypeKind::HashMap(..)
            | TypeKind::BTreeMap(..)
            | TypeKind::Function(_)
            | TypeKind::Sequence(_)
            | TypeKind::Dyn(_)
            | TypeKind::Error(_) => true,
            TypeKind::Named(name) => {
                self.interface.object(name).is_some()
                    || self.interface.record(name).is_some_and(|r| r.is_error)
                    || self.interface.enumeration(name).is_some_and(|e| !e.is_fieldless())
            }
            _ => false,
        }
    }

    /// The zero value, as an expression.
    pub(super) fn zero(&self, ty: &Type) -> String {
        let ty = ty.peeled();
        match &ty.kind {
            TypeKind::Bool => "false".into(),
            TypeKind::Char | TypeKind::Number(_) | TypeKind::Duration => "0".into(),
            TypeKind::String | TypeKind::Str => "\"\"".into(),
            TypeKind::Option(_) => "nil".into(),
            TypeKind::Named(name) if self.interface.enumeration(name).is_some_and(Enum::is_fieldless) => {
                "0".into()
            }
            _ if self.has_nil(ty) => "nil".into(),
            _ => format!("{}{{}}", self.go_type(ty)),
        }
    }

    /// A scalar as a word (clause 2.1).
    pub(super) fn to_word(&self, ty: &Type, value: &str) -> String {
        match &ty.peeled().kind {
            TypeKind::Bool => format!("gangplank.BoolWord({value})"),
            TypeKind::Number(Number::F32) => format!("math.Float32bits({value})"),
            TypeKind::Number(Number::F64) => format!("math.Float64bits({value})"),
            _ => value.to_owned(),
        }
    }

    /// A word as a scalar.
    pub(super) fn read_word(&mut self, ty: &Type, word: &str) -> String {
        let ty = ty.peeled();
        match &ty.kind {
            TypeKind::Bool => format!("{word} != 0"),
            TypeKind::Number(Number::F32) => format!("math.Float32frombits(uint32({word}))"),
            TypeKind::Number(Number::F64) => format!("math.Float64frombits({word})"),
            TypeKind::Number(Number::U64) => word.to_owned(),
            TypeKind::Named(_) | TypeKind::Dyn(_) if self.interface.as_object(ty).is_some() => {
                format!("{}({word})", self.object_word(ty))
            }
            TypeKind::Named(name) => format!("{}({word})", self.enum_word(name)),
            _ => format!("{}({word})", self.go_type(ty)),
        }
    }
}

/// The Go type of a number.
pub(super) fn go_number(number: Number) -> &'static str {
    match number {
        Number::I8 => "int8",
        Number::I16 => "int16",
        Number::I32 => "int32",
        Number::I64 => "int64",
        Number::Isize => "int",
        Number::U8 => "uint8",
        Number::U16 => "uint16",
        Number::U32 => "uint32",
        Number::U64 => "uint64",
        Number::Usize => "uint",
        Number::F32 => "float32",
        Number::F64 => "float64",
    }
}

/// The Go type that a fieldless enum is made of: the one of `#[repr(..)]`, else the smaller one of `int32` and `int64` that holds it.
pub(super) fn go_base(of: &Enum) -> &'static str {
    match of.repr {
        Some(number) => go_number(number),
        None if of.variants.iter().all(|v| i32::try_from(v.discriminant).is_ok()) => "int32",
        None => "int64",
    }
}
