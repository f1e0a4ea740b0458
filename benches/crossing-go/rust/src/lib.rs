//! What a call from Go to Rust costs: the Rust side. Every function does next to nothing, so that the crossing is what is
//! measured. Like real work none of it is inlined, or the compiler would leave out the very string that it returns. `by_hand` offers
//! the same functions as a careful programmer would without a generator.

mod by_hand;
mod memory;
mod packet;
mod refusal;

pub use memory::native_heap;
pub use packet::{Packet, answer};
pub use refusal::{Refusal, refuse};

/// Nothing.
#[gangplank::export]
#[inline(never)]
pub fn nop() {}

/// One more than `x`.
#[gangplank::export]
#[inline(never)]
pub fn scalar(x: u64) -> u64 {
    x.wrapping_add(1)
}

/// The same text, as a new string.
#[gangplank::export]
#[inline(never)]
pub fn text(text: &str) -> String {
    text.to_owned()
}
