//! The way in: what the shims of fast functions call.

use super::context::{self, Context};
use crate::frame::{HEADER_WORDS, SHORT_WORDS, Status};
use crate::{block, shim};

/// Has Go given blocks back? Then the call drains first (clause 4.4), out of the way of all others.
#[inline(always)]
pub fn is_returned() -> bool {
    block::is_returned()
}

/// Frees them.
pub fn drain() {
    block::drain();
}

/// `gangplank_words` of `go/fastcall/include/gangplank_fastcall.h`: two results, in registers.
#[repr(C)]
pub struct Words {
    first: u64,
    second: u64,
}

/// What both ways in get: the words of a short function, or else the address of a frame.
type Given = [u64; SHORT_WORDS];

const NOTHING: Words = Words { first: 0, second: 0 };

/// Runs one call in an entry (clause 9.3): `one` answers a frame of `STRIDE` words.
///
/// # Safety
/// `given` is what `one` needs, in words if the function is `short`. `context` is what fastcall gave to this entry, and `lane` the package's (clause 9.1).
#[inline(always)]
pub unsafe fn enter<const STRIDE: usize>(
    short: bool,
    given: Given,
    lane: usize,
    context: *const (),
    one: impl FnOnce(*mut u64),
) -> Words {
    let run = || match short {
        true => in_registers::<STRIDE>(given, one),
        false => {
            one(given[0] as *mut u64);
            NOTHING
        }
    };
    // SAFETY: the caller's promise.
    unsafe { context::within(context.cast::<Context>(), lane, run) }
}

/// Runs one call that makes no callbacks (clause 9.4). Behind a frame is the address of the scratch memory: a pointer for Go, which a moving stack takes along.
///
/// # Safety
/// `given` is what `one` needs, in words if the function is `short`; else a frame of `STRIDE` words, with such a word behind it.
#[inline(always)]
pub unsafe fn leaf<const STRIDE: usize>(short: bool, given: Given, one: impl FnOnce(*mut u64)) -> Words {
    if short {
        return shim::enter_leaf(|| in_registers::<STRIDE>(given, one));
    }
    let frame = given[0] as *mut u64;
    shim::enter_leaf(|| {
        // SAFETY: the caller's promise. Word 1 is ours to write (clause 1.5).
        unsafe { *frame.add(1) = *frame.add(STRIDE) };
        one(frame);
        NOTHING
    })
}

/// Runs a short function with a frame of our own, which the compiler takes apart.
#[inline(always)]
fn in_registers<const STRIDE: usize>(given: Given, one: impl FnOnce(*mut u64)) -> Words {
    let mut frame = [0; STRIDE];
    for (to, word) in frame[HEADER_WORDS..].iter_mut().zip(given) {
        *to = word;
    }
    one(frame.as_mut_ptr());
    match frame[0] == Status::Ok as u64 {
        true => Words { first: frame[1], second: 0 },
        false => failed([frame[0], frame[1], frame[2], frame[3]]),
    }
}

/// Hands a header over that is no success: in a block (clause 9.3).
#[cold]
#[inline(never)]
fn failed(header: [u64; HEADER_WORDS]) -> Words {
    let Some((address, _)) = block::allocate(size_of_val(&header), 8) else {
        std::alloc::handle_alloc_error(std::alloc::Layout::for_value(&header));
    };
    // SAFETY: the block has room for it, is aligned to 8, and ours until we return its address.
    unsafe { (address as *mut [u64; HEADER_WORDS]).write(header) };
    Words { first: 0, second: address }
}

/// Runs a thread's closure in an entry, or in an ordinary call, where there is no context.
///
/// # Safety
/// As for [`enter`], with a context that may be null.
pub(crate) unsafe fn inhabit(lane: usize, context: *const Context, run: impl FnOnce()) {
    if context.is_null() {
        return shim::enter(run);
    }
    // SAFETY: the caller's promise.
    unsafe { context::within(context, lane, || shim::enter(run)) }
}
