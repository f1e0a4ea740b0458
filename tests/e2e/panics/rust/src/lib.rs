//! Panics on either side, and through many levels of both.

use gangplank::GoError;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::atomic::{AtomicU64, Ordering};

/// How to panic.
#[gangplank::record]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum How {
    /// Not at all.
    Not,
    /// With a literal.
    Literal,
    /// With a formatted text.
    Text,
    /// With a value that is no text.
    Value,
    /// With a value whose destructor panics, too.
    Drop,
    /// In arithmetic.
    Overflow,
    /// In Go.
    InGo,
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("in the destructor of the payload")
    }
}

fn crash_now(how: How) {
    match how {
        How::Not => {}
        How::Literal => panic!("a literal"),
        How::Text => panic!("text with {}", 42),
        How::Value => panic_any(42_u8),
        How::Drop => panic_any(Bomb),
        How::Overflow => {
            let numbers: Vec<u32> = Vec::new();
            let at = numbers.len() - 1;
            println!("{at}");
        }
        How::InGo => {
            deep().panics();
        }
    }
}

/// Panics where there is an error to return.
#[gangplank::export]
pub fn try_crash(how: How) -> Result<u32, String> {
    crash_now(how);
    Ok(7)
}

/// Panics where there is none.
#[gangplank::export]
pub fn crash(how: How) -> u32 {
    crash_now(how);
    7
}

/// Panics where there is not even a result.
#[gangplank::export]
pub fn crash_unit(how: How) {
    crash_now(how);
}

/// Implemented in Go.
#[gangplank::import]
pub trait Deep {
    /// Goes one level deeper, with an error to return.
    fn try_deeper(&self, levels: u32, how: How) -> Result<u32, GoError>;
    /// Goes one level deeper, without.
    fn deeper(&self, levels: u32, how: How) -> u32;
    /// Panics with the value of that number, with an error to return.
    fn try_panic(&self, value: u32) -> Result<u32, GoError>;
    /// Panics.
    fn panics(&self);
}

fn deep() -> gangplank::Imported<dyn Deep> {
    gangplank::imported::<dyn Deep>().expect("the test registers one")
}

static DROPPED: AtomicU64 = AtomicU64::new(0);

struct Counted;

impl Drop for Counted {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

/// How many destructors have run.
#[gangplank::export]
pub fn dropped() -> u64 {
    DROPPED.load(Ordering::Relaxed)
}

/// Calls Go, which calls this with one level less, and panics at the last one. Every level has something to destroy.
#[gangplank::export]
pub fn descend(levels: u32, how: How) -> Result<u32, gangplank::Error> {
    let _counted = Counted;
    if levels == 0 {
        crash_now(how);
        return Ok(0);
    }
    Ok(deep().try_deeper(levels, how)? + 1)
}

/// The same without errors: panics all the way up.
#[gangplank::export]
pub fn plunge(levels: u32, how: How) -> u32 {
    let _counted = Counted;
    if levels == 0 {
        crash_now(how);
        return 0;
    }
    deep().deeper(levels, how) + 1
}

/// What Rust sees of a Go panic in a method that returns a `Result`: kind, message, whether there is a stack of Go.
#[gangplank::export]
pub fn seen(value: u32) -> String {
    match deep().try_panic(value) {
        Ok(value) => format!("returned {value}"),
        Err(error) => {
            let stack = error.stack().is_some_and(|stack| stack.contains("panics_test.go"));
            format!(
                "{}, {}, {error}",
                if error.is_panic() { "panic" } else { "no panic" },
                if stack { "with stack" } else { "no stack" }
            )
        }
    }
}

/// What a Rust program sees of a Go panic in a method that returns no `Result`: a panic that it may catch.
#[gangplank::export]
pub fn caught() -> String {
    match catch_unwind(AssertUnwindSafe(|| deep().panics())) {
        Ok(()) => "returned".to_owned(),
        Err(payload) => payload.downcast_ref::<String>().cloned().unwrap_or_default(),
    }
}
