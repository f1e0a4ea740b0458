//! Results of async calls, many at once (clause 11.3).

use super::waiting;
use crate::frame::unpack_block;
use crate::{block, shim};
use std::alloc::{Layout, handle_alloc_error};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// Words of a record.
const RECORD: usize = 6;
/// What is added to the status of an early one (clause 11.4).
const EARLY: u64 = 256;

/// Takes records of Go.
///
/// # Safety
/// As clause 11.3 says.
#[unsafe(no_mangle)]
unsafe extern "C" fn gangplank_abi_settle(records: *const [u64; RECORD], n: usize, bytes: *const u8) {
    // SAFETY: the caller's promise.
    let records = unsafe { crate::value::memory::<[u64; RECORD]>(records as u64, n as u64) };
    shim::enter(|| {
        let mut at = 0;
        for &[call, status, a, b, c, size] in records {
            let mut result = [status & !EARLY, a, b, c];
            let (len, align) = unpack_block(size);
            if len > 0 {
                // SAFETY: the record's result lies there (clause 11.3).
                (result[1], result[3]) = unsafe { own(bytes.add(at), len, align) };
                at += len.next_multiple_of(8);
            }
            let settle = || waiting::settle(call, result, status & EARLY != 0);
            // Waking may run anything.
            if let Err(payload) = catch_unwind(AssertUnwindSafe(settle)) {
                crate::panic::report("a waker", payload);
            }
        }
    });
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
