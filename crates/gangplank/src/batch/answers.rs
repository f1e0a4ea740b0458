//! Rust's batches in Go: one answer becomes a list of results.

use crate::error::{ErrorKind, GoError};
use crate::import::{FromGo, Input};
use crate::message::{Malformed, Reader};
use crate::value::{Class, Decode, Shape, print};

/// An item that did not end as its method says: its index, and why.
type Ended = (u32, GoError);

/// What an imported method returns for one item.
pub trait Answered: Sized {
    /// The answer as Go gives it.
    type Answer: Input;

    /// The results of all items.
    fn spread(count: usize, answer: Self::Answer) -> Vec<Self>;
}

/// A batch whose items did not all go well: the values of those that did, in order, and the others.
pub enum Failed<T, E> {
    /// Go's answer.
    Items(Vec<T>, Vec<(u32, E)>, Vec<Ended>),
    /// There is no answer: nothing of it can be told.
    Whole(GoError),
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
        <(Vec<T>, Vec<Ended>) as Shape>::PRINT
    } else {
        print::of(print::named("tuple"), &[<Vec<T> as Shape>::PRINT, <Vec<(u32, E)> as Shape>::PRINT, <Vec<Ended> as Shape>::PRINT])
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
    type Answer = Result<Vec<T>, Failed<T, Never>>;

    fn spread(count: usize, answer: Self::Answer) -> Vec<T> {
        let (values, ended) = match answer {
            Ok(values) if values.len() == count => return values,
            Ok(values) => (values, Vec::new()),
            Err(Failed::Items(values, _, ended)) => (values, ended),
            Err(Failed::Whole(error)) => give_up(&error),
        };
        match ended.first() {
            None => give_up(&wrong_count(count, values.len())),
            Some((index, error)) => {
                let more = match ended.len() - 1 {
                    0 => String::new(),
                    more => format!(" (and {more} more)"),
                };
                let text = format!("item {index} of {count}{more}: {error}");
                give_up(&GoError::with_stack(error.kind(), &text, error.stack().unwrap_or_default()))
            }
        }
    }
}

impl<T: for<'a> Decode<'a>, E: for<'a> Decode<'a> + FromGo> Answered for Result<T, E> {
    type Answer = Result<Vec<T>, Failed<T, E>>;

    fn spread(count: usize, answer: Self::Answer) -> Vec<Self> {
        match answer {
            Ok(values) if values.len() == count => values.into_iter().map(Ok).collect(),
            Ok(values) => all(count, &wrong_count(count, values.len())),
            Err(Failed::Whole(error)) => all(count, &error),
            Err(Failed::Items(values, failed, ended)) => {
                let got = values.len() + failed.len() + ended.len();
                merge(count, values, failed, ended).unwrap_or_else(|| all(count, &wrong_count(count, got)))
            }
        }
    }
}

/// Every item has this error.
fn all<T, E: FromGo>(count: usize, error: &GoError) -> Vec<Result<T, E>> {
    (0..count).map(|_| Err(E::from_go(error.clone()))).collect()
}

/// Puts every result in its place. `None` if they are not exactly one for each item.
fn merge<T, E: FromGo>(
    count: usize,
    values: Vec<T>,
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
    errors.into_iter().map(|error| error.map_or_else(|| values.next().map(Ok), |error| Some(Err(error)))).collect()
}

/// The end of a batch of a method that has no error to return.
#[cold]
#[track_caller]
fn give_up(error: &GoError) -> ! {
    match error.stack() {
        Some(stack) => panic!("{error}\n{stack}"),
        None => panic!("{error}"),
    }
}

#[cold]
fn wrong_count(count: usize, got: usize) -> GoError {
    GoError::of(ErrorKind::Rejected, format!(
        "Go answered {got} items of a batch of {count}; generated Go code and Rust library differ"
    ))
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
