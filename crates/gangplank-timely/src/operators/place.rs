//! A node on a worker, whether its work is done in Go or in Rust.

use crate::batch::{Data, GoBatch};
use crate::build::{Malformed, OnWorker, Out};
use crate::context::{Context, Lent};
use gangplank::GoError;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use timely::Accountable;

/// A source may have more at once.
pub(super) const MORE: u8 = 0;
/// A source has nothing now.
pub(super) const NOTHING_NOW: u8 = 1;
/// A source has ended.
const END: u8 = 2;

/// See the module.
pub(super) struct Place {
    pub(super) number: usize,
    pub(super) instance: u64,
    pub(super) context: Rc<Context>,
    /// What is done in Rust.
    outside: Option<RefCell<OnWorker>>,
}

impl Place {
    pub(super) fn new(number: usize, instance: u64, context: &Rc<Context>) -> Place {
        let outside = context.shared.outside[number].as_ref();
        let outside = outside.map(|outside| RefCell::new(outside.open(context.worker, context.workers)));
        Place { number, instance, context: context.clone(), outside }
    }

    /// Asks a source; `None` if it failed.
    pub(super) fn pull(&self) -> Option<(Option<GoBatch>, u8)> {
        let Some(outside) = &self.outside else {
            let (batch, length, state) = self.context.cross(self.number, |go| go.pull(self.instance))?;
            return Some((self.context.sent(self.number, (batch, length)), state));
        };
        let (out, more) = self.guard(|| outside.borrow_mut().pull())?;
        Some((self.written(out), if more { MORE } else { END }))
    }

    /// Runs the node on a batch: its results.
    pub(super) fn run(&self, batch: GoBatch) -> Option<GoBatch> {
        let Some(outside) = &self.outside else {
            let Lent { handle, last, keep } = self.context.take(self.number, batch)?;
            let answer = self.context.cross(self.number, |go| go.run(self.instance, handle, last));
            drop(keep);
            return self.context.sent(self.number, answer?);
        };
        self.context.shared.counters[self.number].received(batch.record_count());
        let out = match &batch.data {
            Data::Empty => return None,
            Data::Here(held) => {
                // Encoded by Go, once: other readers in Rust and in other processes get the same bytes.
                let encoded = self.context.cross(self.number, |_| Ok(held.encoded()))?;
                match encoded {
                    Ok(bytes) => self.guard(|| outside.borrow_mut().run(bytes)),
                    Err(why) => return self.fail(held.node as usize, why),
                }
            }
            Data::Arrived(arrived) if arrived.failed => {
                return self.fail(arrived.node as usize, &String::from_utf8_lossy(arrived.bytes()));
            }
            Data::Arrived(arrived) => self.guard(|| outside.borrow_mut().run(arrived.bytes())),
        };
        match out? {
            Ok(out) => self.written(out),
            Err(Malformed) => self.fail(self.number, "Go's bytes are not what the type says in Rust"),
        }
    }

    /// The end of its input: what it still has to say. Called until that is nothing.
    pub(super) fn end(&self) -> Option<GoBatch> {
        match self.outside {
            Some(_) => None,
            None => {
                let answer = self.context.cross(self.number, |go| go.end(self.instance))?;
                self.context.sent(self.number, answer)
            }
        }
    }

    /// What Rust sent, as a batch.
    fn written(&self, out: Out<()>) -> Option<GoBatch> {
        self.context.handled.set(self.context.handled.get() + 1);
        if out.count() == 0 {
            return None;
        }
        self.context.shared.counters[self.number].sent(out.count());
        Some(GoBatch::written(out.count(), self.number as u32, |to| out.write(to)))
    }

    /// Calls the user's function. Its panic is a failure.
    fn guard<R>(&self, call: impl FnOnce() -> R) -> Option<R> {
        if self.context.shared.stop.is_set() {
            return None;
        }
        match catch_unwind(AssertUnwindSafe(call)) {
            Ok(result) => Some(result),
            Err(payload) => {
                let text = payload.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a value");
                self.fail(self.number, &format!("panic in Rust: {text}"))
            }
        }
    }

    fn fail<R>(&self, number: usize, why: &str) -> Option<R> {
        self.context.fail(number, &GoError::new(why.to_owned()));
        None
    }
}
