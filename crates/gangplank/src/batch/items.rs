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
        let (values, ended) = run(name, count, |at| item(at).map(Some));
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
        let mut failed = Vec::new();
        let (values, ended) =
            run(name, count, |at| Ok(item(at)?.map_err(|error| failed.push((at as u32, error))).ok()));
        let all_well = failed.is_empty() && ended.is_empty();
        let answer = if all_well { Ok(values) } else { Err((values, failed, ended)) };
        answer.put(header);
    }
}

/// Runs all items: the values of those that have one, in order, and what became of those that ended otherwise. One trap is around many
/// of them: behind an item that panicked the loop goes on in a new one.
#[inline]
fn run<T>(
    name: &str,
    count: usize,
    mut item: impl FnMut(usize) -> Result<Option<T>, Rejected>,
) -> (Vec<T>, Vec<Ended>) {
    let (mut values, mut ended) = (Vec::with_capacity(count), Vec::new());
    let mut next = 0;
    while next < count {
        let rest = || {
            let mut cursor = Cursor { len: values.len(), at: next, values: &mut values, next: &mut next };
            let room: *mut T = cursor.values.as_mut_ptr();
            while cursor.at < count {
                cursor.at += 1;
                match item(cursor.at - 1) {
                    Ok(Some(value)) => {
                        // SAFETY: the vector has room for `count` values, and no item gives two.
                        unsafe { room.add(cursor.len).write(value) };
                        cursor.len += 1;
                    }
                    Ok(None) => {}
                    Err(rejected) => ended.push(refused(name, cursor.at - 1, &rejected)),
                }
            }
        };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(rest)) {
            let (text, stack) = panic::describe(payload);
            ended.push((next as u32 - 1, GoError::with_stack(ErrorKind::Panic, &text, &stack)));
        }
    }
    (values, ended)
}

/// How far a loop is: in registers while it runs, told when it ends, also by a panic.
struct Cursor<'c, T> {
    values: &'c mut Vec<T>,
    next: &'c mut usize,
    /// How many values were written.
    len: usize,
    /// Behind the item that runs.
    at: usize,
}

impl<T> Drop for Cursor<'_, T> {
    fn drop(&mut self) {
        *self.next = self.at;
        // SAFETY: so many values were written, one behind the other.
        unsafe { self.values.set_len(self.len) };
    }
}

#[cold]
fn refused(name: &str, at: usize, rejected: &Rejected) -> Ended {
    (at as u32, GoError::of(ErrorKind::Rejected, format!("{name}: {rejected}")))
}
