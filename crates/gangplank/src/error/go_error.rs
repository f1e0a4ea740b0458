//! A Go `error` in Rust.

use super::chain::{Chain, ErrorKind};
use crate::message::{Malformed, Reader, Writer};
use crate::value::{Class, Decode, Encode, Shape};
use std::fmt;

/// A Go `error`, or whatever else kept an imported Go function from returning: a panic, `runtime.Goexit`, an argument that cannot be carried, no implementation.
///
/// It keeps the message and the chain (`errors.Unwrap`, `errors.Join`) of the Go error. [`source`](std::error::Error::source) follows the first cause of each.
/// It also keeps the Go error itself (not its parts): back in Go it is the same error, for `==`, `errors.Is` and `errors.As`. Go's collector has it back when the last clone is dropped.
/// One pointer wide.
#[derive(Clone)]
pub struct GoError(Box<Chain>);

impl GoError {
    /// An ordinary error with this message: for implementations of imported traits in Rust.
    pub fn new(message: impl Into<String>) -> GoError {
        GoError::of(ErrorKind::Error, message)
    }

    pub(crate) fn of(kind: ErrorKind, message: impl Into<String>) -> GoError {
        GoError(Box::new(Chain::new(kind, message.into())))
    }

    pub(crate) fn with_stack(kind: ErrorKind, message: &str, stack: &str) -> GoError {
        GoError(Box::new(Chain { stack: stack.to_owned(), ..Chain::new(kind, message.to_owned()) }))
    }

    pub(crate) fn chain(&self) -> &Chain {
        &self.0
    }

    pub(crate) fn into_chain(self) -> Chain {
        *self.0
    }

    /// What kind of end the call had.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Did the Go function panic?
    pub fn is_panic(&self) -> bool {
        self.0.kind == ErrorKind::Panic
    }

    /// Did it end its goroutine with `runtime.Goexit` (as `t.FailNow` does)?
    pub fn is_goexit(&self) -> bool {
        self.0.kind == ErrorKind::Goexit
    }

    /// Was there nothing to call?
    pub fn is_unavailable(&self) -> bool {
        self.0.kind == ErrorKind::Unavailable
    }

    /// The text of Go's `Error()`, or of the panic's value.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The Go type of the error, `*fs.PathError`; empty if it has none.
    pub fn type_name(&self) -> &str {
        &self.0.type_name
    }

    /// The goroutine's stack, for a panic or Goexit.
    pub fn stack(&self) -> Option<&str> {
        (!self.0.stack.is_empty()).then_some(&*self.0.stack)
    }

    /// The errors that this one wraps: one for `Unwrap() error`, any number for `errors.Join`.
    pub fn causes(&self) -> impl Iterator<Item = GoError> + '_ {
        self.0.causes.iter().map(|c| GoError(Box::new(c.clone())))
    }
}

impl fmt::Display for GoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for GoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A cause inside a chain. Transparent, so that a reference to a `Chain` is one to a `Cause`.
#[repr(transparent)]
struct Cause(Chain);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

fn first_cause(chain: &Chain) -> Option<&(dyn std::error::Error + 'static)> {
    let cause: *const Chain = chain.causes.first()?;
    // SAFETY: `Cause` is a transparent wrapper of `Chain`, and the borrow is that of `chain`.
    Some(unsafe { &*cause.cast::<Cause>() })
}

impl std::error::Error for Cause {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        first_cause(&self.0)
    }
}

impl std::error::Error for GoError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        first_cause(&self.0)
    }
}

impl From<GoError> for String {
    fn from(error: GoError) -> String {
        error.0.message
    }
}

impl Shape for GoError {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = crate::value::print::named("error");
}

impl Encode for GoError {
    fn encode(&self, out: &mut Writer) {
        self.0.encode(out);
    }
}

impl<'a> Decode<'a> for GoError {
    const LEAST: usize = 29;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        Chain::decode(input).map(|chain| GoError(Box::new(chain)))
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        Chain::skip(input)
    }
}
