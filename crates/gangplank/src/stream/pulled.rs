//! What a pull of a sequence of Go brings, and what is left of it.

use super::FromGoItem;
use crate::error::{ErrorKind, GoError};
use crate::import::{Answer, FromGo, Input};
use crate::message::{Malformed, Reader};
use crate::value::{Class, Decode, Shape};
use std::{mem, vec};

/// The answer of a pull (clause 12.3).
pub(super) struct Pulled<T, E> {
    batch: Batch<T>,
    error: Option<E>,
    ended: bool,
}

impl<T: for<'a> Decode<'a>, E: for<'a> Decode<'a> + FromGo> Input for Pulled<T, E> {
    const PRINT: u64 = 0;
    const CLASS: Class = Class::Compound;
    const ALIGN: usize = 8;

    // A function pointer would be of one lifetime.
    #[allow(clippy::redundant_closure)]
    fn take(answer: Answer<'_>) -> Result<Self, GoError> {
        if answer.is_error() {
            let error = answer.message(|input| E::decode(input), |input| E::skip(input));
            return Ok(Self::error(error.unwrap_or_else(E::from_go)));
        }
        if answer.is_foreign() {
            let error = answer.message(|input| GoError::decode(input), |input| GoError::skip(input));
            return Ok(Self::error(E::from_go(error.unwrap_or_else(|refused| refused))));
        }
        let (batch, ended) = answer.value::<(Batch<T>, bool)>()?;
        Ok(Pulled { batch, error: None, ended })
    }

    /// What is no item ends the sequence.
    #[cold]
    fn fail(error: GoError) -> Self {
        Pulled { ended: true, ..Self::error(E::from_go(error)) }
    }
}

impl<T, E> Pulled<T, E> {
    /// An item that is an error.
    fn error(error: E) -> Self {
        Pulled { batch: Batch::default(), error: Some(error), ended: false }
    }
}

/// The values of a batch, each as far as it can be read: one that is refused spoils only itself.
struct Batch<T> {
    /// Values, and what is wrong with the one behind them.
    spoiled: Vec<(Vec<T>, Malformed)>,
    /// The values behind those.
    last: Vec<T>,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Batch { spoiled: Vec::new(), last: Vec::new() }
    }
}

impl<T: Shape> Shape for Batch<T> {
    const CLASS: Class = <[T]>::CLASS;
    const PRINT: u64 = <[T] as Shape>::PRINT;
}

impl<'a, T: Decode<'a>> Decode<'a> for Batch<T> {
    const LEAST: usize = 8;
    const ALIGN: usize = <Vec<T> as Decode<'a>>::ALIGN;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let count = input.count(T::LEAST)?;
        input.nested(|input| {
            // Nothing hangs on such values: they may be read again, one by one.
            if !mem::needs_drop::<T>() {
                let start = input.clone();
                match T::decode_all(count, input) {
                    Ok(last) => return Ok(Batch { spoiled: Vec::new(), last }),
                    Err(_) => *input = start,
                }
            }
            decode_each(count, input)
        })
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        <Vec<T> as Decode<'a>>::skip(input)
    }
}

/// Takes values. One that is refused is passed over, and the next is taken.
fn decode_each<'a, T: Decode<'a>>(count: usize, input: &mut Reader<'a>) -> Result<Batch<T>, Malformed> {
    let mut batch =
        Batch { spoiled: Vec::new(), last: Vec::with_capacity(count.min(super::BATCH_ITEMS as usize)) };
    for _ in 0..count {
        let start = input.clone();
        match T::decode(input) {
            Ok(value) => batch.last.push(value),
            Err(fault) => {
                input.pass_over(&start, T::skip)?;
                batch.spoiled.push((mem::take(&mut batch.last), fault));
            }
        }
    }
    Ok(batch)
}

/// What was pulled and not yet taken.
pub(super) struct Taken<T: FromGoItem> {
    values: vec::IntoIter<T::Value>,
    /// What comes behind the values: an item that is an error, and the values behind that. The last one first.
    behind: Vec<(T::Error, Vec<T::Value>)>,
}

impl<T: FromGoItem> Taken<T> {
    pub(super) fn nothing() -> Self {
        Taken { values: Vec::new().into_iter(), behind: Vec::new() }
    }

    /// Puts a new batch in the place of one that was taken whole. Says whether the sequence has ended.
    pub(super) fn refill(&mut self, pulled: Pulled<T::Value, T::Error>) -> bool {
        let Batch { mut spoiled, last } = pulled.batch;
        let mut values = last;
        self.behind.extend(pulled.error.map(|error| (error, Vec::new())));
        while let Some((before, fault)) = spoiled.pop() {
            let text = format!("an item of the Go function cannot cross: {fault}");
            let error = T::Error::from_go(GoError::of(ErrorKind::Rejected, text));
            self.behind.push((error, mem::replace(&mut values, before)));
        }
        self.values = values.into_iter();
        pulled.ended
    }

    /// The next value, if it is there and no error comes before it.
    #[inline]
    pub(super) fn value(&mut self) -> Option<T> {
        self.values.next().map(T::value)
    }

    /// The error behind the values.
    pub(super) fn error(&mut self) -> Option<T::Error> {
        let (error, values) = self.behind.pop()?;
        self.values = values.into_iter();
        Some(error)
    }

    /// Is there an error behind the values?
    pub(super) fn has_error(&self) -> bool {
        !self.behind.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.values.len() + self.behind.iter().map(|(_, values)| 1 + values.len()).sum::<usize>()
    }
}
