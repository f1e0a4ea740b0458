//! Streams of Rust as Go gets them.

use super::ToGoItem;
use super::items::Polled;
use super::source::Source;
use super::waits::Waits;
use super::wakeup::Wakeup;
use crate::frame::{Header, Status};
use crate::function::{BORROWED, Filed, InTurn, Returns};
use crate::message::{Passed, Writer};
use crate::shim::{Arguments, Discard, Rejected};
use crate::task::{Mailbox, SHUT_DOWN, is_shut, within_executor};
use crate::value::{Class, Encode, Shape, print};
use futures_core::Stream;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Waker};

/// A stream of `T` that is given to Go (clause 12.1).
pub struct Streamed<T> {
    filed: Filed,
    items: PhantomData<fn() -> T>,
}

/// Makes any stream one that can be given.
pub fn streamed<S>(stream: S) -> Streamed<S::Item>
where
    S: Stream<Item: ToGoItem> + Send + 'static,
{
    given(stream, u32::MAX)
}

/// Makes any stream one of which a pull takes one item: it is not ahead of Go's loop (`#[export(unbuffered)]`).
pub fn streamed_singly<S>(stream: S) -> Streamed<S::Item>
where
    S: Stream<Item: ToGoItem> + Send + 'static,
{
    given(stream, 1)
}

fn given<S>(stream: S, limit: u32) -> Streamed<S::Item>
where
    S: Stream<Item: ToGoItem> + Send + 'static,
{
    let discard: Discard = |arguments| {
        arguments.skip::<u64>();
        arguments.skip::<u64>();
        arguments.skip::<u32>();
    };
    let source = InTurn::new(Box::new(Within(Source::new(Polled(Box::pin(stream))), Waits::default())));
    let body = move |arguments: &mut Arguments<'_>, header: &mut Header<'_>| -> Result<(), Rejected> {
        let (mailbox, ticket) = (arguments.take::<u64>("mailbox")?, arguments.take::<u64>("ticket")?);
        let most = arguments.take::<u32>("most")?;
        arguments.finish()?;
        // SAFETY: a mailbox lives for ever (clause 10.1).
        let mailbox = unsafe { Mailbox::at(mailbox) };
        source.enter(|source| pull(source, most.min(limit), header, mailbox, ticket))
    };
    let classes = const { &[Class::Scalar, Class::Scalar, Class::Scalar] };
    Streamed { filed: Filed::new(classes, discard, body), items: PhantomData }
}

/// A stream is polled and dropped where its runtime is at hand.
struct Within<S: Stream<Item: ToGoItem> + Send + 'static>(Source<Polled<S>>, Waits);

impl<S: Stream<Item: ToGoItem> + Send + 'static> Within<S> {
    fn end(&mut self) {
        if self.0.is_alive() {
            within_executor(|| self.0.end());
        }
    }
}

impl<S: Stream<Item: ToGoItem> + Send + 'static> Drop for Within<S> {
    fn drop(&mut self) {
        self.end();
    }
}

fn pull<S: Stream<Item: ToGoItem> + Send + 'static>(
    source: &mut Within<S>,
    most: u32,
    header: &mut Header<'_>,
    mailbox: Option<&'static Mailbox>,
    ticket: u64,
) {
    let Some(mailbox) = mailbox else {
        // It was stopped: nobody waits.
        let mut cx = Context::from_waker(Waker::noop());
        let _ = within_executor(|| source.0.pull(0, header, &mut cx));
        return;
    };
    if is_shut() && source.0.is_alive() {
        source.end();
        return header.text(Status::Unavailable, SHUT_DOWN);
    }
    let wakeup = Wakeup::new(mailbox, ticket);
    let waker = Waker::from(wakeup.clone());
    let mut cx = Context::from_waker(&waker);
    within_executor(|| {
        /// A panic is no pending answer.
        struct Disarm<'a>(&'a Wakeup);
        impl Drop for Disarm<'_> {
            fn drop(&mut self) {
                self.0.disarm();
            }
        }
        let disarm = Disarm(&wakeup);
        loop {
            if source.0.pull(most, header, &mut cx).is_ready() {
                return;
            }
            if wakeup.arm() {
                std::mem::forget(disarm);
                source.1.pending(&wakeup);
                return header.pending(0);
            }
        }
    });
}

impl<T: Returns> Shape for Streamed<T> {
    const CLASS: Class = Class::Pair;
    const PRINT: u64 = print::of(print::named("stream"), &[T::PRINT]);
}

impl<T: Returns> Encode for Streamed<T> {
    fn encode(&self, out: &mut Writer) {
        out.fault(BORROWED);
    }

    fn to_pair(&self, _passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        Err(BORROWED)
    }

    fn into_pair(self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        Ok(self.filed.file(passed))
    }
}

impl<T: Returns> Shape for Pin<Box<dyn Stream<Item = T> + Send>> {
    const CLASS: Class = Class::Pair;
    const PRINT: u64 = <Streamed<T> as Shape>::PRINT;
}

impl<T: ToGoItem> Encode for Pin<Box<dyn Stream<Item = T> + Send>> {
    fn encode(&self, out: &mut Writer) {
        out.fault(BORROWED);
    }

    fn to_pair(&self, _passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        Err(BORROWED)
    }

    fn into_pair(self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        streamed(self).into_pair(passed)
    }
}
