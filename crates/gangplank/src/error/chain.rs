//! An error with its causes, as it crosses (clause 5.8).

use crate::message::{Malformed, Reader, Writer};
use std::fmt;

/// Limits of clause 5.8.
const DEEPEST: usize = 64;
const MOST: usize = 1024;

/// What kind of end a call had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An ordinary error.
    Error,
    /// The other side panicked.
    Panic,
    /// The Go function ended its goroutine with `runtime.Goexit`.
    Goexit,
    /// A value could not be carried over.
    Rejected,
    /// Nothing is registered to call.
    Unavailable,
}

impl ErrorKind {
    fn from_byte(byte: u8) -> Result<ErrorKind, Malformed> {
        Ok(match byte {
            0 => ErrorKind::Error,
            1 => ErrorKind::Panic,
            2 => ErrorKind::Goexit,
            3 => ErrorKind::Rejected,
            4 => ErrorKind::Unavailable,
            _ => return Err(Malformed::Value { of: "an error's kind", got: byte.into() }),
        })
    }
}

/// An error, its causes, and where it comes from.
#[derive(Clone)]
pub(crate) struct Chain {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) type_name: String,
    pub(crate) stack: String,
    pub(crate) causes: Vec<Chain>,
}

impl Chain {
    pub(crate) fn new(kind: ErrorKind, message: String) -> Chain {
        Chain { kind, message, type_name: String::new(), stack: String::new(), causes: Vec::new() }
    }

    /// The texts of an error and of its sources.
    pub(crate) fn of(error: &(dyn std::error::Error + 'static), type_name: &str, depth: usize) -> Chain {
        if let Some(known) = error.downcast_ref::<super::GoError>() {
            return known.chain().clone();
        }
        let cause = if depth + 1 < DEEPEST { error.source() } else { None };
        Chain {
            type_name: type_name.to_owned(),
            causes: cause.map(|c| Chain::of(c, "", depth + 1)).into_iter().collect(),
            ..Chain::new(ErrorKind::Error, error.to_string())
        }
    }

    pub(crate) fn encode(&self, out: &mut Writer) {
        self.encode_to(out, 0, &mut 0);
    }

    fn encode_to(&self, out: &mut Writer, depth: usize, total: &mut usize) {
        out.string(&self.message);
        out.string(&self.type_name);
        out.string(&self.stack);
        out.bytes(&[self.kind as u8]);
        let room = if depth + 1 < DEEPEST { MOST - 1 - (*total).min(MOST - 1) } else { 0 };
        let causes = &self.causes[..self.causes.len().min(room)];
        *total += causes.len();
        out.bytes(&(causes.len() as u32).to_le_bytes());
        for cause in causes {
            cause.encode_to(out, depth + 1, total);
        }
    }

    pub(crate) fn decode(input: &mut Reader<'_>) -> Result<Chain, Malformed> {
        Chain::decode_from(input, 0, &mut 0)
    }

    fn decode_from(input: &mut Reader<'_>, depth: usize, total: &mut usize) -> Result<Chain, Malformed> {
        if depth >= DEEPEST {
            return Err(Malformed::Deep);
        }
        let (message, type_name, stack) =
            (input.string()?.to_owned(), input.string()?.to_owned(), input.string()?.to_owned());
        let [kind] = input.array()?;
        let count = u32::from_le_bytes(input.array()?) as usize;
        *total = total.saturating_add(count);
        if *total > MOST {
            return Err(Malformed::Deep);
        }
        let causes =
            (0..count).map(|_| Chain::decode_from(input, depth + 1, total)).collect::<Result<_, _>>()?;
        Ok(Chain { kind: ErrorKind::from_byte(kind)?, message, type_name, stack, causes })
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.type_name.is_empty() {
            write!(f, " ({})", self.type_name)?;
        }
        for cause in &self.causes {
            write!(f, "\ncaused by: {cause:?}")?;
        }
        if !self.stack.is_empty() {
            write!(f, "\nstack:\n{}", self.stack)?;
        }
        Ok(())
    }
}
