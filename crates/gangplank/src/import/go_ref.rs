use super::{Import, Instance};
use crate::message::{Malformed, Passed, Reader, Writer};
use crate::value::{Class, Decode, Encode, Shape};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A Go value that implements an imported trait, kept by Rust: `GoRef<dyn Tokenizer>`.
///
/// It derefs to `dyn Trait`. Clones share the value; when the last is dropped the value is released, so that Go's collector may have it. Dropping does not cross and does not wait. It is
/// the one form in which an implementation can go back to Go, which then has the same value again. `Arc<dyn Trait>` and `Box<dyn Trait>` keep a value just as well, but only in Rust.
///
/// ```
/// #[gangplank::import]
/// pub trait Logger {
///     fn log(&self, line: &str);
/// }
///
/// #[gangplank::object]
/// pub struct Server {
///     logger: gangplank::GoRef<dyn Logger>,
/// }
///
/// #[gangplank::object]
/// impl Server {
///     #[constructor]
///     pub fn new(logger: gangplank::GoRef<dyn Logger>) -> Server {
///         Server { logger }
///     }
///
///     pub fn start(&self) {
///         self.logger.log("started");
///     }
/// }
///
/// // In a test, without Go:
/// struct Silent;
/// impl Logger for Silent {
///     fn log(&self, _line: &str) {}
/// }
/// let logger: std::sync::Arc<dyn Logger> = std::sync::Arc::new(Silent);
/// Server::new(logger.into()).start();
/// ```
///
/// # Cycles
/// A Go value that keeps the Rust object that keeps its `GoRef` lives for ever. Keep a [`std::sync::Weak`] on the Rust side, or close the object in Go.
pub struct GoRef<T: Import + ?Sized>(Kind<T>);

enum Kind<T: Import + ?Sized> {
    Go(Instance),
    Rust(Arc<T>),
}

/// What cannot be sent.
const IN_RUST: &str =
    "a GoRef of an implementation in Rust is for tests; only one that came from Go can go back";

/// Why other owners of an implementation cannot be sent.
pub const ONLY_A_GO_REF: &str =
    "an implementation of an imported trait goes back to Go only in a gangplank::GoRef";

impl<T: Import + ?Sized> GoRef<T> {
    fn send(&self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        match &self.0 {
            Kind::Go(instance) => instance.owner().map(|value| passed.send(value.clone())).ok_or(IN_RUST),
            Kind::Rust(_) => Err(IN_RUST),
        }
    }
}

/// For tests without Go.
impl<T: Import + ?Sized> From<Arc<T>> for GoRef<T> {
    fn from(implementation: Arc<T>) -> GoRef<T> {
        GoRef(Kind::Rust(implementation))
    }
}

impl<T: Import + ?Sized> Clone for GoRef<T> {
    fn clone(&self) -> GoRef<T> {
        GoRef(match &self.0 {
            Kind::Go(instance) => Kind::Go(instance.clone()),
            Kind::Rust(implementation) => Kind::Rust(implementation.clone()),
        })
    }
}

impl<T: Import + ?Sized> Deref for GoRef<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match &self.0 {
            Kind::Go(instance) => T::of(instance),
            Kind::Rust(implementation) => implementation,
        }
    }
}

impl<T: Import + ?Sized> fmt::Debug for GoRef<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GoRef<dyn {}>", T::NAME)
    }
}

impl<T: Import + ?Sized> Shape for GoRef<T>
where
    T: Shape,
{
    const CLASS: Class = Class::Pair;
    const PRINT: u64 = T::PRINT;
}

impl<T: Import + Shape + ?Sized> Encode for GoRef<T> {
    fn encode(&self, out: &mut Writer) {
        match self.send(out.passed()) {
            Ok((keeper, handle)) => {
                out.bytes(&keeper.to_le_bytes());
                out.bytes(&handle.to_le_bytes());
            }
            Err(fault) => out.fault(fault),
        }
    }

    fn to_pair(&self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        self.send(passed)
    }
}

impl<'a, T: Import + Shape + ?Sized> Decode<'a> for GoRef<T> {
    const LEAST: usize = 16;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let (keeper, handle) = input.pair()?;
        Self::from_pair(keeper, handle)
    }

    fn from_pair(keeper: u64, handle: u64) -> Result<Self, Malformed> {
        Ok(GoRef(Kind::Go(Instance::given(keeper, handle, T::NAME)?)))
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.skip_pair()
    }
}
