//! A Go function that Rust calls ends its goroutine (`runtime.Goexit`, as `t.FailNow` does): Rust gets an error and goes on, its
//! destructors run, and the goroutine ends when Rust has returned to it.

use gangplank::GoError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// What the Go function does.
#[gangplank::record]
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// Returns.
    Return,
    /// Calls `runtime.Goexit`.
    Exit,
    /// Calls `t.FailNow`.
    FailNow,
    /// Calls `runtime.Goexit` in a deferred function, while a panic is under way.
    ExitInPanic,
    /// Panics in a deferred function, while the goroutine exits.
    PanicInExit,
}

/// Implemented in Go.
#[gangplank::import]
pub trait Quitter {
    /// Ends as it is told.
    fn quit(&self, end: End) -> Result<u32, GoError>;
    /// The same, without an error to return, with text to carry.
    fn quit_text(&self, end: End, text: &str) -> String;
    /// Calls `descend` with one level less.
    fn deeper(&self, levels: u32, end: End) -> Result<u32, GoError>;
}

fn quitter() -> gangplank::Imported<dyn Quitter> {
    gangplank::imported::<dyn Quitter>().expect("the test registers one")
}

static MADE: AtomicU64 = AtomicU64::new(0);
static DROPPED: AtomicU64 = AtomicU64::new(0);
static SEEN: AtomicU64 = AtomicU64::new(0);

struct Counted(#[allow(dead_code)] Box<u64>);

impl Counted {
    fn new() -> Counted {
        Counted(Box::new(MADE.fetch_add(1, Ordering::Relaxed)))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

/// Values made and not destroyed.
#[gangplank::export]
pub fn alive() -> u64 {
    MADE.load(Ordering::Relaxed) - DROPPED.load(Ordering::Relaxed)
}

/// How often Rust saw that a goroutine exits.
#[gangplank::export]
pub fn seen() -> u64 {
    SEEN.load(Ordering::Relaxed)
}

fn note(error: &GoError) {
    if error.is_goexit() {
        SEEN.fetch_add(1, Ordering::Relaxed);
    }
}

/// Calls Go on the goroutine's thread. After an exit it says what Rust saw, through the last text it may write: `noted`.
#[gangplank::export]
pub fn call(end: End) -> Result<u32, GoError> {
    let _counted = Counted::new();
    let answer = quitter().quit(end);
    let _later = Counted::new();
    if let Err(error) = &answer {
        note(error);
    }
    answer
}

/// After an exit, Go cannot be called again before Rust has returned. Notes whether that was said.
#[gangplank::export]
pub fn call_again() -> bool {
    let _counted = Counted::new();
    let first = quitter().quit(End::Exit);
    let second = quitter().quit(End::Return);
    for error in [first, second].into_iter().filter_map(Result::err) {
        note(&error);
    }
    true
}

/// Where there is no error to return, Rust panics, and the panic ends at the boundary.
#[gangplank::export]
pub fn call_text(end: End, text: &str) -> String {
    let _counted = Counted::new();
    quitter().quit_text(end, text)
}

/// Go, Rust, Go, ..: and at the last level the goroutine exits. Every level has something to destroy and notes what it saw.
#[gangplank::export]
pub fn descend(levels: u32, end: End) -> Result<u32, GoError> {
    let _counted = Counted::new();
    let answer = if levels == 0 { quitter().quit(end) } else { quitter().deeper(levels, end) };
    if let Err(error) = &answer {
        note(error);
    }
    Ok(answer? + 1)
}

/// The same on threads of Rust: there is no goroutine beneath, and Go can be called again. Says how many calls ended as they should.
#[gangplank::export]
pub fn on_threads(threads: u32, times: u32, end: End) -> u64 {
    let run = || {
        let mut good = 0;
        for i in 0..times {
            let _counted = Counted::new();
            let exited = quitter().quit(end).is_err_and(|error| error.is_goexit() && error.stack().is_some());
            let text = format!("{i} after").repeat(100);
            let works = quitter().quit(End::Return).is_ok_and(|n| n == 7)
                && quitter().quit_text(End::Return, &text) == text;
            good += u64::from(exited && works);
        }
        good
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(0)).sum()
    })
}

/// On a thread of Rust, through levels of Go, Rust, Go, ..
#[gangplank::export]
pub fn descend_on_thread(levels: u32, end: End) -> String {
    let run = || match descend(levels, end) {
        Ok(n) => format!("returned {n}"),
        Err(error) => format!("{:?}: {error}", error.kind()),
    };
    thread::scope(|scope| scope.spawn(run).join().unwrap_or_else(|_| "panicked".to_owned()))
}
