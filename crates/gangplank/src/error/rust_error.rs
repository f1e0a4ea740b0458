//! Any Rust error on its way to Go.

use super::GoError;
use super::chain::Chain;
use crate::message::{Malformed, Reader, Writer};
use crate::value::{Class, Decode, Encode, Shape};
use std::fmt;

/// Any error, for exported functions that do not want an error type of their own: `?` turns every `std::error::Error` into it.
///
/// Go gets a `*ForeignError` with the message, the name of the Rust type and the chain of sources. The texts are taken when the error is
/// converted; the error itself is dropped then. Like `anyhow::Error` it does not implement [`std::error::Error`]. One pointer wide.
///
/// ```
/// fn port(text: &str) -> Result<u16, gangplank::Error> {
///     Ok(text.parse()?)
/// }
/// assert_eq!(port("x").unwrap_err().to_string(), "invalid digit found in string");
/// ```
#[derive(Clone)]
pub struct Error(Box<Chain>);

impl Error {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Error {
        Error::from(GoError::new(message))
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl<E: std::error::Error + 'static> From<E> for Error {
    fn from(error: E) -> Error {
        Error(Box::new(Chain::of(&error, std::any::type_name::<E>(), 0)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Shape for Error {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = crate::value::print::named("error");
}

impl Encode for Error {
    fn encode(&self, out: &mut Writer) {
        self.0.encode(out);
    }
}

impl<'a> Decode<'a> for Error {
    const LEAST: usize = GoError::LEAST;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        GoError::decode(input).map(|e| Error(Box::new(e.into_chain())))
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        Chain::skip(input)
    }
}
