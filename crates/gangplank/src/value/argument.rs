//! What a shim holds for an argument while the exported function runs.

use super::{Class, Decode, Shape};
use crate::message::Malformed;
use crate::object::{Access, Shared};
use crate::shim::Arguments;
use std::sync::Arc;

/// Takes an object out of its table, when the other arguments are there. Dropped, it leaves the object where it is.
pub type Later<'a, T> = Box<dyn FnOnce() -> Result<Taken<'a, T>, Malformed> + 'a>;

/// Gives an object away that was taken out of its table, when nothing else can be refused any more. Dropped, it puts the object back.
pub type Taken<'a, T> = Box<dyn FnOnce() -> T + 'a>;

/// An argument that the function owns.
pub enum Held<'a, T> {
    /// A value.
    Value(T),
    /// An object that ends (clause 8.3), unless the call is refused.
    Later(Later<'a, T>),
}

impl<'a, T: Decode<'a>> Held<'a, T> {
    /// Makes sure of the value.
    #[inline]
    pub fn own(self) -> Result<Owned<'a, T>, Malformed> {
        match self {
            Held::Value(value) => Ok(Owned::Value(value)),
            Held::Later(take) => take().map(Owned::Taken),
        }
    }
}

/// An argument that only needs to be given to the function.
pub enum Owned<'a, T> {
    /// A value.
    Value(T),
    /// An object.
    Taken(Taken<'a, T>),
}

impl<T> Owned<'_, T> {
    /// Gives it.
    #[inline]
    pub fn give(self) -> T {
        match self {
            Owned::Value(value) => value,
            Owned::Taken(give) => give(),
        }
    }
}

/// A type that can stand behind `&` in an argument.
#[diagnostic::on_unimplemented(
    message = "`&{Self}` cannot cross from Go to Rust",
    label = "not a type that gangplank knows",
    note = "add `#[gangplank::record]` or `#[gangplank::object]` to the type's definition, or pass another type"
)]
pub trait Lend<'a>: Shape {
    /// What is held during the call.
    type Held;

    /// Takes the next argument. `access` is for an object.
    fn hold(arguments: &mut Arguments<'a>, access: Access) -> Result<Self::Held, Malformed>;

    /// The reference.
    fn lend(held: &Self::Held) -> &Self;

    /// Passes over the argument in a call that is refused.
    fn skip(arguments: &mut Arguments<'a>);
}

/// A type that can stand behind `&mut` in an argument.
#[diagnostic::on_unimplemented(
    message = "`&mut {Self}` cannot cross from Go to Rust",
    label = "neither an object with methods nor a `dyn FnMut`",
    note = "only objects (`#[gangplank::object]` on the struct and on its impl block) and `dyn FnMut(..)` can be changed in place"
)]
pub trait LendMut<'a>: Shape {
    /// What is held during the call.
    type Held;

    /// Can it be lent at all? Asked where the compiler can still say so.
    const CAN: bool = true;

    /// Takes the next argument.
    fn hold(arguments: &mut Arguments<'a>) -> Result<Self::Held, Malformed>;

    /// The reference.
    fn lend(held: &mut Self::Held) -> &mut Self;
}

/// A value behind `&`.
pub enum Lent<T: 'static> {
    /// Decoded for the call.
    Value(T),
    /// In its table.
    Object(Shared<T>),
}

impl<'a, T: Decode<'a> + 'static> Lend<'a> for T {
    type Held = Lent<T>;

    // Always: it is in every call of a method, and what it returns would go through memory.
    #[inline(always)]
    fn hold(arguments: &mut Arguments<'a>, access: Access) -> Result<Lent<T>, Malformed> {
        if matches!(T::CLASS, Class::Scalar) {
            let word = arguments.word();
            return match T::shared(word, access) {
                Some(shared) => shared.map(Lent::Object),
                None => T::from_word(word).map(Lent::Value),
            };
        }
        arguments.value().map(Lent::Value)
    }

    #[inline]
    fn lend(held: &Lent<T>) -> &T {
        match held {
            Lent::Value(value) => value,
            Lent::Object(object) => object,
        }
    }

    fn skip(arguments: &mut Arguments<'a>) {
        arguments.skip::<T>();
    }
}

impl<'a> Lend<'a> for str {
    type Held = &'a str;

    #[inline]
    fn hold(arguments: &mut Arguments<'a>, _access: Access) -> Result<&'a str, Malformed> {
        arguments.value()
    }

    #[inline]
    fn lend<'h>(held: &'h &'a str) -> &'h str {
        held
    }

    fn skip(arguments: &mut Arguments<'a>) {
        arguments.skip::<&str>();
    }
}

impl<'a, T: Decode<'a> + 'a> Lend<'a> for [T] {
    type Held = super::Slice<'a, T>;

    #[inline]
    fn hold(arguments: &mut Arguments<'a>, _access: Access) -> Result<super::Slice<'a, T>, Malformed> {
        arguments.value()
    }

    #[inline]
    fn lend<'h>(held: &'h super::Slice<'a, T>) -> &'h [T] {
        held
    }

    fn skip(arguments: &mut Arguments<'a>) {
        arguments.skip::<super::Slice<'a, T>>();
    }
}

/// A type that can stand behind `&` in an argument of an async function: the future owns the value, and lends it.
#[diagnostic::on_unimplemented(
    message = "an async function cannot borrow a `{Self}` from Go",
    label = "no value that a future can own",
    note = "a future goes from thread to thread and outlives the call: take strings, bytes, records and objects by reference, and functions as `Box<dyn Fn(..) + Send + Sync>`"
)]
pub trait Keep: Shape {
    /// What the future owns.
    type Kept: Send + Sync + 'static;

    /// Takes the next argument.
    fn keep(arguments: &mut Arguments<'_>) -> Result<Self::Kept, Malformed>;

    /// The reference.
    fn lend(kept: &Self::Kept) -> &Self;
}

/// A value that a future owns.
pub enum Kept<T> {
    /// Decoded.
    Value(T),
    /// Shared with Go's handle.
    Object(Arc<T>),
}

impl<T: for<'a> Decode<'a> + Send + Sync + 'static> Keep for T {
    type Kept = Kept<T>;

    #[inline]
    fn keep(arguments: &mut Arguments<'_>) -> Result<Kept<T>, Malformed> {
        // Another `Arc` is made with the lock.
        Ok(match T::hold(arguments, Access::LOCKED)? {
            Lent::Value(value) => Kept::Value(value),
            Lent::Object(object) => Kept::Object(object.share()),
        })
    }

    #[inline]
    fn lend(kept: &Kept<T>) -> &T {
        match kept {
            Kept::Value(value) => value,
            Kept::Object(object) => object,
        }
    }
}

impl Keep for str {
    type Kept = String;

    #[inline]
    fn keep(arguments: &mut Arguments<'_>) -> Result<String, Malformed> {
        arguments.value()
    }

    #[inline]
    fn lend(kept: &String) -> &str {
        kept
    }
}

impl<T> Keep for [T]
where
    T: for<'a> Decode<'a> + Send + Sync + 'static,
    Vec<T>: for<'a> Decode<'a>,
{
    type Kept = Vec<T>;

    #[inline]
    fn keep(arguments: &mut Arguments<'_>) -> Result<Vec<T>, Malformed> {
        arguments.value()
    }

    #[inline]
    fn lend(kept: &Vec<T>) -> &[T] {
        kept
    }
}
