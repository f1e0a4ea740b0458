//! The catalogue: every code, with what it stands for and an example.
//!
//! GP01xx: items. GP02xx: types. GP03xx: names. GP04xx: attributes. A code is never used for something else later.

use super::Code;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $summary:literal;)*) => {
        $($(#[$doc])* pub const $name: Code = Code($code);)*

        /// Every code with its summary, in order.
        pub const CATALOGUE: &[(Code, &str)] = &[$(($name, $summary)),*];
    };
}

catalogue! {
    /// The file is not Rust: `pub fn f( {`
    SYNTAX = "GP0101", "the file is not Rust";
    /// A file is not there or cannot be read: `mod missing;`
    MISSING_FILE = "GP0102", "a file of the crate cannot be read";
    /// What crosses depends on a `cfg`: `#[cfg(unix)] #[gangplank::export] fn f() {}`
    CONDITIONAL = "GP0103", "what crosses must not depend on a cfg";
    /// The attribute does not go on such an item: `#[gangplank::export] struct A;`
    WRONG_ITEM = "GP0104", "the attribute does not go on such an item";
    /// The item stands inside a function: `fn f() { #[gangplank::record] struct A; }`
    INSIDE_FUNCTION = "GP0105", "what crosses stands in a module, not in a function";
    /// A kind of function that cannot be called: `unsafe fn`, `extern "C" fn`, `...`
    FUNCTION_KIND = "GP0106", "a kind of function that cannot be called from the other side";
    /// Parameters of types or lifetimes: `fn f<T>(x: T)`, `impl Trait`
    GENERIC = "GP0107", "generics do not cross";
    /// `self` where there is none, or none where it must be: `fn f(&self)` exported
    RECEIVER = "GP0108", "the receiver does not fit";
    /// A parameter without a name: `fn f((a, b): (u8, u8))`
    PATTERN = "GP0109", "a parameter must be a name";
    /// A trait with more than methods, or an imported one without any: `trait T { type A; }`
    TRAIT_SHAPE = "GP0110", "a trait that crosses has methods and nothing else";
    /// An enum without variants: `enum Never {}`
    EMPTY_ENUM = "GP0111", "an enum that crosses has a variant";
    /// A layout that Go does not have: `#[repr(packed)]`
    REPR = "GP0112", "a layout that Go does not have";
    /// A discriminant that is no number, or out of range: `A = 1 << 3`
    DISCRIMINANT = "GP0113", "a discriminant is a number in the range of its type";
    /// `#[object]` on an impl block of a trait, of another type, or for the second time: `impl Display for A`
    OBJECT_IMPL = "GP0114", "an impl block that belongs to no object";
    /// `#[constructor]` on what makes no object: `#[constructor] pub fn f(&self)`
    CONSTRUCTOR = "GP0115", "a constructor makes the object";
    /// An async function that would have to lend what it cannot: `async fn f(&mut self)`
    ASYNC = "GP0116", "what an async function cannot do";

    /// A type that Go has nothing for: `i128`, `PathBuf`
    UNSUPPORTED_TYPE = "GP0201", "the type does not cross";
    /// A type that gangplank has not met: `Hti` for `Hit`
    UNKNOWN_TYPE = "GP0202", "the type is not marked to cross";
    /// `Result` inside another type: `Vec<Result<A, B>>`
    NESTED_RESULT = "GP0203", "Result stands only as the whole type of a result";
    /// A reference where the value must be owned: `struct A { x: &'static str }`
    REFERENCE = "GP0204", "a reference where the value must be owned";
    /// A reference to an owner: `&String`, `&Vec<T>`
    ROUNDABOUT = "GP0205", "a reference to a container";
    /// A lifetime with a name: `&'a str`
    LIFETIME = "GP0206", "lifetimes do not cross";
    /// A key that Go cannot compare as Rust does: `HashMap<Vec<u8>, A>`
    MAP_KEY = "GP0207", "the key of a map must compare the same in both languages";
    /// The length of an array is no number, or too large: `[u8; N]`
    ARRAY_LENGTH = "GP0208", "the length of an array is a number, and not too large";
    /// A tuple with one field, or with more than eight: `(u8,)`
    TUPLE_LENGTH = "GP0209", "a tuple has two to eight fields";
    /// A record that holds itself: `struct A { next: Box<A> }`
    RECURSIVE = "GP0210", "a record that holds itself";
    /// A `#[repr(C)]` record with a gap between its fields: `struct A { x: u8, y: u64 }`
    PADDING = "GP0211", "a #[repr(C)] record has padding";
    /// An error type that cannot be carried: `Result<A, std::io::Error>`
    ERROR_TYPE = "GP0212", "the error type does not cross";
    /// Part of the design, and not built yet: `&dyn Fn()`, `impl Iterator`
    NOT_YET = "GP0213", "not supported yet";
    /// Too few or too many type arguments: `Vec`, `Hit<u8>`
    TYPE_ARGUMENTS = "GP0214", "the number of type arguments does not fit";
    /// An object where it cannot be lent, taken or given: `struct A { x: Searcher }`
    OBJECT_PLACE = "GP0215", "an object that cannot be lent, taken or given here";
    /// A function value with too many arguments, or that nobody could call: `&dyn FnOnce()`
    FUNCTION_SHAPE = "GP0216", "a function value that cannot be called from the other side";
    /// A function or an implementation where it cannot stand: `Vec<&dyn Fn()>`
    FUNCTION_PLACE = "GP0217", "a function or an implementation that cannot stand here";
    /// A function for Go that may not leave its thread: `-> Box<dyn Fn()>`
    THREADS = "GP0218", "a function that Go may call from any thread";
    /// `Arc<Hit>`, `GoRef<Hit>`
    SHARED = "GP0219", "Arc is of an object, GoRef of an imported trait";
    /// A context that is not the argument of an exported function: `-> gangplank::Context`
    CONTEXT = "GP0220", "a context that cannot stand here";
    /// An iterator or a stream that cannot stand here, or that borrows: `Vec<GoIter<u32>>`
    SEQUENCE = "GP0221", "an iterator or a stream that cannot cross here";

    /// Two items get the same name in Go: `fn get_id`, `fn get_ID`
    NAME_CLASH = "GP0301", "two items get the same name in Go";
    /// Two fields get the same name in Go: `a_b`, `aB`
    FIELD_CLASH = "GP0302", "two fields get the same name in Go";
    /// Two methods get the same name in Go: `get_id`, `getId`
    METHOD_CLASH = "GP0303", "two methods get the same name in Go";
    /// Two parameters get the same name in Go: `_x`, `x`
    PARAMETER_CLASH = "GP0304", "two parameters get the same name in Go";
    /// Two items of one Rust name, in different modules
    SAME_SYMBOL = "GP0305", "two items have the same Rust name";
    /// A field named like a method of Go's errors: `unwrap` in an `#[error]`
    ERROR_FIELD = "GP0306", "a field is named like a method of Go's errors";
    /// The name is taken in every generated package: `struct PanicError`
    TAKEN_NAME = "GP0307", "the name is taken in every generated package";
    /// A name that Go or the linker cannot spell: `fn größe()`
    SPELLING = "GP0308", "a name that cannot be spelled on the other side";
    /// A name that stands for a type of Rust's library, or of gangplank: `struct Duration`
    KNOWN_NAME = "GP0309", "the name is that of a type every crate knows";
    /// A method that would be `Close` in Go: `fn close(&self)`
    CLOSE = "GP0310", "a method is named as the one that lets go of an object";

    /// An argument that the attribute does not know: `#[gangplank::export(quick)]`
    UNKNOWN_ARGUMENT = "GP0401", "the attribute does not know the argument";
    /// Not a name that Go exports: `#[go(name = "hit")]`
    GO_NAME = "GP0402", "not a name that Go exports";
    /// `#[go(..)]` that cannot be read, or where it means nothing: `#[go(rename = "A")]`
    GO_ATTRIBUTE = "GP0403", "#[go(..)] that means nothing";
    /// `#[borrow]` where nothing can be borrowed: `#[borrow] n: u32`
    BORROW = "GP0404", "#[borrow] where nothing can be borrowed";
    /// Two attributes on one item: `#[gangplank::record] #[gangplank::error]`
    TWO_ATTRIBUTES = "GP0405", "two attributes of gangplank on one item";
    /// A batch that cannot be, or `#[shared]` without one: `#[gangplank::export(batch)] fn now() -> u64`
    BATCH = "GP0406", "a batch of what cannot have one";
    /// What cannot take the fast lane: `#[gangplank::export(fast)] fn f(visit: &dyn Fn())`
    FAST = "GP0407", "what cannot take the fast lane";
    /// `blocking` where nothing blocks a thread: `#[gangplank::export(blocking)] async fn f()`
    BLOCKING = "GP0408", "blocking where no thread is blocked";
    /// What waits on the fast lane: `#[gangplank::export(fast)] fn f() { std::thread::sleep(..) }`
    WAITS = "GP0409", "a function on the fast lane that waits";
}
