//! Go's batches in Rust: the loop over the items, and what becomes of those that fail.

use crate::frame::Header;
use crate::panic;
use crate::shim::Output;
use crate::value::Encode;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// An item that panicked: its index, the text, the stack.
type Panicked = (u32, String, String);

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

    /// Runs `item` for each index below `count`, and answers.
    fn answer(count: usize, item: impl FnMut(usize) -> Self, header: &mut Header<'_>);
}

impl<T: Encode> Item for T {
    const PRINT: u64 = <Result<Vec<T>, (Vec<T>, Vec<Panicked>)> as Output>::PRINT;

    #[inline]
    fn answer(count: usize, mut item: impl FnMut(usize) -> T, header: &mut Header<'_>) {
        let mut values = Vec::with_capacity(count);
        let panicked = run(count, |at| values.push(item(at)));
        let answer = if panicked.is_empty() { Ok(values) } else { Err((values, panicked)) };
        answer.put(header);
    }
}

impl<T: Encode, E: Encode> Item for Result<T, E> {
    const PRINT: u64 = <Result<Vec<T>, (Vec<T>, Vec<(u32, E)>, Vec<Panicked>)> as Output>::PRINT;

    #[inline]
    fn answer(count: usize, mut item: impl FnMut(usize) -> Self, header: &mut Header<'_>) {
        let (mut values, mut failed) = (Vec::with_capacity(count), Vec::new());
        let panicked = run(count, |at| match item(at) {
            Ok(value) => values.push(value),
            Err(error) => failed.push((at as u32, error)),
        });
        let all_well = failed.is_empty() && panicked.is_empty();
        let answer = if all_well { Ok(values) } else { Err((values, failed, panicked)) };
        answer.put(header);
    }
}

/// Runs all items. One trap is around many of them: behind an item that panicked the loop goes on in a new one.
#[inline]
fn run(count: usize, mut item: impl FnMut(usize)) -> Vec<Panicked> {
    let mut panicked = Vec::new();
    let mut next = 0;
    while next < count {
        let rest = || {
            while next < count {
                next += 1;
                item(next - 1);
            }
        };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(rest)) {
            let (text, stack) = panic::describe(payload);
            panicked.push((next as u32 - 1, text, stack));
        }
    }
    panicked
}
