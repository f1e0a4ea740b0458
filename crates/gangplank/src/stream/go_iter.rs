//! An iterator of Go.

use super::pulled::{Pulled, Taken};
use super::{BATCH_ITEMS, FromGoItem, Iterated, ToGoItem, iterated};
use crate::function::{BORROWED, Returns};
use crate::go_value::{GoValue, not_nil};
use crate::import::{Call, Hint};
use crate::message::{Malformed, Passed, Reader, Writer};
use crate::value::{Class, Decode, Encode, Shape, print};
use std::fmt;

/// An iterator of Go: an `iter.Seq[T]`, or an `iter.Seq2[T, error]` where `T` is a `Result`.
///
/// It runs on a goroutine of its own from the first call of `next` on, a batch ahead at most, and items cross in batches. Dropped before its end, it tells the Go
/// function to end, as leaving a `for range` loop would; it does not wait until the Go function has.
///
/// # Errors
/// An error of Go is an item, and the iterator goes on behind it; so is one of kind `Rejected` in the place of an item that cannot cross (a string that is not UTF-8, a nil variant). A panic of the Go
/// function is the last item.
///
/// # Panics
/// Where `T` is no `Result`, `next` panics with what Go panicked with, or because an item cannot cross. Then the iterator has ended.
///
/// # Cost
/// One crossing and one allocation for a batch of up to 1,024 items; one crossing to drop it before its end.
pub struct GoIter<T: FromGoItem> {
    /// `None`: it has ended.
    value: Option<GoValue>,
    taken: Taken<T>,
    most: u32,
    hint: Hint,
}

/// The words of a pull: header, handle, the most items.
const WORDS: usize = 6;

impl<T: FromGoItem> GoIter<T> {
    /// Asks for one item at a time: the Go function does not go on before it is wanted. For iterators that do something at each step.
    #[must_use]
    pub fn unbuffered(mut self) -> Self {
        self.most = 1;
        self
    }

    #[inline]
    fn pull(&self, value: &GoValue, most: u32) -> Pulled<T::Value, T::Error> {
        Call::<WORDS>::function(value.pair(), const { &[Class::Scalar] }, &self.hint, move |call| {
            call.put(most)
        })
    }

    #[cold]
    #[inline(never)]
    fn next_batch(&mut self) -> Option<T> {
        loop {
            if let Some(error) = self.taken.error() {
                if !T::FALLIBLE {
                    self.taken = Taken::nothing();
                    self.stop();
                }
                return Some(T::error(error));
            }
            let value = self.value.as_ref()?;
            let pulled = crate::task::blocking(|| self.pull(value, self.most));
            if self.taken.refill(pulled) {
                self.end();
            }
            if let Some(item) = self.taken.value() {
                return Some(item);
            }
        }
    }

    /// The last pull said that nothing more comes. If that was an error, Go may not know: it is told.
    fn end(&mut self) {
        if self.taken.has_error() {
            self.stop();
        }
        self.value = None;
    }

    fn stop(&mut self) {
        if let Some(value) = self.value.take() {
            // If Go cannot be called from here, it finds out when the handle is released.
            drop(self.pull(&value, 0));
        }
    }
}

impl<T: FromGoItem> Iterator for GoIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self.taken.value() {
            Some(item) => Some(item),
            None => self.next_batch(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let there = self.taken.len();
        (there, self.value.is_none().then_some(there))
    }
}

impl<T: FromGoItem> std::iter::FusedIterator for GoIter<T> {}

impl<T: FromGoItem> Drop for GoIter<T> {
    fn drop(&mut self) {
        self.stop();
    }
}

impl<T: FromGoItem> fmt::Debug for GoIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GoIter").field("value", &self.value).finish_non_exhaustive()
    }
}

impl<T: FromGoItem> Shape for GoIter<T> {
    const CLASS: Class = Class::Pair;
    const PRINT: u64 = print::of(print::named("iterator"), &[<T as Returns>::PRINT]);
}

impl<'a, T: FromGoItem> Decode<'a> for GoIter<T> {
    const LEAST: usize = 16;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let (keeper, handle) = input.pair()?;
        Self::from_pair(keeper, handle)
    }

    fn from_pair(keeper: u64, handle: u64) -> Result<Self, Malformed> {
        not_nil(keeper, handle, "an iterator")?;
        let value = Some(GoValue::new(keeper, handle));
        Ok(GoIter { value, taken: Taken::nothing(), most: BATCH_ITEMS, hint: Hint::new() })
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.skip_pair()
    }
}

/// What came from Go goes back as any iterator of Rust does.
impl<T: FromGoItem + ToGoItem + Send> Encode for GoIter<T>
where
    <T as FromGoItem>::Value: Send,
    <T as FromGoItem>::Error: Send,
{
    fn encode(&self, out: &mut Writer) {
        out.fault(BORROWED);
    }

    fn to_pair(&self, _passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        Err(BORROWED)
    }

    fn into_pair(self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        let given: Iterated<T> = iterated(self);
        given.into_pair(passed)
    }
}

impl<'a, T: FromGoItem> Decode<'a> for Box<dyn Iterator<Item = T> + Send>
where
    T::Value: Send,
    T::Error: Send,
{
    const LEAST: usize = 16;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        GoIter::decode(input).map(|items| -> Self { Box::new(items) })
    }

    fn from_pair(keeper: u64, handle: u64) -> Result<Self, Malformed> {
        GoIter::from_pair(keeper, handle).map(|items| -> Self { Box::new(items) })
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.skip_pair()
    }
}
