//! A stream of Go.

use super::pulled::{Pulled, Taken};
use super::{BATCH_ITEMS, FromGoItem};
use crate::function::Returns;
use crate::go_value::{GoValue, not_nil};
use crate::import::{Call, Hint};
use crate::message::{Malformed, Reader};
use crate::task::{AsyncMethod, Calling, call_function};
use crate::value::{Class, Decode, Shape, print};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A stream of Go: an `iter.Seq[T]`, or an `iter.Seq2[T, error]` where `T` is a `Result`.
///
/// The Go function runs on a goroutine of its own from the first poll on, a batch ahead at most, and items cross in batches. Where there is no item, nothing waits but the task: Go wakes it. With
/// the feature `stream` it is a `futures_core::Stream`; without, there is [`next`](GoStream::next). It needs no particular runtime. Dropped before its end, it tells the Go function to end, as
/// leaving a `for range` loop would; it does not wait until the Go function has.
///
/// # Errors
/// An error of Go is an item, and the stream goes on behind it; so is one of kind `Rejected` in the place of an item that cannot cross (a string that is not UTF-8, a nil variant). A panic of the Go
/// function is the last item.
///
/// # Panics
/// Where `T` is no `Result`, polling panics with what Go panicked with, or because an item cannot cross. Then the stream has ended.
///
/// # Cancel safety
/// Dropping the future of `next` loses no item.
///
/// # Cost
/// One crossing and one allocation for a batch of up to 1,024 items, and one more crossing where it had to wait; one crossing to drop it before its end.
pub struct GoStream<T: FromGoItem> {
    /// `None`: it has ended.
    value: Option<GoValue>,
    taken: Taken<T>,
    most: u32,
    pull: Option<Calling<'static, Pulled<T::Value, T::Error>>>,
}

/// A pull of a batch.
static PULL: AsyncMethod = AsyncMethod::function("a Go stream", &[Class::Scalar]);

/// The words of a pull: header, handle, call, time that is left, the most items.
const WORDS: usize = 8;

// Nothing in it is pinned in place.
impl<T: FromGoItem> Unpin for GoStream<T> {}

impl<T: FromGoItem> GoStream<T> {
    /// Asks for one item at a time: the Go function does not go on before it is wanted. For streams that do something at each step.
    #[must_use]
    pub fn unbuffered(mut self) -> Self {
        self.most = 1;
        self
    }

    /// The next item, `None` at the end.
    pub async fn next(&mut self) -> Option<T> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    /// Whether the next item is there.
    #[inline]
    pub fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        match self.taken.value() {
            Some(item) => Poll::Ready(Some(item)),
            None => self.poll_batch(cx),
        }
    }

    #[cold]
    #[inline(never)]
    fn poll_batch(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        loop {
            if let Some(error) = self.taken.error() {
                if !T::FALLIBLE {
                    self.taken = Taken::nothing();
                    self.stop();
                }
                return Poll::Ready(Some(T::error(error)));
            }
            let Some(value) = &self.value else { return Poll::Ready(None) };
            let most = self.most;
            let pull = self.pull.get_or_insert_with(|| call_function(&PULL, value, |call| call.put(most)));
            let pulled = ready!(Pin::new(pull).poll(cx));
            self.pull = None;
            if self.taken.refill(pulled) {
                self.end();
            }
            if let Some(item) = self.taken.value() {
                return Poll::Ready(Some(item));
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
        // Go may be about to wake it.
        self.pull = None;
        if let Some(value) = self.value.take() {
            let classes = const { &[Class::Scalar, Class::Scalar, Class::Scalar] };
            let stop = |call: &mut Call<'_, WORDS>| (call.put(0u64), call.put(i64::MAX), call.put(0u32));
            // If Go cannot be called from here, it finds out when the handle is released.
            drop(Call::<WORDS>::function::<Pulled<T::Value, T::Error>, _>(
                value.pair(),
                classes,
                &Hint::new(),
                stop,
            ));
        }
    }
}

#[cfg(feature = "stream")]
impl<T: FromGoItem> futures_core::Stream for GoStream<T> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.get_mut().poll_item(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let there = self.taken.len();
        (there, self.value.is_none().then_some(there))
    }
}

#[cfg(feature = "stream")]
impl<T: FromGoItem> futures_core::FusedStream for GoStream<T> {
    fn is_terminated(&self) -> bool {
        self.value.is_none() && self.taken.len() == 0
    }
}

impl<T: FromGoItem> Drop for GoStream<T> {
    fn drop(&mut self) {
        self.stop();
    }
}

impl<T: FromGoItem> fmt::Debug for GoStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GoStream").field("value", &self.value).finish_non_exhaustive()
    }
}

impl<T: FromGoItem> Shape for GoStream<T> {
    const CLASS: Class = Class::Pair;
    const PRINT: u64 = print::of(print::named("stream"), &[<T as Returns>::PRINT]);
}

impl<'a, T: FromGoItem> Decode<'a> for GoStream<T> {
    const LEAST: usize = 16;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let (keeper, handle) = input.pair()?;
        Self::from_pair(keeper, handle)
    }

    fn from_pair(keeper: u64, handle: u64) -> Result<Self, Malformed> {
        not_nil(keeper, handle, "a stream")?;
        let value = Some(GoValue::new(keeper, handle));
        Ok(GoStream { value, taken: Taken::nothing(), most: BATCH_ITEMS, pull: None })
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        input.skip_pair()
    }
}
