//! The trap on the way into Rust: every exported function's shim is one call of [`serve`].
//!
//! A thread that runs a shim is *inside*: `INNERMOST` points at the entry of the innermost shim on its stack. The panic hook asks for it, and so does
//! `Goexit` from an imported function, which must come back when that shim is done (`import/goexit.rs`).

use crate::frame::{HEADER_WORDS, Header, Status};
use crate::import::goexit::Pending;
use crate::message::{Malformed, Passed, Reader};
use crate::object::{Access, Object, Shared};
use crate::value::{Class, Decode, Encode, Held, Keep, Lend, LendMut, Owned, Slice, print};
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

impl Rejected {
    /// Refuses an argument.
    #[cold]
    pub(crate) fn argument(argument: &'static str, what: Malformed) -> Rejected {
        Rejected { argument, what }
    }

    /// Which argument; empty if it was the call itself, or the receiver.
    pub(crate) fn name(&self) -> &'static str {
        self.argument
    }

    /// What was wrong.
    pub(crate) fn what(&self) -> &Malformed {
        &self.what
    }

    /// Refuses the call itself.
    #[cold]
    pub(crate) fn call(what: Malformed) -> Rejected {
        Rejected { argument: "", what }
    }
}

/// The arguments of a call, taken in order.
pub struct Arguments<'a> {
    next: *const u64,
    message: Reader<'a>,
}

impl<'a> Arguments<'a> {
    /// The arguments of the frame at `frame`, which is as `layout` says.
    ///
    /// # Safety
    /// The frame is as clauses 1 and 2 say for these argument classes, during `'a`.
    #[inline]
    unsafe fn of(frame: *const u64, layout: Layout) -> Arguments<'a> {
        // SAFETY: the caller's promise. The arguments stand behind the header (clause 2.4), or behind the handle (clause 8.7).
        let next = unsafe { frame.add(layout.first) };
        // SAFETY: as above.
        Arguments { next, message: Reader::new(unsafe { layout.message(frame) }) }
    }

    /// Takes the next word.
    #[inline]
    pub(crate) fn word(&mut self) -> u64 {
        // SAFETY: the shim takes as many words as its stride has (clause 1.2).
        unsafe {
            let word = *self.next;
            self.next = self.next.add(1);
            word
        }
    }

    /// Takes keeper and handle of what is lent (clause 8.3).
    #[inline]
    pub(crate) fn lent_pair(&mut self) -> (u64, u64) {
        (self.word(), self.word())
    }

    /// Takes a value.
    #[inline]
    pub(crate) fn value<T: Decode<'a>>(&mut self) -> Result<T, Malformed> {
        match T::CLASS {
            Class::Unit | Class::Compound => T::decode(&mut self.message),
            Class::Scalar => T::from_word(self.word()),
            Class::Span => {
                let (address, len) = (self.word(), self.word());
                // SAFETY: a span is readable until the shim returns (clause 1.6).
                unsafe { T::from_span(address, len) }
            }
            Class::Pair => {
                let (keeper, handle) = (self.word(), self.word());
                self.message.took();
                T::from_pair(keeper, handle)
            }
        }
    }

    /// Takes the next argument.
    #[inline]
    pub fn take<T: Decode<'a>>(&mut self, argument: &'static str) -> Result<T, Rejected> {
        self.value().map_err(|what| Rejected { argument, what })
    }

    /// Takes the next argument, a slice.
    #[inline]
    pub fn take_slice<T: Decode<'a>>(&mut self, argument: &'static str) -> Result<Slice<'a, T>, Rejected> {
        self.take(argument)
    }

    /// Takes the next argument, which the function is to own.
    #[inline]
    pub fn take_owned<T: Decode<'a> + 'a>(
        &mut self,
        argument: &'static str,
    ) -> Result<Held<'a, T>, Rejected> {
        let held = if matches!(T::CLASS, Class::Scalar) {
            let word = self.word();
            match T::later(word) {
                Some(later) => later.map(Held::Later),
                None => T::from_word(word).map(Held::Value),
            }
        } else {
            self.value().map(Held::Value)
        };
        held.map_err(|what| Rejected { argument, what })
    }

    /// Makes sure of an argument that the function is to own. When all are sure they are given.
    #[inline]
    pub fn own<T: Decode<'a>>(held: Held<'a, T>, argument: &'static str) -> Result<Owned<'a, T>, Rejected> {
        held.own().map_err(|what| Rejected { argument, what })
    }

    /// Takes the next argument, which the function borrows. `access` is for an object.
    #[inline(always)]
    pub fn take_lent<T: Lend<'a> + ?Sized>(
        &mut self,
        argument: &'static str,
        access: Access,
    ) -> Result<T::Held, Rejected> {
        T::hold(self, access).map_err(|what| Rejected { argument, what })
    }

    /// Takes the next argument, which an async function borrows from its future.
    #[inline]
    pub fn take_kept<T: Keep + ?Sized>(&mut self, argument: &'static str) -> Result<T::Kept, Rejected> {
        T::keep(self).map_err(|what| Rejected { argument, what })
    }

    /// Takes the next argument, which the function borrows to change it.
    #[inline(always)]
    pub fn take_lent_mut<T: LendMut<'a> + ?Sized>(
        &mut self,
        argument: &'static str,
    ) -> Result<T::Held, Rejected> {
        T::hold(self).map_err(|what| Rejected { argument, what })
    }

    /// All arguments were taken: nothing of the message may be left.
    #[inline]
    pub fn finish(&self) -> Result<(), Rejected> {
        self.message.finish().map_err(|what| Rejected { argument: "", what })
    }

    /// Passes over an argument of a call that is refused, and releases what was given with it (clause 8.3).
    pub fn skip<T: Decode<'a>>(&mut self) {
        match T::CLASS {
            Class::Unit => {}
            Class::Scalar => drop(self.word()),
            Class::Span => drop(self.lent_pair()),
            Class::Pair => {
                let (keeper, handle) = self.lent_pair();
                self.message.release_pair(keeper, handle);
            }
            Class::Compound => {
                if T::skip(&mut self.message).is_err() {
                    // Nobody knows where the next value begins.
                    self.message = self.message.again(&[]);
                }
            }
        }
    }

    /// Takes an object, a trait's.
    #[inline]
    pub fn object<S: Object + ?Sized>(&mut self, access: Access) -> Result<Shared<S>, Malformed> {
        Shared::of(self.word(), access)
    }

    /// Passes over one word.
    pub fn skip_word(&mut self) {
        self.word();
    }

    /// Passes over a slice.
    pub fn skip_slice<T: Decode<'a> + 'a>(&mut self) {
        self.skip::<Slice<'a, T>>();
    }

    /// Passes over what is lent to be changed: an object or a function.
    pub fn skip_lent_mut<T: LendMut<'a> + ?Sized>(&mut self) {
        self.word();
        if matches!(T::CLASS, Class::Pair) {
            self.word();
        }
    }

    /// Passes over a lent argument of a call that is refused.
    pub fn skip_lent<T: Lend<'a> + ?Sized>(&mut self) {
        T::skip(self);
    }
}

/// Releases what a refused call did not take, argument by argument.
pub type Discard = fn(&mut Arguments<'_>);

/// Where the arguments are in a frame.
#[derive(Clone, Copy)]
pub(crate) struct Layout {
    first: usize,
    stride: usize,
    has_message: bool,
}

impl Layout {
    /// The layout for arguments of these classes that begin at word `first`.
    #[inline]
    pub(crate) const fn new(first: usize, classes: &[Class]) -> Layout {
        Layout {
            first,
            stride: crate::frame::stride_from(first, classes),
            has_message: crate::frame::has_message(classes),
        }
    }

    /// How many words a frame has.
    #[inline]
    pub(crate) const fn stride(self) -> usize {
        self.stride
    }

    /// The message.
    ///
    /// # Safety
    /// As for [`Arguments::of`].
    #[inline]
    unsafe fn message<'a>(self, frame: *const u64) -> &'a [u8] {
        if !self.has_message {
            return &[];
        }
        // SAFETY: the frame then ends in address and length of the message (clause 2.3), readable until the shim returns (clause 1.6).
        unsafe { crate::value::memory(*frame.add(self.stride - 2), *frame.add(self.stride - 1)) }
    }
}

/// What an exported function may return.
pub trait Output {
    /// What the type is (clause 6.5).
    const PRINT: u64;
    /// How the value travels.
    const CLASS: Class;

    /// Writes it into the frame.
    fn put(self, header: &mut Header<'_>);
}

impl<T: Encode> Output for T {
    const PRINT: u64 = T::PRINT;
    const CLASS: Class = T::CLASS;

    #[inline]
    fn put(self, header: &mut Header<'_>) {
        match T::CLASS {
            Class::Unit => header.unit(),
            Class::Scalar => {
                let mut passed = Passed::new();
                match self.into_word(&mut passed) {
                    Ok(word) => {
                        passed.commit();
                        header.word(word);
                    }
                    Err(fault) => header.fault(fault),
                }
            }
            Class::Pair => {
                let mut passed = Passed::new();
                match self.into_pair(&mut passed) {
                    Ok((keeper, handle)) => {
                        passed.commit();
                        header.pair(keeper, handle);
                    }
                    Err(fault) => header.fault(fault),
                }
            }
            Class::Span => self.give(header),
            Class::Compound => header.message(Status::Ok, |out| self.encode_owned(out)),
        }
    }
}

impl<T: Encode, E: Encode> Output for Result<T, E> {
    const PRINT: u64 = print::of(print::named("result"), &[T::PRINT, E::PRINT]);
    const CLASS: Class = T::CLASS;

    #[inline]
    fn put(self, header: &mut Header<'_>) {
        match self {
            Ok(value) => value.put(header),
            Err(error) => header.message(Status::Error, |out| error.encode_owned(out)),
        }
    }
}

/// Runs `body` for each of `n` frames (clause 1.3) and lets no panic out (clause 7.1).
///
/// `discard` goes through the arguments of a call that is refused or panics, where something may have been given.
///
/// # Safety
/// `frames` are `n` frames as clauses 1 and 2 say for arguments of these classes.
#[inline]
pub unsafe fn serve<F>(
    frames: *mut u64,
    n: usize,
    name: &'static str,
    arguments: &[Class],
    discard: Option<Discard>,
    body: F,
) where
    F: Fn(&mut Arguments<'_>, &mut Header<'_>) -> Result<(), Rejected>,
{
    let layout = Layout::new(HEADER_WORDS, arguments);
    // SAFETY: the caller's promise, for each of the frames.
    let one = |frame| unsafe { answer_in(frame, name, layout, discard, &body) };
    // SAFETY: the caller's promise.
    unsafe { serve_each(frames, n, layout.stride, one) }
}

/// Runs `one` for each of `n` frames of `stride` words.
///
/// # Safety
/// `frames` are `n` frames as `one` wants them.
#[inline]
pub unsafe fn serve_each(frames: *mut u64, n: usize, stride: usize, one: impl Fn(*mut u64)) {
    enter(|| {
        for i in 0..n {
            // SAFETY: the frames lie one after the other (clause 1.3), and are the caller's promise.
            one(unsafe { frames.add(i * stride) });
        }
    });
}

/// Runs `inside` as a shim of this thread.
#[inline]
pub(crate) fn enter(inside: impl FnOnce()) {
    block::drain();
    // A thread that is ending has no `INNERMOST` any more; then nothing of what hangs on it can happen.
    let entry = Entry {
        outer: INNERMOST.try_with(Cell::get).unwrap_or(ptr::null()),
        pending: Cell::new(ptr::null_mut()),
    };
    let _ = INNERMOST.try_with(|cell| cell.set(&entry));
    inside();
    let _ = INNERMOST.try_with(|cell| cell.set(entry.outer));
    if !entry.pending.get().is_null() {
        // SAFETY: `gangplank_abi_goexit` set it for this entry, and this shim is done.
        unsafe { Pending::come_back(entry.pending.get()) }
    }
}

/// The innermost shim of a leaf call: nothing is ever pending in one, because it does not call Go.
struct Leaf(Entry);

// SAFETY: nobody writes to it.
unsafe impl Sync for Leaf {}

static LEAF: Leaf = Leaf(Entry { outer: ptr::null(), pending: Cell::new(ptr::null_mut()) });

/// Runs `inside` as a shim of this thread that calls nothing (clause 9.4).
#[inline(always)]
pub(crate) fn enter_leaf<R>(inside: impl FnOnce() -> R) -> R {
    let outer = INNERMOST.try_with(|cell| cell.replace(&LEAF.0)).unwrap_or(ptr::null());
    let result = inside();
    let _ = INNERMOST.try_with(|cell| cell.set(outer));
    result
}

/// Answers one frame of a function with arguments of these classes. Nothing unwinds out of it (clause 7.1).
///
/// # Safety
/// The frame is as clauses 1 and 2 say for them.
#[inline]
pub unsafe fn answer<F>(
    frame: *mut u64,
    name: &'static str,
    arguments: &[Class],
    discard: Option<Discard>,
    body: F,
) where
    F: Fn(&mut Arguments<'_>, &mut Header<'_>) -> Result<(), Rejected>,
{
    // SAFETY: the caller's promise.
    unsafe { answer_in(frame, name, Layout::new(HEADER_WORDS, arguments), discard, &body) }
}

/// Answers one frame. Nothing unwinds out of it.
///
/// # Safety
/// The frame is as clauses 1 and 2 say for this layout.
#[inline]
pub(crate) unsafe fn answer_in<F>(
    frame: *mut u64,
    name: &'static str,
    layout: Layout,
    discard: Option<Discard>,
    body: &F,
) where
    F: Fn(&mut Arguments<'_>, &mut Header<'_>) -> Result<(), Rejected>,
{
    // SAFETY: the caller's promise.
    let mut arguments = unsafe { Arguments::of(frame, layout) };
    let run = || {
        // SAFETY: the caller's promise.
        let mut header = unsafe { Header::at(frame) };
        body(&mut arguments, &mut header)
    };
    let end = catch_unwind(AssertUnwindSafe(run));
    if matches!(end, Ok(Ok(()))) {
        return;
    }
    if let Some(discard) = discard {
        // SAFETY: the caller's promise.
        let message = unsafe { layout.message(frame) };
        // SAFETY: as above.
        let mut again = unsafe { Arguments::of(frame, layout) };
        again.message = arguments.message.again(message);
        discard(&mut again);
    }
    match end {
        Ok(Ok(())) => {}
        // SAFETY: the frame is still the caller's promise, and `run` is over.
        Ok(Err(rejected)) => refuse(unsafe { Header::at(frame) }, name, &rejected),
        // SAFETY: as above.
        Err(payload) => panicked(unsafe { Header::at(frame) }, payload),
    }
}

#[cold]
#[inline(never)]
fn refuse(mut header: Header<'_>, name: &str, rejected: &Rejected) {
    if let Malformed::Closed { of } = rejected.what {
        return header.message(Status::Closed, |out| {
            out.string(&format!("{name}: {rejected}"));
            out.string(rejected.argument);
            out.string(of);
        });
    }
    header.text(Status::Rejected, &format!("{name}: {rejected}"));
}

#[cold]
#[inline(never)]
pub(crate) fn panicked(mut header: Header<'_>, payload: Box<dyn Any + Send>) {
    let (text, stack) = panic::describe(payload);
    header.message(Status::Panic, |out| {
        out.string(&text);
        out.string(&stack);
    });
}
