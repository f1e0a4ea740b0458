//! Go's batches in Rust: the loop over the items, and what becomes of those that fail.

use crate::error::{ErrorKind, GoError};
use crate::frame::Header;
use crate::panic;
use crate::shim::{Output, Rejected};
use crate::value::Encode;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// An item that did not end as its function says: its index, and the panic, or what was refused of its arguments.
type Ended = (u32, GoError);

/// What an exported function returns for one item. The answer is `Vec<T>` where all items went well; else an error that holds
/// the values of those that did, and index and error of all others.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross from Rust to Go",
    label = "not a type that gangplank knows",
    note = "add `#[gangplank::record]` (or `#[gangplank::error]`) to the type's definition, or return another type"
)]
pub trait Item: Sized {
    /// What the answer's type is (clause 6.5).
    const PRINT: u64;

    /// Runs `item` for each index below `count`, and answers. `name` is the function's.
    fn answer(
        name: &str,
        count: usize,
        item: impl FnMut(usize) -> Result<Self, Rejected>,
        header: &mut Header<'_>,
    );
}

impl<T: Encode> Item for T {
    const PRINT: u64 = <Result<Vec<T>, (Vec<T>, Vec<Ended>)> as Output>::PRINT;

    #[inline]
    fn answer(
        name: &str,
        count: usize,
        mut item: impl FnMut(usize) -> Result<T, Rejected>,
        header: &mut Header<'_>,
    ) {
        let mut values = Vec::with_capacity(count);
        let ended = run(name, count, |at| {
            values.push(item(at)?);
            Ok(())
        });
        let answer = if ended.is_empty() { Ok(values) } else { Err((values, ended)) };
        answer.put(header);
    }
}

impl<T: Encode, E: Encode> Item for Result<T, E> {
    const PRINT: u64 = <Result<Vec<T>, (Vec<T>, Vec<(u32, E)>, Vec<Ended>)> as Output>::PRINT;

    #[inline]
    fn answer(
        name: &str,
        count: usize,
        mut item: impl FnMut(usize) -> Result<Self, Rejected>,
        header: &mut Header<'_>,
    ) {
        let (mut values, mut failed) = (Vec::with_capacity(count), Vec::new());
        let ended = run(name, count, |at| {
            match item(at)? {
                Ok(value) => values.push(value),
                Err(error) => failed.push((at as u32, error)),
            }
            Ok(())
        });
        let all_well = failed.is_empty() && ended.is_empty();
        let answer = if all_well { Ok(values) } else { Err((values, failed, ended)) };
        answer.put(header);
    }
}

/// Runs all items. One trap is around many of them: behind an item that panicked the loop goes on in a new one.
#[inline]
fn run(name: &str, count: usize, mut item: impl FnMut(usize) -> Result<(), Rejected>) -> Vec<Ended> {
    let mut ended = Vec::new();
    let mut next = 0;
    while next < count {
        let rest = || {
            while next < count {
                next += 1;
                if let Err(rejected) = item(next - 1) {
                    ended.push(refused(name, next - 1, &rejected));
                }
            }
        };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(rest)) {
            let (text, stack) = panic::describe(payload);
            ended.push((next as u32 - 1, GoError::with_stack(ErrorKind::Panic, &text, &stack)));
        }
    }
    ended
}

#[cold]
fn refused(name: &str, at: usize, rejected: &Rejected) -> Ended {
    (at as u32, GoError::of(ErrorKind::Rejected, format!("{name}: {rejected}")))
}
