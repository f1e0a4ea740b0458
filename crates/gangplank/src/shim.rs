//! The trap on the way into Rust: every exported function's shim is one call of [`serve`].
//!
//! A thread that runs a shim is *inside*: `INNERMOST` points at the entry of the innermost shim on its stack. The panic hook asks for it, and so does
//! `Goexit` from an imported function, which must come back when that shim is done (`import/goexit.rs`).

use crate::frame::{Header, Status};
use crate::import::goexit::Pending;
use crate::message::{Malformed, Reader};
use crate::value::{Class, Decode, Encode, Slice, print};
use crate::{block, panic};
use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

thread_local! {
    static INNERMOST: Cell<*const Entry> = const { Cell::new(ptr::null()) };
}

/// One shim on this thread's stack.
pub(crate) struct Entry {
    outer: *const Entry,
    /// Null, or owned: a goroutine that waits for this shim to end, so that it can end too.
    pub(crate) pending: Cell<*mut Pending>,
}

/// Does this thread run a shim?
pub(crate) fn inside() -> bool {
    INNERMOST.try_with(|cell| !cell.get().is_null()).unwrap_or(false)
}

/// Runs `f` with the innermost shim of this thread.
pub(crate) fn innermost<R>(f: impl FnOnce(Option<&Entry>) -> R) -> R {
    let entry = INNERMOST.try_with(Cell::get).unwrap_or(ptr::null());
    // SAFETY: `serve` keeps the entry on its stack while `INNERMOST` points at it, and only this thread reads it.
    f(unsafe { entry.as_ref() })
}

/// Why an argument was refused.
#[derive(Debug)]
pub struct Rejected {
    argument: &'static str,
    what: Malformed,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.argument {
            "" => write!(f, "{}", self.what),
            name => write!(f, "argument {name}: {}", self.what),
        }
    }
}

/// The arguments of a call, taken in order.
pub struct Arguments<'a> {
    next: *const u64,
    message: Reader<'a>,
}

impl<'a> Arguments<'a> {
    /// The arguments of the frame at `frame`, which is `stride` words long.
    ///
    /// # Safety
    /// The frame is as clauses 1 and 2 say for these argument classes, during `'a`.
    #[inline]
    unsafe fn of(frame: *const u64, stride: usize, has_message: bool) -> Arguments<'a> {
        let message = if has_message {
            // SAFETY: the frame then ends in address and length of the message (clause 2.3), readable during `'a` (clause 1.6).
            unsafe { crate::value::memory(*frame.add(stride - 2), *frame.add(stride - 1)) }
        } else {
            &[]
        };
        // SAFETY: the arguments stand behind the header (clause 2.4).
        Arguments { next: unsafe { frame.add(crate::frame::HEADER_WORDS) }, message: Reader::new(message) }
    }

    #[inline]
    fn word(&mut self) -> u64 {
        // SAFETY: the shim takes as many words as its stride has (clause 1.2).
        unsafe {
            let word = *self.next;
            self.next = self.next.add(1);
            word
        }
    }

    /// Takes the next argument.
    #[inline]
    pub fn take<T: Decode<'a>>(&mut self, argument: &'static str) -> Result<T, Rejected> {
        let value = match T::CLASS {
            Class::Unit | Class::Compound => T::decode(&mut self.message),
            Class::Scalar => T::from_word(self.word()),
            Class::Span => {
                let (address, len) = (self.word(), self.word());
                // SAFETY: a span is readable until the shim returns (clause 1.6).
                unsafe { T::from_span(address, len) }
            }
        };
        value.map_err(|what| Rejected { argument, what })
    }

    /// Takes the next argument, a slice.
    #[inline]
    pub fn take_slice<T: Decode<'a>>(&mut self, argument: &'static str) -> Result<Slice<'a, T>, Rejected> {
        self.take(argument)
    }

    /// All arguments were taken: nothing of the message may be left.
    #[inline]
    pub fn finish(&self) -> Result<(), Rejected> {
        self.message.finish().map_err(|what| Rejected { argument: "", what })
    }
}

/// What an exported function may return.
pub trait Output {
    /// What the type is (clause 6.5).
    const PRINT: u64;

    /// Writes it into the frame.
    fn put(self, header: &mut Header<'_>);
}

impl<T: Encode> Output for T {
    const PRINT: u64 = T::PRINT;

    #[inline]
    fn put(self, header: &mut Header<'_>) {
        match T::CLASS {
            Class::Unit => header.unit(),
            Class::Scalar => match self.to_word() {
                Ok(word) => header.word(word),
                Err(fault) => header.text(Status::Rejected, &format!("the result cannot cross: {fault}")),
            },
            Class::Span => self.give(header),
            Class::Compound => header.message(Status::Ok, |out| self.encode(out)),
        }
    }
}

impl<T: Encode, E: Encode> Output for Result<T, E> {
    const PRINT: u64 = print::of(print::named("result"), &[T::PRINT, E::PRINT]);

    #[inline]
    fn put(self, header: &mut Header<'_>) {
        match self {
            Ok(value) => value.put(header),
            Err(error) => header.message(Status::Error, |out| error.encode(out)),
        }
    }
}

/// Runs `body` for each of `n` frames (clause 1.3) and lets no panic out (clause 7.1).
///
/// # Safety
/// `frames` are `n` frames as clauses 1 and 2 say for arguments of these classes.
#[inline]
pub unsafe fn serve<F>(frames: *mut u64, n: usize, name: &'static str, arguments: &[Class], body: F)
where
    F: Fn(&mut Arguments<'_>, &mut Header<'_>) -> Result<(), Rejected>,
{
    block::drain();
    let stride = crate::frame::stride(arguments);
    let has_message = crate::frame::has_message(arguments);
    // A thread that is ending has no `INNERMOST` any more; then nothing of what hangs on it can happen.
    let entry = Entry {
        outer: INNERMOST.try_with(Cell::get).unwrap_or(ptr::null()),
        pending: Cell::new(ptr::null_mut()),
    };
    let _ = INNERMOST.try_with(|cell| cell.set(&entry));
    for i in 0..n {
        // SAFETY: the frames lie one after the other (clause 1.3).
        let frame = unsafe { frames.add(i * stride) };
        let run = || {
            // SAFETY: the caller's promise, for this frame.
            let (mut arguments, mut header) =
                unsafe { (Arguments::of(frame, stride, has_message), Header::at(frame)) };
            body(&mut arguments, &mut header)
        };
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(Ok(())) => {}
            // SAFETY: the frame is still the caller's promise, and `run` is over.
            Ok(Err(rejected)) => refuse(unsafe { Header::at(frame) }, name, &rejected),
            // SAFETY: as above.
            Err(payload) => panicked(unsafe { Header::at(frame) }, payload),
        }
    }
    let _ = INNERMOST.try_with(|cell| cell.set(entry.outer));
    if !entry.pending.get().is_null() {
        // SAFETY: `gangplank_abi_goexit` set it for this entry, and this shim is done.
        unsafe { Pending::come_back(entry.pending.get()) }
    }
}

#[cold]
#[inline(never)]
fn refuse(mut header: Header<'_>, name: &str, rejected: &Rejected) {
    header.text(Status::Rejected, &format!("{name}: {rejected}"));
}

#[cold]
#[inline(never)]
fn panicked(mut header: Header<'_>, payload: Box<dyn Any + Send>) {
    let (text, stack) = panic::describe(payload);
    header.message(Status::Panic, |out| {
        out.string(&text);
        out.string(&stack);
    });
}
