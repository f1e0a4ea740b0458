//! Results of async calls, many at once (clause 11.3).

use super::{filed, waiting};
use crate::frame::unpack_block;
use crate::{block, shim};
use std::alloc::{Layout, handle_alloc_error};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// Words of a record.
pub(super) const RECORD: usize = 6;
/// What is added to the status of an early one (clause 11.4).
const EARLY: u64 = 256;

/// Takes records of Go, and what was filed.
///
/// # Safety
/// As clause 11.3 says.
#[unsafe(no_mangle)]
unsafe extern "C" fn gangplank_abi_settle(records: *const [u64; RECORD], n: usize, bytes: *const u8) {
    // SAFETY: the caller's promise.
    let records = unsafe { crate::value::memory::<[u64; RECORD]>(records as u64, n as u64) };
    shim::enter(|| {
        filed::take();
        let mut at = 0;
        for record in records {
            // SAFETY: the record's result lies there (clause 11.3).
            let result = unsafe { result(record, bytes.wrapping_add(at)) };
            at += unpack_block(record[5]).0.next_multiple_of(8);
            settle_one(record[0], result, record[1] & EARLY != 0);
        }
    });
}

/// Status and words 1 to 3 of a record, with a copy of its bytes in a block that is ours.
///
/// # Safety
/// At `bytes` lie as many as the record says.
#[inline]
pub(super) unsafe fn result(&[_, status, a, b, c, size]: &[u64; RECORD], bytes: *const u8) -> [u64; 4] {
    let mut result = [status & !EARLY, a, b, c];
    let (len, align) = unpack_block(size);
    if len > 0 {
        // SAFETY: the caller's promise.
        (result[1], result[3]) = unsafe { own(bytes, len, align) };
    }
    result
}

/// Settles a call, and lets no panic out: waking may run anything.
#[inline]
pub(super) fn settle_one(call: u64, result: [u64; 4], early: bool) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| waiting::settle(call, result, early))) {
        crate::panic::report("a waker", payload);
    }
}

/// A block with a copy: its address and the word of clause 4.3.
///
/// # Safety
/// `bytes` is readable for `len` bytes.
unsafe fn own(bytes: *const u8, len: usize, align: usize) -> (u64, u64) {
    let Some((address, packed)) = block::allocate(len, align) else {
        handle_alloc_error(Layout::from_size_align(len, align).unwrap_or(Layout::new::<u64>()))
    };
    // SAFETY: the block is ours and as long; the caller's promise for the rest.
    unsafe { ptr::copy_nonoverlapping(bytes, address as *mut u8, len) };
    (address, packed)
}
