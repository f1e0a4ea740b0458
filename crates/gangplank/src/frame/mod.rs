//! The layout of a call (clauses 1 to 4 of the boundary): header words, argument words, status.

mod header;
mod status;

pub use header::{HEADER_WORDS, Header};
pub use status::Status;
pub(crate) use status::{BUSY, PENDING};

use crate::value::Class;

/// The number of words in the frame of a function with arguments of these classes (clauses 1.2, 2.1 to 2.4).
pub const fn stride(arguments: &[Class]) -> usize {
    stride_from(HEADER_WORDS, arguments)
}

/// Where arguments begin behind a handle: in a call of a function value or of an imported method (clauses 8.7, 8.8).
pub const BEHIND_HANDLE: usize = HEADER_WORDS + 1;

/// Where the arguments of an async call of Go begin (clause 11.1).
pub const BEHIND_CALL: usize = BEHIND_HANDLE + 2;

/// The same where the arguments begin at word `first`.
pub const fn stride_from(first: usize, arguments: &[Class]) -> usize {
    let mut words = first;
    let mut compound = false;
    let mut i = 0;
    while i < arguments.len() {
        match arguments[i] {
            Class::Unit => {}
            Class::Scalar => words += 1,
            Class::Span | Class::Pair => words += 2,
            Class::Compound => compound = true,
        }
        i += 1;
    }
    if compound { words + 2 } else { words }
}

/// Does any of these arguments travel in the message (clause 2.3)?
pub const fn has_message(arguments: &[Class]) -> bool {
    let mut i = 0;
    while i < arguments.len() {
        if matches!(arguments[i], Class::Compound) {
            return true;
        }
        i += 1;
    }
    false
}

/// Packs clause 4.3's third result word: who owns the bytes, and how they are freed.
pub const fn pack_block(capacity: usize, align: usize) -> u64 {
    (capacity as u64) << 6 | align.trailing_zeros() as u64
}

/// Capacity and alignment of a block from the word of clause 4.3.
pub const fn unpack_block(word: u64) -> (usize, usize) {
    ((word >> 6) as usize, 1 << (word & 63))
}

/// A block is at least this long: room for the header of clause 4.4.
pub const MIN_BLOCK: usize = 24;

const _: () = assert!(size_of::<usize>() == 8, "gangplank supports 64-bit targets only (clause 1.1)");
const _: () =
    assert!(cfg!(target_endian = "little"), "gangplank supports little-endian targets only (clause 1.1)");
const _: () = assert!(
    stride(&[Class::Scalar, Class::Span, Class::Compound, Class::Unit, Class::Compound]) == 4 + 1 + 2 + 2
);
const _: () =
    assert!(unpack_block(pack_block(4096, 8)).0 == 4096 && unpack_block(pack_block(4096, 8)).1 == 8);
