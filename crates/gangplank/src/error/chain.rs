//! An error with its causes, as it crosses (clause 5.8).

use crate::go_value::GoValue;
use crate::message::{Malformed, Reader, Writer};
use std::fmt;

/// Limits of clause 5.8.
const DEEPEST: usize = 64;
const MOST: usize = 1024;

/// The kind that only an item of a batch has (clause 5.8).
const CLOSED: u8 = 5;

/// Added to the kind where the Go error itself follows (clause 5.8).
const ITSELF: u8 = 128;

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
    /// The Go error itself, which goes back where it came from.
    pub(crate) origin: Option<GoValue>,
}

impl Chain {
    pub(crate) fn new(kind: ErrorKind, message: String) -> Chain {
        Chain {
            kind,
            message,
            type_name: String::new(),
            stack: String::new(),
            causes: Vec::new(),
            origin: None,
        }
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
        match &self.origin {
            None => out.bytes(&[self.kind as u8]),
            Some(origin) => {
                let (keeper, handle) = out.passed().send(origin.clone());
                out.bytes(&[self.kind as u8 | ITSELF]);
                out.bytes(&keeper.to_le_bytes());
                out.bytes(&handle.to_le_bytes());
            }
        }
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
        let origin = if kind & ITSELF == 0 { None } else { Some(input.pair()?) };
        let origin =
            origin.filter(|&(keeper, _)| keeper != 0).map(|(keeper, handle)| GoValue::new(keeper, handle));
        let count = u32::from_le_bytes(input.array()?) as usize;
        *total = total.saturating_add(count);
        if *total > MOST {
            return Err(Malformed::Deep);
        }
        let causes =
            (0..count).map(|_| Chain::decode_from(input, depth + 1, total)).collect::<Result<_, _>>()?;
        Ok(Chain { kind: ErrorKind::from_byte(kind & !ITSELF)?, message, type_name, stack, causes, origin })
    }

    /// Passes over a chain that is refused.
    pub(crate) fn skip(input: &mut Reader<'_>) -> Result<(), Malformed> {
        input.nested(|input| {
            for _ in 0..3 {
                input.slice()?;
            }
            let [kind] = input.array()?;
            if kind & ITSELF != 0 {
                input.skip_pair()?;
            }
            let count = u32::from_le_bytes(input.array()?);
            (0..count).try_for_each(|_| Chain::skip(input))
        })
    }
}

/// Appends a chain that says that an object is closed: its type, and the argument that it was in.
pub(crate) fn encode_closed(out: &mut Writer, text: &str, argument: &str, of: &str) {
    out.string(text);
    out.string(of);
    out.string(argument);
    out.bytes(&[CLOSED]);
    out.bytes(&0u32.to_le_bytes());
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
