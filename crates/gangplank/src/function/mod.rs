//! Function values (clauses 8.2, 8.7): Go functions that Rust calls, and Rust functions that Go calls.
//!
//! | file | what |
//! | --- | --- |
//! | `lent` | a Go function behind `&dyn Fn` or `&mut dyn FnMut`, for the time of a call, without allocation |
//! | `filed` | the table of Rust's functions that Go holds, and their keeper |
//! | `turns` | functions that must not be entered twice: `FnMut`, `FnOnce` |
//! | `types` | the impls for each form of `dyn Fn`, `dyn FnMut` and `dyn FnOnce` |
//!
//! A Go function that Rust owns is a closure around a `GoValue`, in a `Box` or an `Arc`; it is released when that is dropped.

mod filed;
mod lent;
mod turns;
mod types;

pub(crate) use filed::Filed;
pub(crate) use turns::InTurn;

use crate::value::{Shape, print};

/// What a function value may return.
pub trait Returns {
    /// What the type is (clause 6.5).
    const PRINT: u64;
}

impl<T: Shape> Returns for T {
    const PRINT: u64 = T::PRINT;
}

impl<T: Shape, E: Shape> Returns for Result<T, E> {
    const PRINT: u64 = print::of(print::named("result"), &[T::PRINT, E::PRINT]);
}

/// Why a function behind a reference cannot be given to Go.
pub(crate) const BORROWED: &str =
    "a function or an iterator can only be given whole: pass it by value, or a function in an Arc";

/// Why some functions cannot be given to Go at all.
const ONE_THREAD: &str =
    "Go may call a function from any thread: it needs `+ Send + Sync` (an FnMut or FnOnce `+ Send`)";
