//! Reads a message that the other side wrote, and trusts none of it (clause 5.9).

use crate::go_value::GoValue;
use std::fmt;

/// What is wrong with a value that came over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// The message ends before the value does.
    Short,
    /// Bytes are left over.
    Long,
    /// A string is not UTF-8.
    Utf8 {
        /// The first byte that is not.
        at: usize,
    },
    /// A number is none of the values its type has.
    Value {
        /// The type.
        of: &'static str,
        /// The number.
        got: i128,
    },
    /// A nil interface where an enum or an error must stand.
    Nil {
        /// The type.
        of: &'static str,
    },
    /// No such function, implementation or object; the text says what happened and what to do.
    Refused(Box<str>),
    /// An object whose handle has ended.
    Closed {
        /// Its type.
        of: &'static str,
    },
    /// Nested deeper than clause 5.10 allows, or an error chain larger than clause 5.8 allows.
    Deep,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Malformed::Short => {
                f.write_str("the message is too short; generated Go code and Rust library differ")
            }
            Malformed::Long => {
                f.write_str("the message is too long; generated Go code and Rust library differ")
            }
            Malformed::Utf8 { at } => write!(
                f,
                "not valid UTF-8 at byte {at}; pass []byte (Vec<u8> or &[u8] in Rust) for arbitrary bytes"
            ),
            Malformed::Value { of, got } => write!(f, "{got} is not a value of {of}"),
            Malformed::Nil { of } => write!(f, "nil is not a value of {of}; it needs one of its variants"),
            Malformed::Refused(what) => f.write_str(what),
            Malformed::Closed { of } => {
                write!(f, "the {of} is closed: call Close only when it is no longer used")
            }
            Malformed::Deep => f.write_str("nested too deeply; is there a cycle?"),
        }
    }
}

impl std::error::Error for Malformed {}

/// The rest of a message.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    depth: usize,
    /// Objects in it are given: Go returned them (clause 8.3).
    result: bool,
    /// How many given values were taken; while skipping, how many still are to be passed over.
    given: usize,
}

impl<'a> Reader<'a> {
    /// Reads these bytes.
    pub fn new(message: &'a [u8]) -> Reader<'a> {
        Reader { rest: message, depth: 0, result: false, given: 0 }
    }

    /// Reads a result: what Go returned.
    pub fn result(message: &'a [u8]) -> Reader<'a> {
        Reader { result: true, ..Reader::new(message) }
    }

    /// Goes through the message of a call that was refused, to release what was given in it and not taken any more. `self` is how far the call came.
    pub(crate) fn again(&self, message: &'a [u8]) -> Reader<'a> {
        Reader { rest: message, depth: 0, result: self.result, given: self.given }
    }

    /// Notes that a given value was taken.
    #[inline]
    pub(crate) fn took(&mut self) {
        self.given += 1;
    }

    /// Takes keeper and handle of a value that is given (clauses 8.2, 8.3).
    #[inline]
    pub fn pair(&mut self) -> Result<(u64, u64), Malformed> {
        let (keeper, handle) = (u64::from_le_bytes(self.array()?), u64::from_le_bytes(self.array()?));
        self.took();
        Ok((keeper, handle))
    }

    /// Takes the handle of an object, and says whether it is given.
    #[inline]
    pub fn object(&mut self) -> Result<(u64, bool), Malformed> {
        let handle = u64::from_le_bytes(self.array()?);
        if self.result {
            self.took();
        }
        Ok((handle, self.result))
    }

    /// Is a given value one that the refused call had not taken?
    fn is_left(&mut self) -> bool {
        if self.given > 0 {
            self.given -= 1;
            return false;
        }
        true
    }

    /// Releases a pair that was not taken.
    pub(crate) fn release_pair(&mut self, keeper: u64, handle: u64) {
        if self.is_left() && keeper != 0 {
            drop(GoValue::new(keeper, handle));
        }
    }

    /// Passes over a pair, and releases it if it was not taken.
    pub fn skip_pair(&mut self) -> Result<(), Malformed> {
        let (keeper, handle) = (u64::from_le_bytes(self.array()?), u64::from_le_bytes(self.array()?));
        self.release_pair(keeper, handle);
        Ok(())
    }

    /// Passes over an object, and releases it if it was given and not taken.
    pub fn skip_object(&mut self, release: impl FnOnce(u64)) -> Result<(), Malformed> {
        let handle = u64::from_le_bytes(self.array()?);
        if self.result && self.is_left() {
            release(handle);
        }
        Ok(())
    }

    /// Goes behind a value that was refused, and releases what was given in it and not taken any more. The value begins at `start`; `self` is how far it was read.
    pub(crate) fn pass_over(
        &mut self,
        start: &Reader<'a>,
        skip: impl Fn(&mut Reader<'a>) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        // Once to count what is given in it, as if all of it had been taken; once to release the rest.
        let mut behind = Reader { given: usize::MAX, ..start.clone() };
        skip(&mut behind)?;
        skip(&mut Reader { given: self.given - start.given, ..start.clone() })?;
        *self =
            Reader { rest: behind.rest, given: start.given + (usize::MAX - behind.given), ..start.clone() };
        Ok(())
    }

    /// Takes the next `len` bytes.
    #[inline]
    pub fn bytes(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(Malformed::Short)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Takes the next `N` bytes.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(Malformed::Short)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// Takes a count of things that take at least `least` bytes each, and checks that so many can be there.
    #[inline]
    pub fn count(&mut self, least: usize) -> Result<usize, Malformed> {
        let count = u64::from_le_bytes(self.array()?);
        // A thing without bytes (unit) must not let eight bytes ask for any amount of work.
        if count > (self.rest.len() / least.max(1)) as u64 && (least > 0 || count > u32::MAX as u64) {
            return Err(Malformed::Short);
        }
        Ok(count as usize)
    }

    /// Takes a value inside another one of a type that may contain itself (clause 5.10).
    #[inline]
    pub fn nested<T>(
        &mut self,
        take: impl FnOnce(&mut Reader<'a>) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        if self.depth == super::DEEPEST {
            return Err(Malformed::Deep);
        }
        self.depth += 1;
        let value = take(self);
        self.depth -= 1;
        value
    }

    /// Takes a byte slice.
    #[inline]
    pub fn slice(&mut self) -> Result<&'a [u8], Malformed> {
        let count = self.count(1)?;
        self.bytes(count)
    }

    /// Takes a string.
    #[inline]
    pub fn string(&mut self) -> Result<&'a str, Malformed> {
        utf8(self.slice()?)
    }

    /// Nothing may be left.
    #[inline]
    pub fn finish(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed::Long) }
    }
}

/// Checks that bytes are a string.
#[inline]
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Malformed> {
    std::str::from_utf8(bytes).map_err(|e| Malformed::Utf8 { at: e.valid_up_to() })
}
