//! Rust's batches in Go: one answer becomes a list of results.

use super::arguments::decode_each;
use crate::error::{ErrorKind, GoError};
use crate::import::{FromGo, Hint, Input};
use crate::message::{Malformed, Reader};
use crate::value::{Class, Decode, Shape, print};

/// An item that did not end as its method says: its index, and why.
type Ended = (u32, GoError);

/// What an imported method returns for one item.
pub trait Answered: Sized {
    /// The answer as Go gives it.
    type Answer: Input;

    /// Lends memory for all results, if they are POD.
    fn lend(count: usize, hint: &Hint);

    /// The results of all items. `name` is the method's.
    fn spread(name: &str, count: usize, answer: Self::Answer) -> Vec<Self>;
}

/// A batch whose items did not all go well: the values of those that did, in order, and the others.
pub enum Failed<T, E> {
    /// Go's answer.
    Items(Values<T>, Vec<(u32, E)>, Vec<Ended>),
    /// There is no answer: nothing of it can be told.
    Whole(GoError),
}

/// The values of a batch.
pub enum Values<T> {
    /// All of them.
    All(Vec<T>),
    /// Each as far as it could be read: one that cannot be spoils only itself.
    Each(Vec<Result<T, Malformed>>),
}

impl<T> Values<T> {
    fn len(&self) -> usize {
        match self {
            Values::All(values) => values.len(),
            Values::Each(values) => values.len(),
        }
    }

    fn into_results(self) -> Vec<Result<T, Malformed>> {
        match self {
            Values::All(values) => values.into_iter().map(Ok).collect(),
            Values::Each(values) => values,
        }
    }
}

impl<T: Shape> Shape for Values<T> {
    const CLASS: Class = <[T]>::CLASS;
    const PRINT: u64 = <[T] as Shape>::PRINT;
}

impl<'a, T: Decode<'a>> Decode<'a> for Values<T> {
    const LEAST: usize = 8;
    const ALIGN: usize = <Vec<T> as Decode<'a>>::ALIGN;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        if T::POD {
            return Vec::decode(input).map(Values::All);
        }
        let count = input.count(T::LEAST)?;
        input.nested(|input| {
            // Nothing hangs on such values: they may be read again, one by one.
            if !std::mem::needs_drop::<T>() {
                let start = input.clone();
                match T::decode_all(count, input) {
                    Ok(values) => return Ok(Values::All(values)),
                    Err(_) => *input = start,
                }
            }
            decode_each(count, input).map(Values::Each)
        })
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        <Vec<T> as Decode<'a>>::skip(input)
    }

    #[inline]
    unsafe fn from_span(address: u64, len: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller's promise is the same.
        unsafe { Vec::from_span(address, len) }.map(Values::All)
    }

    #[inline]
    unsafe fn from_block(address: u64, len: u64, packed: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller's promise is the same.
        unsafe { Vec::from_block(address, len, packed) }.map(Values::All)
    }
}

/// Stands for the error of a method that has none.
pub enum Never {}

impl Shape for Never {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = 0;
}

impl<'a> Decode<'a> for Never {
    const LEAST: usize = 1;

    fn decode(_input: &mut Reader<'a>) -> Result<Self, Malformed> {
        Err(Malformed::Value { of: "an error that cannot be", got: 0 })
    }
}

impl<T, E> From<GoError> for Failed<T, E> {
    fn from(error: GoError) -> Self {
        Failed::Whole(error)
    }
}

const fn is_never<E: Shape>() -> bool {
    E::PRINT == <Never as Shape>::PRINT
}

impl<T: Shape, E: Shape> Shape for Failed<T, E> {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = if is_never::<E>() {
        <(Values<T>, Vec<Ended>) as Shape>::PRINT
    } else {
        print::of(
            print::named("tuple"),
            &[<Values<T> as Shape>::PRINT, <Vec<(u32, E)> as Shape>::PRINT, <Vec<Ended> as Shape>::PRINT],
        )
    };
}

impl<'a, T: Decode<'a>, E: Decode<'a>> Decode<'a> for Failed<T, E> {
    const LEAST: usize = 16;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let values = Decode::decode(input)?;
        let failed = if is_never::<E>() { Vec::new() } else { Decode::decode(input)? };
        Ok(Failed::Items(values, failed, Decode::decode(input)?))
    }
}

impl<T: for<'a> Decode<'a>> Answered for T {
    type Answer = Result<Values<T>, Failed<T, Never>>;

    #[inline]
    fn lend(count: usize, hint: &Hint) {
        lend::<T>(count, hint);
    }

    fn spread(name: &str, count: usize, answer: Self::Answer) -> Vec<T> {
        let results = match answer {
            Ok(Values::All(values)) if values.len() == count => return values,
            answer => results::<T, GoError>(name, count, answer.map_err(Failed::without)),
        };
        let failed = results.iter().filter(|result| result.is_err()).count();
        let values = results
            .into_iter()
            .enumerate()
            .map(|(index, result)| result.unwrap_or_else(|error| give_up(&error, index, count, failed)));
        values.collect()
    }
}

impl<T: for<'a> Decode<'a>, E: for<'a> Decode<'a> + FromGo> Answered for Result<T, E> {
    type Answer = Result<Values<T>, Failed<T, E>>;

    #[inline]
    fn lend(count: usize, hint: &Hint) {
        lend::<T>(count, hint);
    }

    fn spread(name: &str, count: usize, answer: Self::Answer) -> Vec<Self> {
        match answer {
            Ok(Values::All(values)) if values.len() == count => values.into_iter().map(Ok).collect(),
            answer => results(name, count, answer),
        }
    }
}

#[inline]
fn lend<T: Shape>(count: usize, hint: &Hint) {
    if T::POD {
        hint.expect(count.saturating_mul(size_of::<T>()).min(isize::MAX as usize / 2));
    }
}

impl<T> Failed<T, Never> {
    /// The same where an error can be.
    fn without(self) -> Failed<T, GoError> {
        match self {
            Failed::Items(values, _, ended) => Failed::Items(values, Vec::new(), ended),
            Failed::Whole(error) => Failed::Whole(error),
        }
    }
}

fn results<T, E: FromGo>(
    name: &str,
    count: usize,
    answer: Result<Values<T>, Failed<T, E>>,
) -> Vec<Result<T, E>> {
    let (values, failed, ended) = match answer {
        Ok(values) => (values, Vec::new(), Vec::new()),
        Err(Failed::Items(values, failed, ended)) => (values, failed, ended),
        Err(Failed::Whole(error)) => return all(count, &error),
    };
    let got = values.len() + failed.len() + ended.len();
    let own =
        |value: Result<T, Malformed>| value.map_err(|what| E::from_go(crate::import::malformed(name, &what)));
    let values = values.into_results().into_iter().map(own).collect();
    merge(count, values, failed, ended).unwrap_or_else(|| all(count, &wrong_count(count, got)))
}

/// Every item has this error.
fn all<T, E: FromGo>(count: usize, error: &GoError) -> Vec<Result<T, E>> {
    (0..count).map(|_| Err(E::from_go(error.clone()))).collect()
}

/// Puts every result in its place. `None` if they are not exactly one for each item.
fn merge<T, E: FromGo>(
    count: usize,
    values: Vec<Result<T, E>>,
    failed: Vec<(u32, E)>,
    ended: Vec<Ended>,
) -> Option<Vec<Result<T, E>>> {
    if values.len() + failed.len() + ended.len() != count {
        return None;
    }
    let mut errors: Vec<Option<E>> = (0..count).map(|_| None).collect();
    let all = failed.into_iter().chain(ended.into_iter().map(|(index, error)| (index, E::from_go(error))));
    for (index, error) in all {
        let place = errors.get_mut(index as usize).filter(|place| place.is_none())?;
        *place = Some(error);
    }
    let mut values = values.into_iter();
    errors.into_iter().map(|error| error.map_or_else(|| values.next(), |error| Some(Err(error)))).collect()
}

/// The end of a batch of a method that has no error to return.
#[cold]
#[track_caller]
fn give_up(error: &GoError, index: usize, count: usize, failed: usize) -> ! {
    let more = if failed > 1 { format!(" (and {} more)", failed - 1) } else { String::new() };
    match error.stack() {
        Some(stack) => panic!("item {index} of {count}{more}: {error}\n{stack}"),
        None => panic!("item {index} of {count}{more}: {error}"),
    }
}

#[cold]
fn wrong_count(count: usize, got: usize) -> GoError {
    GoError::of(
        ErrorKind::Rejected,
        format!("Go answered {got} items of a batch of {count}; generated Go code and Rust library differ"),
    )
}

/// How many items a batch has.
///
/// # Panics
/// If its slices are not of the same length.
#[track_caller]
pub fn same_length(name: &str, lengths: &[usize]) -> usize {
    let count = lengths.first().copied().unwrap_or(0);
    assert!(
        lengths.iter().all(|len| *len == count),
        "{name}: the slices of a batch are of different lengths: {lengths:?}"
    );
    count
}
