//! Go's batches in Rust: the loop over the items, and what becomes of those that fail.

use super::settle::{Ended, settle};
use crate::frame::Header;
use crate::shim::{Output, Rejected};
use crate::value::Encode;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

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
        let (values, ended) = run(name, Values::new(count, header), |at| item(at).map(Some));
        match T::POD && ended.is_empty() {
            true => values.put(header),
            false => settle::<T, Ended>(values.into_vec(), None, ended, header),
        }
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
        let mut errors = Vec::new();
        let (values, ended) = run(name, Values::new(count, header), |at| {
            Ok(item(at)?.map_err(|error| errors.push((at as u32, error))).ok())
        });
        match T::POD && errors.is_empty() && ended.is_empty() {
            true => values.put(header),
            false => settle(values.into_vec(), Some(errors), ended, header),
        }
    }
}

/// Runs all items: the values of those that have one, in order, and what became of those that ended otherwise. One trap is around many
/// of them: behind an item that panicked the loop goes on in a new one.
#[inline]
fn run<T: Encode>(
    name: &str,
    mut values: Values<T>,
    mut item: impl FnMut(usize) -> Result<Option<T>, Rejected>,
) -> (Values<T>, Vec<Ended>) {
    let (count, mut ended) = (values.room, Vec::new());
    let mut next = 0;
    while next < count {
        let rest = || {
            let mut cursor = Cursor { len: values.len, at: next, values: &mut values, next: &mut next };
            let start = cursor.values.start;
            while cursor.at < count {
                cursor.at += 1;
                match item(cursor.at - 1) {
                    Ok(Some(value)) => {
                        // SAFETY: there is room for `count` values (`Values::new`), and no item gives two.
                        unsafe { start.add(cursor.len).write(value) };
                        cursor.len += 1;
                    }
                    Ok(None) => {}
                    Err(rejected) => ended.push(Ended::refused(name, cursor.at - 1, &rejected)),
                }
            }
        };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(rest)) {
            ended.push(Ended::panicked(next - 1, payload));
        }
    }
    (values, ended)
}

/// The values of a batch while it runs: POD lies where the caller wants it, if it lent enough memory.
///
/// The first `len` values at `start` are there, and belong to this; there is room for `room` of them.
struct Values<T> {
    start: *mut T,
    len: usize,
    room: usize,
    /// The memory, if it is not lent. Its own length is 0.
    own: Option<Vec<T>>,
}

impl<T: Encode> Values<T> {
    /// Room for `room` values. Lent memory may be used until the answer is written into `header`.
    #[inline]
    fn new(room: usize, header: &Header<'_>) -> Values<T> {
        // Nothing is to be dropped of what then lies in memory of the caller.
        let lent = if T::POD && !std::mem::needs_drop::<T>() { header.room(room) } else { None };
        if let Some(start) = lent {
            return Values { start, len: 0, room, own: None };
        }
        let mut own = Vec::with_capacity(room);
        Values { start: own.as_mut_ptr(), len: 0, room, own: Some(own) }
    }

    /// Answers with them.
    #[inline]
    fn put(self, header: &mut Header<'_>) {
        match self.own {
            None => header.filled(self.len),
            Some(_) => self.into_vec().put(header),
        }
    }

    /// The values, in memory of their own.
    #[inline]
    fn into_vec(self) -> Vec<T> {
        let mut values = self.own.unwrap_or_else(|| Vec::with_capacity(self.len));
        // SAFETY: `len` values are at `start`, which is the vector's memory, or lent memory that does not overlap it (clause 1.4)
        // and whose values need no drop.
        unsafe {
            if values.as_ptr() != self.start.cast_const() {
                ptr::copy_nonoverlapping(self.start, values.as_mut_ptr(), self.len);
            }
            values.set_len(self.len);
        }
        values
    }
}

/// How far a loop is: in registers while it runs, told when it ends, also by a panic.
struct Cursor<'c, T> {
    values: &'c mut Values<T>,
    next: &'c mut usize,
    /// How many values were written.
    len: usize,
    /// Behind the item that runs.
    at: usize,
}

impl<T> Drop for Cursor<'_, T> {
    fn drop(&mut self) {
        *self.next = self.at;
        self.values.len = self.len;
    }
}
