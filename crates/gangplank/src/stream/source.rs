//! A Rust iterator, pulled by Go.

use super::{BATCH_BYTES, ToGoItem};
use crate::frame::{Header, Status};
use crate::message::Writer;
use crate::panic::describe;
use crate::value::Encode;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

/// A batch in the making is sent when it took so long: what is there must not wait for what comes slowly.
const SLOW: Duration = Duration::from_millis(1);

/// An iterator, and what it said behind the last batch.
pub(super) struct Source<I: Iterator<Item: ToGoItem>> {
    /// `None`: it has ended.
    items: Option<I>,
    held: Option<Held<<I::Item as ToGoItem>::Error>>,
}

/// What ends a batch, and is the answer of the next pull.
enum Held<E> {
    Error(E),
    Panic { text: String, stack: String },
}

/// What came of an attempt to make a batch.
enum Made<E> {
    /// A list, and whether the iterator has ended.
    Batch { ended: bool },
    /// Nothing before this.
    Error(E),
}

impl<I: Iterator<Item: ToGoItem>> Source<I> {
    pub(super) fn new(items: I) -> Self {
        Source { items: Some(items), held: None }
    }

    /// Answers a pull (clause 12.3).
    pub(super) fn pull(&mut self, most: u32, header: &mut Header<'_>) {
        if most == 0 {
            self.held = None;
            // Its Drop may panic; that fails this pull and no other.
            drop(self.items.take());
        }
        match self.held.take() {
            Some(Held::Error(error)) => return fail(header, error),
            Some(Held::Panic { text, stack }) => {
                return header.message(Status::Panic, |out| {
                    out.string(&text);
                    out.string(&stack);
                });
            }
            None => {}
        }
        let mut first = None;
        header.message(Status::Ok, |out| match self.batch(most, out) {
            Made::Batch { ended } => out.bytes(&[u8::from(ended)]),
            Made::Error(error) => first = Some(error),
        });
        if let Some(error) = first {
            fail(header, error);
        }
    }

    /// Writes a list of the next items. A panic before the first goes on; one behind it is held.
    fn batch(&mut self, most: u32, out: &mut Writer) -> Made<<I::Item as ToGoItem>::Error> {
        let Some(items) = &mut self.items else {
            out.count(0);
            return Made::Batch { ended: true };
        };
        let mut count = 0;
        let mut error = None;
        let mut ended = false;
        // Where the last whole item ends.
        let mut whole = 0;
        let end = out.list(|out| {
            let began = (most > 1).then(Instant::now);
            let start = out.len();
            whole = start;
            let fill = AssertUnwindSafe(|| {
                while count < most {
                    match items.next().map(ToGoItem::split) {
                        Some(Ok(value)) => value.encode_owned(out),
                        Some(Err(behind)) => return error = Some(behind),
                        None => return ended = true,
                    }
                    whole = out.len();
                    count += 1;
                    let full = whole - start >= BATCH_BYTES;
                    let look = count.is_power_of_two() || count % 16 == 0;
                    if full || look && began.is_some_and(|began| began.elapsed() >= SLOW) {
                        return;
                    }
                }
            });
            let end = catch_unwind(fill);
            (count as usize, end)
        });
        if let Err(payload) = end {
            // In the middle of an item nothing of the batch can be saved.
            if count == 0 || out.len() != whole {
                self.end();
                resume_unwind(payload);
            }
            let (text, stack) = describe(payload);
            self.end();
            self.held = Some(Held::Panic { text, stack });
            return Made::Batch { ended: false };
        }
        if ended || out.check().is_err() {
            self.end();
        }
        match error {
            Some(error) if count == 0 => Made::Error(error),
            Some(error) => {
                self.held = Some(Held::Error(error));
                Made::Batch { ended: false }
            }
            None => Made::Batch { ended },
        }
    }

    /// Drops the iterator. No call fails with a panic of its Drop: the items are there.
    fn end(&mut self) {
        let items = self.items.take();
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(items))) {
            crate::panic::report("an iterator", payload);
        }
    }
}

fn fail<E: Encode>(header: &mut Header<'_>, error: E) {
    header.message(Status::Error, |out| error.encode_owned(out));
}
