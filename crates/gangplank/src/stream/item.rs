//! What an item of a sequence may be.

use crate::error::GoError;
use crate::function::Returns;
use crate::import::{FromGo, Input};
use crate::value::{Decode, Encode};

/// An item that goes to Go: a value that crosses, or a `Result` of such.
#[diagnostic::on_unimplemented(
    message = "an iterator of `{Self}` cannot cross from Rust to Go",
    label = "its items are not of a type that gangplank knows",
    note = "add `#[gangplank::record]` (or `#[gangplank::error]`) to the type's definition, or yield another type"
)]
pub trait ToGoItem: Returns + 'static {
    /// The value.
    type Value: Encode;
    /// The error.
    type Error: Encode + Send;

    /// Which of both it is.
    fn split(self) -> Result<Self::Value, Self::Error>;
}

impl<T: Encode + 'static> ToGoItem for T {
    type Value = T;
    type Error = ();

    #[inline]
    fn split(self) -> Result<T, ()> {
        Ok(self)
    }
}

impl<T: Encode + 'static, E: Encode + Send + 'static> ToGoItem for Result<T, E> {
    type Value = T;
    type Error = E;

    #[inline]
    fn split(self) -> Result<T, E> {
        self
    }
}

/// An item that comes from Go: a value that crosses, or a `Result` whose error holds any Go error.
#[diagnostic::on_unimplemented(
    message = "an iterator of `{Self}` cannot cross from Go to Rust",
    label = "its items cannot come from Go",
    note = "a value must cross: `#[gangplank::record]` on its type; the error of a `Result` must implement `From<gangplank::GoError>`"
)]
pub trait FromGoItem: Returns + Sized + 'static {
    /// The value.
    type Value: for<'a> Decode<'a>;
    /// The error.
    type Error: for<'a> Decode<'a> + FromGo;

    /// Can an item be an error?
    #[doc(hidden)]
    const FALLIBLE: bool;

    /// A value.
    fn value(value: Self::Value) -> Self;

    /// An error. Where an item is no `Result` this panics.
    fn error(error: Self::Error) -> Self;
}

impl<T: for<'a> Decode<'a> + 'static> FromGoItem for T {
    type Value = T;
    type Error = GoError;

    const FALLIBLE: bool = false;

    #[inline]
    fn value(value: T) -> T {
        value
    }

    #[cold]
    fn error(error: GoError) -> T {
        <T as Input>::fail(error)
    }
}

impl<T: for<'a> Decode<'a> + 'static, E: for<'a> Decode<'a> + FromGo + 'static> FromGoItem for Result<T, E> {
    type Value = T;
    type Error = E;

    const FALLIBLE: bool = true;

    #[inline]
    fn value(value: T) -> Self {
        Ok(value)
    }

    #[cold]
    fn error(error: E) -> Self {
        Err(error)
    }
}
