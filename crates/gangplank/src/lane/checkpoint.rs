//! Giving way: long native code on the fast lane lets the Go runtime in.

use super::context::{give_way, wanted};

/// Lets the Go runtime in, if it wants this thread.
///
/// A function on the fast lane holds a part of Go's scheduler, and a garbage collection waits for it. One that runs for more than a few microseconds without calling Go puts this into
/// its loop, and its attribute says so: `#[gangplank::export(fast, checkpoints)]`. (In a crate with imported traits every fast function can.) Elsewhere, on other threads and on the
/// cgo lane, it does nothing.
///
/// # Cost
/// A load and a compare. When Go wants the thread, which is when it collects garbage and once in ten milliseconds, a callback, whatever that waits for, and a pause of 50 to 100 µs, in which the collector has the CPU to itself.
///
/// ```
/// #[gangplank::export(fast, checkpoints)]
/// fn sum(numbers: &[u64]) -> u64 {
///     let mut sum = 0u64;
///     for &number in numbers {
///         sum = sum.wrapping_add(number);
///         gangplank::checkpoint();
///     }
///     sum
/// }
/// ```
#[inline(always)]
pub fn checkpoint() {
    if wanted() {
        give_way();
    }
}

/// [`checkpoint`] for iterators.
pub trait CheckpointExt: Iterator + Sized {
    /// The same items, with a [`checkpoint`] before each.
    ///
    /// ```
    /// use gangplank::CheckpointExt;
    /// let sum: u64 = (1..=10u64).checkpointed().sum();
    /// assert_eq!(sum, 55);
    /// ```
    fn checkpointed(self) -> Checkpointed<Self> {
        Checkpointed(self)
    }
}

impl<I: Iterator> CheckpointExt for I {}

/// See [`CheckpointExt::checkpointed`].
#[derive(Clone, Debug)]
#[must_use = "iterators do nothing unless they are consumed"]
pub struct Checkpointed<I>(I);

impl<I: Iterator> Iterator for Checkpointed<I> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        checkpoint();
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    #[inline]
    fn fold<B, F: FnMut(B, I::Item) -> B>(self, init: B, mut f: F) -> B {
        self.0.fold(init, |before, item| {
            checkpoint();
            f(before, item)
        })
    }
}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Checkpointed<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I::Item> {
        checkpoint();
        self.0.next_back()
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Checkpointed<I> {}
impl<I: std::iter::FusedIterator> std::iter::FusedIterator for Checkpointed<I> {}
