//! The answer to a batch of Go's that is a message: every item crosses as far as it can.

use crate::error::{ErrorKind, GoError, encode_closed};
use crate::frame::{Header, Status};
use crate::message::{Malformed, Writer};
use crate::panic;
use crate::shim::Rejected;
use crate::value::{Class, Encode, Shape};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// An item that did not end as its function says: its index, and the panic, or what was refused of its arguments or its result.
pub(super) struct Ended {
    at: u32,
    why: Why,
}

enum Why {
    Error(GoError),
    /// An object of this type, somewhere in this argument.
    Closed {
        text: String,
        argument: &'static str,
        of: &'static str,
    },
}

impl Ended {
    #[cold]
    pub(super) fn refused(name: &str, at: usize, rejected: &Rejected) -> Ended {
        let text = format!("{name}: {rejected}");
        let why = match *rejected.what() {
            Malformed::Closed { of } => Why::Closed { text, argument: rejected.name(), of },
            _ => Why::Error(GoError::of(ErrorKind::Rejected, text)),
        };
        Ended { at: at as u32, why }
    }

    #[cold]
    pub(super) fn panicked(at: usize, payload: Box<dyn Any + Send>) -> Ended {
        let (text, stack) = panic::describe(payload);
        let why = Why::Error(GoError::with_stack(ErrorKind::Panic, &text, &stack));
        Ended { at: at as u32, why }
    }

    #[cold]
    fn cannot_cross(at: usize, fault: &str) -> Ended {
        let text = format!("the result cannot cross: {fault}");
        Ended { at: at as u32, why: Why::Error(GoError::of(ErrorKind::Rejected, text)) }
    }
}

impl Shape for Ended {
    const CLASS: Class = Class::Compound;
    const PRINT: u64 = <(u32, GoError) as Shape>::PRINT;
}

impl Encode for Ended {
    fn encode(&self, out: &mut Writer) {
        self.at.encode(out);
        match &self.why {
            Why::Error(error) => error.encode(out),
            Why::Closed { text, argument, of } => encode_closed(out, text, argument, of),
        }
    }
}

/// Answers with the values of the items that have one, in order, and behind them, if not all have, the errors (if the function returns
/// any) and the rest, with their indices. A value or an error that cannot cross, or whose own code panics on the way, is of the rest.
pub(super) fn settle<T: Encode, E: Encode>(
    values: Vec<T>,
    errors: Option<Vec<(u32, E)>>,
    mut ended: Vec<Ended>,
    header: &mut Header<'_>,
) {
    header.message_as(|out| {
        if T::POD {
            values.encode_owned(out);
        } else {
            let lost = encode_each(values.into_iter(), T::encode_owned, out);
            if !lost.is_empty() {
                let others = errors.iter().flatten().map(|(at, _)| *at).chain(ended.iter().map(|e| e.at));
                let mut others: Vec<u32> = others.collect();
                others.sort_unstable();
                ended.extend(lost.into_iter().map(|lost| Ended { at: behind(&others, lost.at), ..lost }));
            }
        }
        if ended.is_empty() && errors.as_ref().is_none_or(Vec::is_empty) {
            return Status::Ok;
        }
        if let Some(errors) = errors {
            let indices: Vec<u32> = errors.iter().map(|(at, _)| *at).collect();
            let lost = encode_each(errors.into_iter(), <(u32, E)>::encode_owned, out);
            ended.extend(lost.into_iter().map(|lost| Ended { at: indices[lost.at as usize], ..lost }));
        }
        ended.encode_owned(out);
        Status::Error
    });
}

/// Appends a list of those that can cross, and returns the others; `at` is their place here. One trap is around many of them.
fn encode_each<T>(
    mut items: impl Iterator<Item = T>,
    encode: impl Fn(T, &mut Writer),
    out: &mut Writer,
) -> Vec<Ended> {
    let (mut next, mut lost) = (0, Vec::new());
    out.list(|out| {
        out.nested(|out| {
            let mut mark = out.mark();
            loop {
                let rest = || {
                    for item in items.by_ref() {
                        (next, mark) = (next + 1, out.mark());
                        encode(item, out);
                        if let Some(fault) = out.back_if_faulty(mark) {
                            lost.push(Ended::cannot_cross(next - 1, fault));
                        }
                    }
                };
                let Err(payload) = catch_unwind(AssertUnwindSafe(rest)) else { break };
                out.back_to(mark);
                lost.push(Ended::panicked(next - 1, payload));
            }
        });
        (next - lost.len(), ())
    });
    lost
}

/// The index of the value at `place`, if the items with these indices, in order, have none.
fn behind(others: &[u32], place: u32) -> u32 {
    others.iter().fold(place, |at, other| if *other <= at { at + 1 } else { at })
}
