//! Items that cross: functions, imported traits, records, enums, errors.

use super::Type;
use proc_macro2::Span;

/// Index of a source file in [`Interface::files`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub usize);

/// A source file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path relative to the crate's folder, with `/`: `src/lib.rs`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Everything one crate offers and asks for, in source order.
#[derive(Clone, Debug, Default)]
pub struct Interface {
    /// The package's name with `_` for `-`.
    pub crate_name: String,
    /// The crate's `//!` documentation, a line an entry.
    pub docs: Vec<String>,
    /// The files that were read, the root first.
    pub files: Vec<SourceFile>,
    /// `#[export]` functions.
    pub functions: Vec<Function>,
    /// `#[import]` traits.
    pub imports: Vec<Import>,
    /// `#[record]` structs, and `#[error]` structs with `is_error`.
    pub records: Vec<Record>,
    /// `#[record]` enums, with or without data, and `#[error]` enums with `is_error`.
    pub enums: Vec<Enum>,
    /// `#[object]` structs and traits.
    pub objects: Vec<Object>,
}

/// What every item has.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its Rust name, without `r#`.
    pub name: String,
    /// The name that `#[go(name = "..")]` asks for.
    pub go_name: Option<String>,
    /// Documentation, a line an entry, one leading blank removed.
    pub docs: Vec<String>,
    /// Where the name stands.
    pub span: Span,
    /// In which file; the macros leave it 0.
    pub file: FileId,
}

/// What the parentheses of `#[export(..)]` and `#[import(..)]` ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// `fast`: calls take the fast lane.
    pub fast: bool,
    /// `batch`: there is a function for many calls at once.
    pub batch: bool,
    /// `batcher`: there is also something that gathers the calls of many goroutines for it.
    pub batcher: bool,
    /// `nonblocking`: an async method of an imported trait that Go runs at once, because it does not wait.
    pub nonblocking: bool,
    /// `checkpoints`: a fast function that gives way to Go at its checkpoints.
    pub checkpoints: bool,
    /// `blocking`: an exported function that may block, of which only so many run at once; a method of an imported trait that may block, of which the runtime is told.
    pub blocking: bool,
    /// `unbuffered`: an exported function whose iterator or stream makes one item at a time.
    pub unbuffered: bool,
}

impl Options {
    /// What either of two places asks for.
    pub fn or(self, other: Options) -> Options {
        Options {
            fast: self.fast || other.fast,
            batch: self.batch || other.batch,
            batcher: self.batcher || other.batcher,
            nonblocking: self.nonblocking || other.nonblocking,
            checkpoints: self.checkpoints || other.checkpoints,
            blocking: self.blocking || other.blocking,
            unbuffered: self.unbuffered || other.unbuffered,
        }
    }
}

/// An exported function, a method of an imported trait, or a function or method of an object.
#[derive(Clone, Debug)]
pub struct Function {
    /// Name, documentation, place.
    pub head: Head,
    /// The object that it belongs to, by its Rust name.
    pub owner: Option<String>,
    /// How it takes the object. Then `params[0]` is the receiver: named `self`, of type `Ref`, `RefMut` or the object itself.
    /// None for methods of imported traits.
    pub receiver: Option<Receiver>,
    /// Marked `#[constructor]`.
    pub constructor: bool,
    /// Written `async`: Go waits for it without a thread, or Rust for Go.
    pub is_async: bool,
    /// Its arguments, without `&self` of an imported trait.
    pub params: Vec<Param>,
    /// What it returns; `Unit` where nothing is written. `Self` is the object's name.
    pub result: Type,
    /// Hash of its signature. 0 for methods of imported traits: the trait's hash covers them.
    pub hash: u64,
    /// What its attribute asks for; of a method of an imported trait, also what the trait's does.
    pub options: Options,
    /// The function whose calls it makes, if it is a batch.
    pub batch_of: Option<Box<Function>>,
    /// What its body says of waiting, if it is fast.
    pub body: Body,
}

/// What the body of a fast function says.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// Why it must not be fast.
    pub waits: Vec<Wait>,
    /// The types of `imported::<..>`, as they are written.
    pub imported: Vec<proc_macro2::TokenStream>,
}

/// A reason why a function waits.
#[derive(Clone, Debug)]
pub struct Wait {
    /// "it calls `std::thread::sleep`"
    pub what: String,
    /// Where that stands.
    pub span: Span,
}

/// How a method takes its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// `&self`
    Ref,
    /// `&mut self`
    Mut,
    /// `self`
    Value,
}

/// An argument.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its Rust name, without `r#`.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Marked `#[borrow]`: only on `&str` and `&[u8]` of an imported method.
    pub borrow: bool,
    /// All items of a batch share it: marked `#[shared]`, and in a batch every one that is no slice of items.
    pub shared: bool,
    /// Where the name stands.
    pub span: Span,
}

/// A trait that Go implements.
#[derive(Clone, Debug)]
pub struct Import {
    /// Name, documentation, place.
    pub head: Head,
    /// Its methods.
    pub methods: Vec<Function>,
    /// Hash of all its signatures.
    pub hash: u64,
    /// What its attribute asks for, for every method.
    pub options: Options,
}

/// A struct or trait whose values stay in Rust; Go holds handles of them (clause 8.2).
#[derive(Clone, Debug)]
pub struct Object {
    /// Name, documentation, place.
    pub head: Head,
    /// A trait: its values are `dyn Trait`.
    pub is_trait: bool,
    /// Constructors, functions and methods, in source order: of the `#[object]` impl, or of the trait.
    pub methods: Vec<Function>,
    /// Hash of its signature: its kind and name.
    pub hash: u64,
}

/// A struct that crosses by value.
#[derive(Clone, Debug)]
pub struct Record {
    /// Name, documentation, place.
    pub head: Head,
    /// Its fields.
    pub fields: Fields,
    /// Written `#[repr(C)]`. With only POD fields it is then POD itself.
    pub repr_c: bool,
    /// Written `#[error]`.
    pub is_error: bool,
    /// Hash of its signature.
    pub hash: u64,
}

/// An enum that crosses by value.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Name, documentation, place.
    pub head: Head,
    /// Its variants, at least one.
    pub variants: Vec<Variant>,
    /// The integer type of `#[repr(..)]`, if there is one.
    pub repr: Option<super::Number>,
    /// Written `#[error]`.
    pub is_error: bool,
    /// Hash of its signature.
    pub hash: u64,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Name, documentation, place.
    pub head: Head,
    /// Its fields.
    pub fields: Fields,
    /// Its discriminant in a fieldless enum: as written, or one more than the last.
    pub discriminant: i128,
    /// The text of thiserror's `#[error("..")]`, if it has no placeholder.
    pub message: Option<String>,
}

/// Fields of a record or variant.
#[derive(Clone, Debug)]
pub enum Fields {
    /// `struct A;`
    Unit,
    /// `struct A { x: T }`
    Named(Vec<Field>),
    /// `struct A(T);`; their names are "0", "1", ..
    Unnamed(Vec<Field>),
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name, documentation, place.
    pub head: Head,
    /// Its type.
    pub ty: Type,
}

impl Fields {
    /// All of them, in order.
    pub fn all(&self) -> &[Field] {
        match self {
            Fields::Unit => &[],
            Fields::Named(fields) | Fields::Unnamed(fields) => fields,
        }
    }
}

impl Function {
    /// What it is called in symbols and hashes (clauses 6.1, 8.9): its name, after that of its object.
    pub fn symbol(&self) -> String {
        match &self.owner {
            Some(owner) => format!("{owner}_{}", self.head.name),
            None => self.head.name.clone(),
        }
    }

    /// The arguments that are written in Go's parentheses: all but the receiver.
    pub fn arguments(&self) -> &[Param] {
        &self.params[usize::from(self.receiver.is_some())..]
    }

    /// The parameter that is Go's context, which comes first in Go.
    pub fn context(&self) -> Option<usize> {
        self.params.iter().position(|param| param.ty.is_context())
    }

    /// Has it a `ctx context.Context` in Go?
    pub fn takes_context(&self) -> bool {
        self.is_async || self.context().is_some() || self.gives_stream()
    }

    /// Does it return a stream of Rust?
    pub fn gives_stream(&self) -> bool {
        let value = match &self.result.kind {
            super::TypeKind::Result(value, _) => value,
            _ => &self.result,
        };
        let is_rust = |of: &super::SequenceType| {
            of.kind == super::SequenceKind::Stream && of.form != super::SequenceForm::Go
        };
        value.as_sequence().is_some_and(is_rust)
    }
}

impl Function {
    /// Does Go run it on a goroutine, as a method of an imported trait?
    pub fn starts(&self) -> bool {
        self.is_async && !self.options.nonblocking
    }
}

impl Import {
    /// Asks for this, for every method.
    pub fn set_options(&mut self, options: Options) {
        self.options = options;
        for method in &mut self.methods {
            method.options = method.options.or(options);
        }
    }
}

impl Import {
    /// May native code on the fast lane call it there?
    pub fn is_fast(&self) -> bool {
        self.methods.iter().any(|method| method.options.fast)
    }
}

impl Enum {
    /// No variant has data, and it is no error: a scalar (clause 2.1).
    pub fn is_fieldless(&self) -> bool {
        !self.is_error && self.variants.iter().all(|v| matches!(v.fields, Fields::Unit))
    }
}

impl Interface {
    /// The record with this Rust name.
    pub fn record(&self, name: &str) -> Option<&Record> {
        self.records.iter().find(|r| r.head.name == name)
    }

    /// The object with this Rust name.
    pub fn object(&self, name: &str) -> Option<&Object> {
        self.objects.iter().find(|o| o.head.name == name)
    }

    /// The imported trait with this Rust name.
    pub fn import(&self, name: &str) -> Option<&Import> {
        self.imports.iter().find(|i| i.head.name == name)
    }

    /// Every function that Go can call: exported functions, then those of objects.
    pub fn exported(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter().chain(self.objects.iter().flat_map(|o| &o.methods))
    }

    /// Is a method of an imported trait async?
    pub fn has_async_import(&self) -> bool {
        self.imports.iter().flat_map(|import| &import.methods).any(|method| method.is_async)
    }

    /// Does Go wake what waits in Rust (clauses 11.3, 12.5): an async method of Go, or a stream?
    pub fn settles(&self) -> bool {
        let methods = self.imports.iter().flat_map(|import| &import.methods);
        let is_stream = |ty: &Type| {
            match &ty.kind {
                super::TypeKind::Result(value, _) => value.as_sequence(),
                _ => ty.as_sequence(),
            }
            .is_some_and(|of| of.kind == super::SequenceKind::Stream)
        };
        let streams = |function: &Function| {
            function.params.iter().map(|param| &param.ty).chain([&function.result]).any(is_stream)
        };
        self.has_async_import() || self.exported().chain(methods).any(streams)
    }

    /// Takes anything in it the fast lane?
    pub fn has_fast(&self) -> bool {
        self.exported().any(|function| function.options.fast) || self.imports.iter().any(Import::is_fast)
    }

    /// The enum with this Rust name.
    pub fn enumeration(&self, name: &str) -> Option<&Enum> {
        self.enums.iter().find(|e| e.head.name == name)
    }
}
