//! Types of values.

use proc_macro2::Span;

/// A type as it stands in the source, aliases resolved.
#[derive(Clone, Debug)]
pub struct Type {
    /// What it is.
    pub kind: TypeKind,
    /// Where it stands.
    pub span: Span,
}

/// Two types are equal wherever they stand.
impl PartialEq for Type {
    fn eq(&self, other: &Type) -> bool {
        self.kind == other.kind
    }
}

/// The kinds of type that gangplank knows.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// `char`
    Char,
    /// Integers and floats.
    Number(Number),
    /// `String`
    String,
    /// `&str`
    Str,
    /// `&[T]`; `&[u8]` is `Slice(u8)`
    Slice(Box<Type>),
    /// `Vec<T>`; `Vec<u8>` is `Vec(u8)`
    Vec(Box<Type>),
    /// `[T; N]`
    Array(Box<Type>, usize),
    /// `(A, B, ..)`, at least two
    Tuple(Vec<Type>),
    /// `Option<T>`
    Option(Box<Type>),
    /// `Result<T, E>`, only as the whole type of a result
    Result(Box<Type>, Box<Type>),
    /// `HashMap<K, V>`
    HashMap(Box<Type>, Box<Type>),
    /// `BTreeMap<K, V>`
    BTreeMap(Box<Type>, Box<Type>),
    /// `Box<T>`
    Box(Box<Type>),
    /// `std::time::Duration`
    Duration,
    /// `std::time::SystemTime`
    SystemTime,
    /// `gangplank::Error` or `gangplank::GoError`: any error, with its chain
    Error(AnyError),
    /// `&T` of a value that is neither `str` nor a slice
    Ref(Box<Type>),
    /// `&mut T`: of an object, or of a `dyn FnMut`
    RefMut(Box<Type>),
    /// `Arc<T>`: of an object, of an imported trait, or of a function
    Arc(Box<Type>),
    /// `gangplank::GoRef<dyn Trait>` of an imported trait
    GoRef(Box<Type>),
    /// `dyn Fn(A, B) -> R`, behind a reference, `Box` or `Arc`
    Function(Box<FunctionType>),
    /// An iterator or a stream, whose items cross in batches (clause 12)
    Sequence(Box<SequenceType>),
    /// `dyn Trait` of an object trait or an imported one, by its Rust name, behind a reference, `Box`, `Arc` or `GoRef`
    Dyn(String),
    /// A record, enum, error or object of this crate, by its Rust name
    Named(String),
    /// `gangplank::Context`, only behind `&`, as the whole of an argument of an exported function
    Context,
}

/// The type of a function value.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionType {
    /// How often, and from how many places at once, it may be called.
    pub kind: FunctionKind,
    /// Its arguments.
    pub params: Vec<Type>,
    /// What it returns; `Unit` where nothing is written.
    pub result: Type,
    /// Written `+ Send`.
    pub send: bool,
    /// Written `+ Sync`.
    pub sync: bool,
}

/// The type of an iterator or a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceType {
    /// Which of both.
    pub kind: SequenceKind,
    /// How it is written.
    pub form: SequenceForm,
    /// An item; a `Result` is one that may be an error.
    pub item: Type,
    /// Written `+ Send`.
    pub send: bool,
    /// Written `+ 'static` or `+ use<..>`: it borrows from no argument.
    pub owned: bool,
}

/// What gives items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SequenceKind {
    /// `Iterator`
    Iterator,
    /// `Stream`
    Stream,
}

/// How a sequence is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SequenceForm {
    /// `impl Iterator<Item = T>`
    Impl,
    /// `dyn Iterator<Item = T>`, in a `Box`
    Dyn,
    /// `gangplank::GoIter<T>`, `gangplank::GoStream<T>`
    Go,
}

/// The three traits of functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionKind {
    /// `Fn`
    Fn,
    /// `FnMut`
    FnMut,
    /// `FnOnce`
    FnOnce,
}

/// The two error types of the runtime; they look the same on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyError {
    /// `gangplank::Error`
    Rust,
    /// `gangplank::GoError`
    Go,
}

/// Integers and floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Number {
    I8,
    I16,
    I32,
    I64,
    Isize,
    U8,
    U16,
    U32,
    U64,
    Usize,
    F32,
    F64,
}

impl Number {
    /// The number type with this Rust name.
    pub fn from_rust(name: &str) -> Option<Number> {
        use Number::*;
        Some(match name {
            "i8" => I8,
            "i16" => I16,
            "i32" => I32,
            "i64" => I64,
            "isize" => Isize,
            "u8" => U8,
            "u16" => U16,
            "u32" => U32,
            "u64" => U64,
            "usize" => Usize,
            "f32" => F32,
            "f64" => F64,
            _ => return None,
        })
    }

    /// `f32` or `f64`?
    pub fn is_float(self) -> bool {
        matches!(self, Number::F32 | Number::F64)
    }

    /// The least and the greatest value of an integer type.
    pub fn range(self) -> (i128, i128) {
        use Number::*;
        match self {
            I8 | I16 | I32 | I64 | Isize => (-(1 << (self.size() * 8 - 1)), (1 << (self.size() * 8 - 1)) - 1),
            U8 | U16 | U32 | U64 | Usize => (0, (1 << (self.size() * 8)) - 1),
            F32 | F64 => (0, 0),
        }
    }

    /// Its size in bytes.
    pub fn size(self) -> usize {
        use Number::*;
        match self {
            I8 | U8 => 1,
            I16 | U16 => 2,
            I32 | U32 | F32 => 4,
            I64 | U64 | Isize | Usize | F64 => 8,
        }
    }
}

impl Type {
    /// A type without a place.
    pub fn new(kind: TypeKind) -> Type {
        Type { kind, span: Span::call_site() }
    }

    /// The type behind references and owners: `T` for `&T`, `&mut T`, `Box<T>`, `Arc<T>` and `GoRef<T>`.
    pub fn peeled(&self) -> &Type {
        self.pointee().map_or(self, Type::peeled)
    }

    /// `T` for `&T`, `&mut T`, `Box<T>`, `Arc<T>` and `GoRef<T>`.
    pub fn pointee(&self) -> Option<&Type> {
        match &self.kind {
            TypeKind::Ref(inner)
            | TypeKind::RefMut(inner)
            | TypeKind::Box(inner)
            | TypeKind::Arc(inner)
            | TypeKind::GoRef(inner) => Some(inner),
            _ => None,
        }
    }

    /// Is it `&Context`?
    pub fn is_context(&self) -> bool {
        matches!(&self.kind, TypeKind::Ref(inner) if inner.kind == TypeKind::Context)
    }

    /// The sequence that it is, in a `Box` or not.
    pub fn as_sequence(&self) -> Option<&SequenceType> {
        match &self.kind {
            TypeKind::Sequence(of) => Some(of),
            TypeKind::Box(inner) => inner.as_sequence(),
            _ => None,
        }
    }

    /// Is it lent to the callee (clause 8.3), if it is a function value or an implementation?
    pub fn is_reference(&self) -> bool {
        matches!(self.kind, TypeKind::Ref(_) | TypeKind::RefMut(_))
    }
}
