//! What gives items: an iterator, or a stream.

use super::ToGoItem;
use std::task::{Context, Poll};

/// Gives items, or says that it would have to wait.
pub(super) trait Items: Send + 'static {
    type Item: ToGoItem;

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;
}

/// An iterator, which waits itself.
pub(super) struct Waits<I>(pub(super) I);

impl<I: Iterator<Item: ToGoItem> + Send + 'static> Items for Waits<I> {
    type Item = I::Item;

    #[inline]
    fn poll_item(&mut self, _cx: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }
}

/// A stream, in its place.
#[cfg(feature = "stream")]
pub(super) struct Polled<S>(pub(super) std::pin::Pin<Box<S>>);

#[cfg(feature = "stream")]
impl<S: futures_core::Stream<Item: ToGoItem> + Send + 'static> Items for Polled<S> {
    type Item = S::Item;

    #[inline]
    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}
