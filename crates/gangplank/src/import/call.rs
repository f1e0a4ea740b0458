//! One call of an imported method: the frame is filled in, Go's shim runs, the answer is taken out. All memory is the caller's stack, but for
//! messages and results that outgrow it.

use super::{Instance, Shim, Table, goexit, stack};
use crate::error::{ErrorKind, GoError};
use crate::frame::{BEHIND_HANDLE, HEADER_WORDS, Status, unpack_block};
use crate::go_value::Pair;
use crate::lane::Methods;
use crate::message::{Malformed, Reader, Writer};
use crate::value::{Class, Decode, Encode, print};
use crate::{block, lane};
use std::mem::{ManuallyDrop, MaybeUninit};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of stack for the message of the arguments and for the result.
const LENT: usize = 512;
/// The most that is lent on the heap on the strength of earlier results.
const MOST_LENT: usize = 1 << 20;

/// Bytes of stack, aligned as clause 1.4 wants.
#[repr(align(8))]
struct Stack {
    _bytes: [MaybeUninit<u8>; LENT],
}

/// A frame, and before it the place to come back to when the Go function does not return (clause 7.2).
#[repr(C)]
struct Framed<const STRIDE: usize> {
    resume: stack::Resume,
    words: [u64; STRIDE],
}

/// How a method learns from its own past: the size of its last result that did not fit on the stack.
pub struct Hint(AtomicUsize);

impl Hint {
    /// No past.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Hint {
        Hint(AtomicUsize::new(0))
    }
}

impl Hint {
    /// Lends so many bytes to the next call, where it is known.
    #[inline]
    pub(crate) fn expect(&self, bytes: usize) {
        self.0.store(bytes, Ordering::Relaxed);
    }
}

/// What an imported method may return.
#[diagnostic::on_unimplemented(
    message = "an imported method cannot return `{Self}`",
    label = "cannot come from Go",
    note = "the value must cross: `#[gangplank::record]` on its type",
    note = "the error of a `Result` must be able to hold any Go error: implement `From<gangplank::GoError>` for it (with thiserror: a variant with `#[from] gangplank::GoError`), or use `gangplank::GoError` itself"
)]
pub trait Input: Sized {
    /// What the type is (clause 6.5).
    const PRINT: u64;
    /// How the value travels.
    const CLASS: Class;
    /// Alignment of memory lent for it.
    const ALIGN: usize;

    /// The value, from an answer that is one.
    fn take(answer: Answer) -> Result<Self, GoError>;

    /// The value for a call that failed.
    fn fail(error: GoError) -> Self;
}

/// An error type of an imported method: it must be able to hold any Go error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold every error that a Go function can return",
    label = "needs `From<gangplank::GoError>`",
    note = "implement `From<gangplank::GoError>` for it (with thiserror: a variant with `#[from] gangplank::GoError`), or use `gangplank::GoError` itself"
)]
pub trait FromGo {
    /// Holds it.
    fn from_go(error: GoError) -> Self;
}

impl<E: From<GoError>> FromGo for E {
    fn from_go(error: GoError) -> E {
        error.into()
    }
}

impl<T: for<'a> Decode<'a>> Input for T {
    const PRINT: u64 = T::PRINT;
    const CLASS: Class = T::CLASS;
    const ALIGN: usize = T::ALIGN;

    #[inline]
    fn take(answer: Answer) -> Result<T, GoError> {
        answer.value()
    }

    #[cold]
    fn fail(error: GoError) -> T {
        match error.stack() {
            Some(stack) => panic!("{error}\n{stack}"),
            None => panic!("{error}"),
        }
    }
}

impl<T: for<'a> Decode<'a>, E: for<'a> Decode<'a> + FromGo> Input for Result<T, E> {
    const PRINT: u64 = print::of(print::named("result"), &[T::PRINT, E::PRINT]);
    const CLASS: Class = T::CLASS;
    const ALIGN: usize = T::ALIGN;

    #[inline]
    fn take(answer: Answer) -> Result<Self, GoError> {
        if answer.is_error() {
            return answer.message(|input| E::decode(input), |input| E::skip(input)).map(Err);
        }
        answer.value().map(Ok)
    }

    #[cold]
    fn fail(error: GoError) -> Self {
        Err(E::from_go(error))
    }
}

/// A call being made. The frame has at most `WORDS` words.
///
/// Only the frame is seen by the callee: of a call without a message nothing else takes memory.
pub struct Call<'f, const WORDS: usize> {
    words: &'f mut [u64; WORDS],
    next: usize,
    message: Writer,
    fault: Option<&'static str>,
}

/// What is known of a call before its arguments.
struct Callee<'h> {
    /// How it is called in messages.
    name: &'static str,
    /// Its callback, if it has one.
    fast: Option<(&'h Methods, usize)>,
    /// Word 4 (clauses 8.7, 8.8).
    handle: u64,
    stride: usize,
    has_message: bool,
    hint: &'h Hint,
}

impl<const WORDS: usize> Call<'_, WORDS> {
    /// Calls a method of an imported trait. `fill` puts the arguments, and returns what must live until the call has returned.
    #[inline]
    pub fn make<R: Input, K>(
        (table, method): (&Table, usize),
        instance: &Instance,
        name: &'static str,
        hint: &Hint,
        has_message: bool,
        fill: impl FnOnce(&mut Call<'_, WORDS>) -> K,
    ) -> R {
        let fast = Some((table.fast(), method));
        let callee = Callee { name, fast, handle: instance.handle(), stride: WORDS, has_message, hint };
        table.shim(method).and_then(|shim| Self::run(shim, callee, fill)).unwrap_or_else(R::fail)
    }

    /// Calls a function value (clause 8.7).
    #[inline]
    pub(crate) fn function<R: Input, K>(
        of: Pair,
        classes: &[Class],
        hint: &Hint,
        fill: impl FnOnce(&mut Call<'_, WORDS>) -> K,
    ) -> R {
        let callee = Callee {
            name: "a Go function",
            fast: None,
            handle: of.handle,
            stride: crate::frame::stride_from(BEHIND_HANDLE, classes),
            has_message: crate::frame::has_message(classes),
            hint,
        };
        Self::run(of.shim(), callee, fill).unwrap_or_else(R::fail)
    }

    #[inline]
    fn run<R: Input, K>(
        shim: Shim,
        callee: Callee<'_>,
        fill: impl FnOnce(&mut Call<'_, WORDS>) -> K,
    ) -> Result<R, GoError> {
        let Callee { name, fast, handle, stride, has_message, hint } = callee;
        // Of this thread, and the same until the callee runs.
        let entry = lane::current();
        goexit::check(name, entry)?;
        let mut arguments = MaybeUninit::<Stack>::uninit();
        // SAFETY: `arguments` outlives the call, and nobody else uses it.
        let message =
            unsafe { Writer::lent(arguments.as_mut_ptr().cast(), if has_message { LENT } else { 0 }) };
        let mut framed = Framed { resume: stack::Resume::default(), words: [0; WORDS] };
        framed.words[HEADER_WORDS] = handle;
        let mut call = Call { words: &mut framed.words, next: BEHIND_HANDLE, message, fault: None };
        // Spans borrow from it.
        let kept = fill(&mut call);
        if let Err(fault) = call.fault.map_or_else(|| call.message.check(), Err) {
            return Err(GoError::of(
                ErrorKind::Rejected,
                format!("{name}: an argument cannot cross: {fault}"),
            ));
        }
        if has_message {
            let bytes = call.message.written();
            (call.words[stride - 2], call.words[stride - 1]) = (bytes.as_ptr() as u64, bytes.len() as u64);
        }

        let mut scratch = MaybeUninit::<Stack>::uninit();
        let lent = match R::CLASS {
            Class::Unit | Class::Scalar | Class::Pair => Lent::Nothing,
            Class::Span | Class::Compound => Lent::new(&mut scratch, hint, R::ALIGN),
        };
        (call.words[1], call.words[2]) = lent.words();
        // From here the callee owns what it was given (clause 8.3).
        call.message.passed().commit();
        // The message lives until the callee has read it. Without one the writer has nothing to drop, and need not even exist.
        let message = ManuallyDrop::new(call.message);
        // SAFETY: the shim is Go's for this method or function; the frame has its stride, checked through the hash of the trait or function (clauses 1, 6.3, 8.7).
        unsafe { lane::call(entry, fast, shim, framed.words.as_mut_ptr(), 1, &mut framed.resume) };
        drop(kept);
        if has_message {
            drop(ManuallyDrop::into_inner(message));
        }
        let [status, a, b, c, ..] = framed.words[..] else { unreachable!("a frame has a header") };
        // Owner of the bytes: we, if they are in a block or in heap memory that we lent; else our own stack.
        let block = lent.settle(a, c);
        let answer = Answer { name, status, a, b, block, hint: Some(hint) };
        R::take(answer)
    }

    /// Puts the next argument. The caller keeps what comes back until the call has returned.
    #[inline]
    #[must_use = "a span borrows from it"]
    pub fn put<T: Encode>(&mut self, value: T) -> Option<T> {
        match T::CLASS {
            Class::Unit | Class::Compound => value.encode_owned(&mut self.message),
            Class::Scalar => match value.into_word(self.message.passed()) {
                Ok(word) => self.word(word),
                Err(fault) => self.fault = self.fault.or(Some(fault)),
            },
            Class::Pair => match value.into_pair(self.message.passed()) {
                Ok((keeper, handle)) => {
                    self.word(keeper);
                    self.word(handle);
                }
                Err(fault) => self.fault = self.fault.or(Some(fault)),
            },
            Class::Span => {
                let (address, len) = value.span();
                self.word(if len == 0 { 0 } else { address });
                self.word(len);
                return Some(value);
            }
        }
        None
    }

    #[inline]
    fn word(&mut self, word: u64) {
        self.words[self.next] = word;
        self.next += 1;
    }
}

/// Memory lent for a result.
enum Lent {
    Nothing,
    Stack(u64),
    Heap { address: u64, packed: u64 },
}

impl Lent {
    #[inline]
    fn new(scratch: &mut MaybeUninit<Stack>, hint: &Hint, align: usize) -> Lent {
        let likely = hint.0.load(Ordering::Relaxed);
        if likely > LENT {
            if let Some((address, packed)) = block::allocate(likely, align) {
                return Lent::Heap { address, packed };
            }
        }
        Lent::Stack(scratch.as_mut_ptr() as u64)
    }

    #[inline]
    fn words(&self) -> (u64, u64) {
        match *self {
            Lent::Nothing => (0, 0),
            Lent::Stack(address) => (address, LENT as u64),
            Lent::Heap { address, packed } => (address, unpack_block(packed).0 as u64),
        }
    }

    /// After the call: the block that holds the result, if it is not on the stack. Frees what was lent in vain.
    #[inline]
    fn settle(self, a: u64, c: u64) -> u64 {
        let Lent::Heap { address, packed } = self else { return c };
        if c == 0 && a == address {
            return packed;
        }
        // SAFETY: we allocated it, and the result is elsewhere.
        unsafe { block::free(address, packed) };
        c
    }
}

/// How a call ended, and the memory of the result.
pub struct Answer<'h> {
    name: &'static str,
    status: u64,
    a: u64,
    b: u64,
    block: u64,
    hint: Option<&'h Hint>,
}

impl Answer<'static> {
    /// The answer of a call whose result, if it has bytes, lies in a block.
    #[inline]
    pub(crate) fn settled(name: &'static str, [status, a, b, block]: [u64; 4]) -> Answer<'static> {
        Answer { name, status, a, b, block, hint: None }
    }
}

impl Answer<'_> {
    /// Is it the function's own error?
    #[inline]
    pub(crate) fn is_error(&self) -> bool {
        self.status == Status::Error as u64
    }

    /// Is it an error of Go that is not of the function's own type?
    #[inline]
    pub(crate) fn is_foreign(&self) -> bool {
        self.status == Status::Foreign as u64
    }

    #[inline]
    pub(crate) fn value<T: for<'a> Decode<'a>>(self) -> Result<T, GoError> {
        if self.status != Status::Ok as u64 {
            return Err(self.error());
        }
        match T::CLASS {
            Class::Pair => T::from_pair(self.a, self.b).map_err(|m| malformed(self.name, &m)),
            Class::Unit => T::decode(&mut Reader::new(&[])).map_err(|m| malformed(self.name, &m)),
            Class::Scalar => T::from_result(self.a).map_err(|m| malformed(self.name, &m)),
            Class::Span => {
                self.learn();
                let value = if self.block == 0 {
                    // SAFETY: Go wrote `b` elements to the scratch at `a`, which still lives (clause 4.3).
                    unsafe { T::from_span(self.a, self.b) }
                } else {
                    // SAFETY: the block is ours now (clause 4.5).
                    unsafe { T::from_block(self.a, self.b, self.block) }
                };
                value.map_err(|m| malformed(self.name, &m))
            }
            Class::Compound => self.message(|input| T::decode(input), |input| T::skip(input)),
        }
    }

    /// Reads the whole result as a message, and frees its block. `skip` goes through one that is refused.
    #[inline]
    pub(crate) fn message<T>(
        self,
        decode: impl FnOnce(&mut Reader<'_>) -> Result<T, Malformed>,
        skip: impl FnOnce(&mut Reader<'_>) -> Result<(), Malformed>,
    ) -> Result<T, GoError> {
        self.learn();
        let guard = Guard { address: self.a, packed: self.block };
        // SAFETY: Go wrote `b` bytes at `a`: the scratch, which still lives, or a block, which `guard` keeps (clauses 4.2, 4.3).
        let bytes = unsafe { crate::value::memory(self.a, self.b) };
        let mut input = Reader::result(bytes);
        let value = decode(&mut input).and_then(|value| input.finish().map(|()| value));
        if value.is_err() {
            // What was given in it and not taken is released; a message that is too short ends that, too.
            let _ = skip(&mut input.again(bytes));
        }
        drop(guard);
        value.map_err(|m| malformed(self.name, &m))
    }

    /// Remembers how large results are, so that the next call lends enough.
    #[inline]
    fn learn(&self) {
        if self.block != 0 {
            if let Some(hint) = self.hint {
                let capacity = unpack_block(self.block).0;
                hint.0.store(
                    capacity.min((self.b as usize).saturating_mul(2)).next_power_of_two().min(MOST_LENT),
                    Ordering::Relaxed,
                );
            }
        }
    }

    #[cold]
    fn error(mut self) -> GoError {
        let (name, status) = (self.name, Status::from_word(self.status));
        self.hint = None;
        let error = match status {
            Some(Status::Panic | Status::Goexit) => {
                let kind = if status == Some(Status::Panic) { ErrorKind::Panic } else { ErrorKind::Goexit };
                self.message(|input| Ok(GoError::with_stack(kind, input.string()?, input.string()?)), nothing)
            }
            Some(Status::Rejected) => {
                let named =
                    |text: &str| format!("{name}: {}", text.strip_prefix("gangplank: ").unwrap_or(text));
                self.message(|input| Ok(GoError::of(ErrorKind::Rejected, named(input.string()?))), nothing)
            }
            Some(Status::Unavailable) => {
                self.message(|input| Ok(GoError::of(ErrorKind::Unavailable, input.string()?)), nothing)
            }
            // A function pointer would be of one lifetime.
            #[allow(clippy::redundant_closure)]
            Some(Status::Foreign) => {
                self.message(|input| GoError::decode(input), |input| GoError::skip(input))
            }
            Some(Status::Ok | Status::Error | Status::Pending | Status::Cancelled | Status::Closed)
            | None => Ok(GoError::of(
                ErrorKind::Rejected,
                format!(
                    "{name}: Go answered with status {}; generated Go code and Rust library differ",
                    self.status
                ),
            )),
        };
        error.unwrap_or_else(|e| e)
    }
}

/// Texts give nothing.
fn nothing(_input: &mut Reader<'_>) -> Result<(), Malformed> {
    Ok(())
}

#[cold]
pub(crate) fn malformed(name: &str, what: &Malformed) -> GoError {
    GoError::of(ErrorKind::Rejected, format!("{name}: the result of the Go function: {what}"))
}

/// Frees a block, also when decoding panics.
struct Guard {
    address: u64,
    packed: u64,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.packed != 0 {
            // SAFETY: the block is ours (clause 4.5), and what was decoded from it does not borrow.
            unsafe { block::free(self.address, self.packed) };
        }
    }
}
