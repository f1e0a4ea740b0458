//! What a careful programmer exports without a generator.

use crate::{Order, json, protobuf};
use std::{ptr, slice, str};

/// Fails a call: nothing is that long.
const FAILED: usize = usize::MAX;

/// The kind of a question in JSON; the others are protobuf's messages in their order.
const JSON: u32 = 9;

/// A question as bytes, answered as bytes. Returns the answer's length; if it is more than `room`, nothing was written.
///
/// # Safety
///
/// `len` bytes are readable at `question`, `room` bytes are writable at `answer`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn payload_bytes(
    kind: u32,
    question: *const u8,
    len: usize,
    answer: *mut u8,
    room: usize,
) -> usize {
    // SAFETY: the caller's first promise.
    let question = unsafe { borrow(question, len) };
    let bytes =
        if kind == JSON { json::answer(question).ok() } else { protobuf::answer(kind, question).ok() };
    let Some(bytes) = bytes else { return FAILED };
    // SAFETY: the caller's second promise.
    unsafe { give(&bytes, answer, room) }
}

/// A text, answered by a text of the same length.
///
/// # Safety
///
/// As [`payload_bytes`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn payload_text(text: *const u8, len: usize, answer: *mut u8, room: usize) -> usize {
    // SAFETY: the caller's promise.
    let Ok(text) = str::from_utf8(unsafe { borrow(text, len) }) else { return FAILED };
    // SAFETY: the caller's promise.
    unsafe { give(crate::text(text).as_bytes(), answer, room) }
}

/// Numbers, answered by as many.
///
/// # Safety
///
/// `len` numbers are readable at `numbers` and writable at `answer`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn payload_numbers(numbers: *const f64, len: usize, answer: *mut f64) {
    // SAFETY: the caller's promise.
    let doubled = crate::numbers(unsafe { borrow(numbers, len) });
    // SAFETY: the caller's promise.
    unsafe { give(&doubled, answer, len) };
}

/// Orders, flattened.
#[repr(C)]
pub struct Flat {
    ids: *mut u64,
    prices: *mut f64,
    quantities: *mut u32,
    /// How long each customer's name is.
    lengths: *mut u32,
    /// The names, one after the other.
    names: *mut u8,
    /// All of them.
    names_len: usize,
}

/// Orders, answered in the same place: ours changes no length.
///
/// # Safety
///
/// The arrays of `flat` have `n` elements and are writable; the names are readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn payload_orders(flat: *const Flat, n: usize) -> usize {
    // SAFETY: the caller's promise.
    let Flat { ids, prices, quantities, lengths, names, names_len } = unsafe { ptr::read(flat) };
    // SAFETY: the caller's promise.
    let mut rest = unsafe { borrow(names.cast_const(), names_len) };
    let mut orders = Vec::with_capacity(n);
    for i in 0..n {
        // SAFETY: the caller's promise: `i` is below `n`.
        let (id, price, quantity, len) =
            unsafe { (*ids.add(i), *prices.add(i), *quantities.add(i), *lengths.add(i) as usize) };
        let Some((name, after)) = rest.split_at_checked(len) else { return FAILED };
        let Ok(customer) = str::from_utf8(name) else { return FAILED };
        orders.push(Order { id, customer: customer.to_owned(), price, quantity });
        rest = after;
    }
    let mut at = 0;
    for (i, order) in crate::orders(orders).iter().enumerate() {
        // SAFETY: the caller's promise: there are as many answers as questions, and their names are as long.
        unsafe {
            *ids.add(i) = order.id;
            *prices.add(i) = order.price;
            *quantities.add(i) = order.quantity;
            at += give(order.customer.as_bytes(), names.add(at), names_len - at);
        }
    }
    at
}

/// # Safety
///
/// `len` elements are readable at `from` for as long as the result is used.
unsafe fn borrow<'a, T>(from: *const T, len: usize) -> &'a [T] {
    // SAFETY: the promise of this function; an empty slice does not read.
    if len == 0 { &[] } else { unsafe { slice::from_raw_parts(from, len) } }
}

/// # Safety
///
/// `room` elements are writable at `to`, and `from` does not overlap them.
unsafe fn give<T>(from: &[T], to: *mut T, room: usize) -> usize {
    if from.len() <= room {
        // SAFETY: the promise of this function.
        unsafe { ptr::copy_nonoverlapping(from.as_ptr(), to, from.len()) };
    }
    from.len()
}
