//! A native engine that calls Go and is called by it: the Rust side. What the benchmark's Go side needs beyond the generated package is
//! exported by hand: batches of frames, threads of its own, loops that compute.

mod batch;
mod objects;
mod spin;
mod tails;
mod thread;
mod vote;

/// The logic that is written in Go.
#[gangplank::import]
pub trait Logic {
    /// [`step`], in Go.
    fn step(&self, x: u64) -> u64;
}

/// The same, called on the fast lane where the caller is on it.
#[gangplank::import(fast)]
pub trait FastLogic {
    /// [`step`], in Go.
    fn step(&self, x: u64) -> u64;
}

/// [`step`] on the fast lane.
#[gangplank::export(fast)]
pub fn fast_step(x: u64) -> u64 {
    step(x)
}

/// A step of some computation. Not inlined, so that a call is a call, and cheap, so that the crossing is what is measured.
#[gangplank::export]
#[inline(never)]
pub fn step(x: u64) -> u64 {
    x.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 1
}
