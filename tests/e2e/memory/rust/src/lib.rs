//! Calls of every kind leave memory as it was, on both sides. Rust counts every byte that it has.

use gangplank::GoError;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicI64, Ordering};

struct Counting;

static LIVE: AtomicI64 = AtomicI64::new(0);

// SAFETY: everything is handed on to the system's allocator; only sizes are counted.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size() as i64, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, address: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as i64, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(address, layout) }
    }

    unsafe fn realloc(&self, address: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_add(size as i64 - layout.size() as i64, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(address, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// The bytes that Rust has.
#[gangplank::export]
pub fn live() -> i64 {
    LIVE.load(Ordering::Relaxed)
}

/// Something to carry.
#[gangplank::record]
#[derive(Clone)]
pub struct Load {
    /// A name.
    pub name: String,
    /// Bytes.
    pub data: Vec<u8>,
    /// Lines.
    pub lines: Vec<Option<String>>,
}

/// Why not.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// With text.
    #[error("too heavy by {by}: {what}")]
    Heavy {
        /// By how much.
        by: u64,
        /// What it is.
        what: String,
    },
    /// Of Go.
    #[error(transparent)]
    Go(#[from] GoError),
}

/// Adds.
#[gangplank::export]
pub fn add(a: i64, b: i64) -> i64 {
    a + b
}

/// The same text.
#[gangplank::export]
pub fn text(text: String) -> String {
    text
}

/// The same numbers.
#[gangplank::export]
pub fn numbers(numbers: Vec<f64>) -> Vec<f64> {
    numbers
}

/// The same load.
#[gangplank::export]
pub fn carry(load: Load) -> Load {
    load
}

/// Fails.
#[gangplank::export]
pub fn fail(what: &str) -> Result<Load, LoadError> {
    Err(LoadError::Heavy { by: 1, what: what.to_owned() })
}

/// Panics.
#[gangplank::export]
pub fn crash(what: &str) -> Result<Load, LoadError> {
    panic!("{what}")
}

/// Implemented in Go.
#[gangplank::import]
pub trait Carrier {
    /// Adds.
    fn add(&self, a: i64, b: i64) -> i64;
    /// The same text.
    fn text(&self, text: &str) -> String;
    /// The same load.
    fn load(&self, load: &Load) -> Result<Load, LoadError>;
    /// Fails, with an error of its own type for even numbers, with another one for odd.
    fn fail(&self, n: u64) -> Result<Load, LoadError>;
    /// Panics.
    fn crash(&self) -> Result<Load, LoadError>;
    /// Ends the goroutine.
    fn exit(&self) -> Result<(), GoError>;
}

fn carrier() -> gangplank::Imported<dyn Carrier> {
    gangplank::imported::<dyn Carrier>().expect("the test registers one")
}

/// Calls Go with scalars.
#[gangplank::export]
pub fn add_in_go(times: u64) -> i64 {
    let go = carrier();
    (0..times).fold(0, |sum, _| go.add(sum, 1))
}

/// Calls Go with text.
#[gangplank::export]
pub fn text_in_go(text: &str, times: u64) -> bool {
    let go = carrier();
    (0..times).all(|_| go.text(text) == text)
}

/// Calls Go with records.
#[gangplank::export]
pub fn load_in_go(load: &Load, times: u64) -> bool {
    let go = carrier();
    (0..times).all(|_| go.load(load).is_ok_and(|back| back.name == load.name))
}

/// Calls Go, which fails.
#[gangplank::export]
pub fn fail_in_go(times: u64) -> bool {
    let go = carrier();
    (0..times).all(|n| go.fail(n).is_err())
}

/// Calls Go, which panics.
#[gangplank::export]
pub fn crash_in_go(times: u64) -> bool {
    let go = carrier();
    (0..times).all(|_| matches!(go.crash(), Err(LoadError::Go(error)) if error.is_panic()))
}

/// Calls Go, which ends the goroutine.
#[gangplank::export]
pub fn exit_in_go() {
    let _held = vec![0_u8; 1000];
    let _ = carrier().exit();
}
