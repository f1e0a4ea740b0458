//! An iterator or a stream of Rust, pulled by Go.

use super::items::Items;
use super::{BATCH_BYTES, ToGoItem};
use crate::error::{ErrorKind, GoError};
use crate::frame::{Header, Status};
use crate::message::{Mark, Writer};
use crate::panic::describe;
use crate::value::Encode;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// A batch in the making is sent when it took so long: what is there must not wait for what comes slowly.
const SLOW: Duration = Duration::from_millis(1);

type ErrorOf<I> = <<I as Items>::Item as ToGoItem>::Error;

/// What gives items, and what it said behind the last batch.
pub(super) struct Source<I: Items> {
    /// `None`: it has ended.
    items: Option<I>,
    held: Option<Held<ErrorOf<I>>>,
}

/// What ends a batch, and is the answer of the next pull.
enum Held<E> {
    Error(E),
    /// An item that cannot cross.
    Refused(&'static str),
    Panic {
        text: String,
        stack: String,
    },
}

/// What came of an attempt to make a batch.
enum Made<E> {
    /// A list, and whether that was all.
    Batch {
        ended: bool,
    },
    /// Nothing before this.
    Error(E),
    Refused(&'static str),
    /// Nothing yet.
    Pending,
}

/// What ends the filling of a batch.
enum End<E> {
    Full,
    Ended,
    Pending,
    Error(E),
    Refused(&'static str),
}

impl<I: Items> Source<I> {
    /// Has it not ended?
    #[cfg(feature = "stream")]
    pub(super) fn is_alive(&self) -> bool {
        self.items.is_some()
    }

    pub(super) fn new(items: I) -> Self {
        Source { items: Some(items), held: None }
    }

    /// Answers a pull (clause 12.3), unless that has to wait: then the header is untouched, and `cx` is woken.
    pub(super) fn pull(&mut self, most: u32, header: &mut Header<'_>, cx: &mut Context<'_>) -> Poll<()> {
        if most == 0 {
            self.held = None;
            // Its Drop may panic; that fails this pull and no other.
            drop(self.items.take());
        }
        match self.held.take() {
            Some(Held::Error(error)) => {
                fail(header, error);
                return Poll::Ready(());
            }
            Some(Held::Refused(fault)) => {
                refuse(header, fault);
                return Poll::Ready(());
            }
            Some(Held::Panic { text, stack }) => {
                header.message(Status::Panic, |out| {
                    out.string(&text);
                    out.string(&stack);
                });
                return Poll::Ready(());
            }
            None => {}
        }
        let mut other = None;
        header.message_if(Status::Ok, |out| match self.batch(most, out, cx) {
            Made::Batch { ended } => {
                out.bytes(&[u8::from(ended)]);
                true
            }
            made => {
                other = Some(made);
                false
            }
        });
        match other {
            Some(Made::Error(error)) => fail(header, error),
            Some(Made::Refused(fault)) => refuse(header, fault),
            Some(_) => return Poll::Pending,
            None => {}
        }
        Poll::Ready(())
    }

    /// Writes a list of the next items. A panic before the first goes on; one behind it is held.
    fn batch(&mut self, most: u32, out: &mut Writer, cx: &mut Context<'_>) -> Made<ErrorOf<I>> {
        let Some(items) = &mut self.items else {
            out.count(0);
            return Made::Batch { ended: true };
        };
        let mut count = 0;
        // Where the last whole item ends.
        let mut whole = Mark::default();
        let end = out.list(|out| {
            let fill = AssertUnwindSafe(|| fill(items, most, out, cx, &mut count, &mut whole));
            let end = catch_unwind(fill);
            (count as usize, end)
        });
        let end = match end {
            Ok(end) => end,
            Err(payload) => {
                if count == 0 {
                    self.end();
                    resume_unwind(payload);
                }
                let (text, stack) = describe(payload);
                self.end();
                take_back(out, whole);
                self.held = Some(Held::Panic { text, stack });
                return Made::Batch { ended: false };
            }
        };
        let ended = matches!(end, End::Ended);
        if ended {
            self.end();
        }
        match end {
            End::Error(error) if count == 0 => return Made::Error(error),
            End::Error(error) => self.held = Some(Held::Error(error)),
            End::Refused(fault) if count == 0 => return Made::Refused(fault),
            End::Refused(fault) => {
                take_back(out, whole);
                self.held = Some(Held::Refused(fault));
            }
            End::Pending if count == 0 => return Made::Pending,
            End::Full | End::Ended | End::Pending => {}
        }
        Made::Batch { ended }
    }

    /// Drops what gives items. No call fails with a panic of its Drop: the items are there.
    pub(super) fn end(&mut self) {
        let items = self.items.take();
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(items))) {
            crate::panic::report("an iterator", payload);
        }
    }
}

/// Appends items until the batch has enough.
#[inline]
fn fill<I: Items>(
    items: &mut I,
    most: u32,
    out: &mut Writer,
    cx: &mut Context<'_>,
    count: &mut u32,
    whole: &mut Mark,
) -> End<ErrorOf<I>> {
    let began = (most > 1).then(Instant::now);
    let start = out.len();
    *whole = out.mark();
    while *count < most {
        match items.poll_item(cx).map(|item| item.map(ToGoItem::split)) {
            Poll::Ready(Some(Ok(value))) => value.encode_owned(out),
            Poll::Ready(Some(Err(error))) => return End::Error(error),
            Poll::Ready(None) => return End::Ended,
            Poll::Pending => return End::Pending,
        }
        if let Err(fault) = out.check() {
            return End::Refused(fault);
        }
        *count += 1;
        out.advance(whole);
        let look = count.is_power_of_two() || *count % 16 == 0;
        if out.len() - start >= BATCH_BYTES || look && began.is_some_and(|began| began.elapsed() >= SLOW) {
            break;
        }
    }
    End::Full
}

/// Answers with an item's error.
fn fail<E: Encode>(header: &mut Header<'_>, error: E) {
    if let Err(fault) = header.try_message(Status::Error, |out| error.encode_owned(out)) {
        refuse(header, fault);
    }
}

/// Answers that an item cannot cross (clause 12.3).
#[cold]
fn refuse(header: &mut Header<'_>, fault: &str) {
    let error = GoError::of(ErrorKind::Rejected, format!("an item cannot cross: {fault}"));
    header.message(Status::Foreign, |out| error.encode(out));
}

/// Takes an item back that is there in part. What was in it is dropped, and that may panic.
#[cold]
fn take_back(out: &mut Writer, whole: Mark) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| out.back_to(whole))) {
        crate::panic::report("an item that cannot cross", payload);
    }
}
