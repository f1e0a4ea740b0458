//! The arguments of an async call: words, and all that they point at, until Go has taken them over. The frame is written where the call is made: on its stack, or in the block that is posted.

use super::method::AsyncMethod;
use super::post::{Address, Letter, Post};
use crate::error::{ErrorKind, GoError};
use crate::frame::{BEHIND_CALL, HEADER_WORDS};
use crate::import::{Instance, Resume, Shim, goexit};
use crate::lane;
use crate::message::{Passed, Writer};
use crate::value::{Class, Encode};
use std::mem::MaybeUninit;
use std::ptr;

/// A call that was not made yet. It is small, for futures are moved.
pub struct Outgoing {
    method: &'static AsyncMethod,
    /// What is called. Of a function value the owner.
    instance: Instance,
    /// The arguments' words, if they fit. Those of spans are offsets into `memory`.
    inline: [u64; INLINE],
    next: usize,
    /// The arguments' words if they do not fit, and behind them what spans point at.
    memory: Vec<u64>,
    /// Compound arguments, what was given, and what cannot cross: made when there is something.
    message: Option<Box<Writer>>,
}

// SAFETY: the memory that the writer and the words point at is owned; what goes over with the message are handles and `GoValue`s, which are `Send`.
unsafe impl Send for Outgoing {}
// SAFETY: nothing is changed through a shared reference.
unsafe impl Sync for Outgoing {}

/// The most words of arguments that lie in the future.
const INLINE: usize = 4;

/// A way back (clause 7.2), and the frame of a call whose arguments are inline.
const SHORT: usize = 1 + BEHIND_CALL + INLINE + 2;

const _: () = assert!(size_of::<Resume>() == 8 && BEHIND_CALL == HEADER_WORDS + 3);

impl Outgoing {
    #[inline]
    pub(super) fn new(method: &'static AsyncMethod, instance: Instance) -> Outgoing {
        let words = method.words();
        let memory = if words > INLINE { vec![0; words] } else { Vec::new() };
        Outgoing { method, instance, inline: [0; INLINE], next: 0, memory, message: None }
    }

    fn message(&mut self) -> &mut Writer {
        // SAFETY: nothing is lent: the writer makes its own memory.
        self.message.get_or_insert_with(|| Box::new(unsafe { Writer::lent(ptr::null_mut(), 0) }))
    }

    #[inline]
    fn written(&self) -> &[u8] {
        self.message.as_ref().map_or(&[], |message| message.written())
    }

    #[inline]
    pub(super) fn method(&self) -> &'static AsyncMethod {
        self.method
    }

    #[inline]
    fn shim(&self) -> Result<Shim, GoError> {
        match (self.method.of, self.instance.owner()) {
            (Some((table, method)), _) => table.shim(method),
            (None, Some(value)) => Ok(value.pair().shim()),
            (None, None) => unreachable!("a function value is held"),
        }
    }

    /// Words at the beginning of `memory` that are the arguments.
    #[inline]
    fn outside(&self) -> usize {
        let words = self.method.words();
        if words > INLINE { words } else { 0 }
    }

    /// Puts the next argument. The call owns it, or a copy of it.
    #[inline]
    pub fn put<T: Encode>(&mut self, value: T) {
        match T::CLASS {
            Class::Unit => {}
            Class::Compound => value.encode_owned(self.message()),
            Class::Scalar => {
                let mut passed = Passed::new();
                match value.into_word(&mut passed) {
                    Ok(word) => self.word(word),
                    Err(fault) => self.message().fault(fault),
                }
                if !passed.is_empty() {
                    self.message().passed().absorb(passed);
                }
            }
            Class::Pair => match value.into_pair(self.message().passed()) {
                Ok((keeper, handle)) => {
                    self.word(keeper);
                    self.word(handle);
                }
                Err(fault) => self.message().fault(fault),
            },
            Class::Span => {
                let (_, len) = value.span();
                let offset = self.copy(value.span_bytes());
                self.word(offset);
                self.word(len);
            }
        }
    }

    #[inline]
    fn word(&mut self, word: u64) {
        let words = if self.outside() > 0 { &mut self.memory[..] } else { &mut self.inline[..] };
        words[self.next] = word;
        self.next += 1;
    }

    /// Copies bytes behind those that are there, aligned to 8, and says where.
    fn copy(&mut self, bytes: &[u8]) -> u64 {
        let offset = size_of_val(&self.memory[..]);
        let words = bytes.len().div_ceil(8);
        self.memory.reserve(words);
        // SAFETY: `words` more words are reserved behind the old ones, and are all written: first the last one, which the bytes may not fill.
        unsafe {
            let at = self.memory.as_mut_ptr().add(self.memory.len());
            if words > 0 {
                at.add(words - 1).write(0);
            }
            ptr::copy_nonoverlapping(bytes.as_ptr(), at.cast::<u8>(), bytes.len());
            self.memory.set_len(self.memory.len() + words);
        }
        offset as u64
    }

    #[inline]
    fn check(&self) -> Result<(), GoError> {
        match self.message.as_ref().and_then(|message| message.check().err()) {
            None => Ok(()),
            Some(fault) => Err(self.rejected(fault)),
        }
    }

    #[cold]
    fn rejected(&self, fault: &'static str) -> GoError {
        GoError::of(ErrorKind::Rejected, format!("{}: an argument cannot cross: {fault}", self.method.name))
    }

    /// Writes the frame. `memory` and `message` are where ours will be.
    ///
    /// # Safety
    /// At `frame` is room for the method's stride.
    #[inline(always)]
    unsafe fn write(&self, frame: *mut u64, header: [u64; BEHIND_CALL], memory: u64, message: u64) {
        // Word by word, as they were just written: wider loads would wait for that. Volatile, or the compiler makes one copy of it.
        let put = |at: usize, word: u64| {
            debug_assert!(at < self.method.stride);
            // SAFETY: the caller's promise.
            unsafe { frame.add(at).write_volatile(word) }
        };
        for (at, word) in header.into_iter().enumerate() {
            put(at, word);
        }
        let words = if self.outside() > 0 { &self.memory[..] } else { &self.inline[..] };
        let words = &words[..self.method.words()];
        for (at, &word) in words.iter().enumerate() {
            put(BEHIND_CALL + at, word);
        }
        if self.method.has_spans {
            // SAFETY: behind the header there is room for all words.
            unsafe { self.write_spans(frame.add(BEHIND_CALL), words, memory) };
        }
        if self.method.has_message {
            put(BEHIND_CALL + words.len(), message);
            put(BEHIND_CALL + words.len() + 1, self.written().len() as u64);
        }
    }

    /// Writes the addresses of spans over their offsets.
    ///
    /// # Safety
    /// At `to` is room for the words.
    #[inline(never)]
    unsafe fn write_spans(&self, to: *mut u64, words: &[u64], memory: u64) {
        let mut at = 0;
        for class in self.method.classes {
            match class {
                Class::Unit | Class::Compound => {}
                Class::Scalar => at += 1,
                Class::Pair => at += 2,
                Class::Span => {
                    let address = if words[at + 1] == 0 { 0 } else { memory + words[at] };
                    // SAFETY: the caller's promise.
                    unsafe { to.add(at).write(address) };
                    at += 2;
                }
            }
        }
    }

    /// Where it may be posted.
    #[inline]
    pub(super) fn post(&self) -> Option<Address> {
        // An implementation that Rust holds must live until Go has found it.
        if self.instance.handle() != 0 { None } else { self.method.post.and_then(Post::address) }
    }

    /// Posts the call: Go owns it and what was given with it. Says whether Go is awake. `call` and `left` are words 5 and 6 (clause 11.1).
    pub(super) fn send_by_post(&mut self, to: Address, call: u64, left: i64) -> Result<bool, GoError> {
        goexit::check(self.method.name, lane::current())?;
        self.check()?;
        let outside = self.outside();
        let (spans, message) = (&self.memory[outside..], self.written());
        let mut letter = Letter::new(self.method.stride, size_of_val(spans) + message.len());
        let (frame, more) = letter.frame();
        let behind = more.wrapping_add(size_of_val(spans));
        let header = [0, 0, 0, 0, 0, call, left as u64];
        // SAFETY: the letter has room for the frame, and behind it for spans and message. Both are initialised and not in it. Offsets count from the words before the spans.
        unsafe {
            self.write(frame, header, (more as u64).wrapping_sub(8 * outside as u64), behind as u64);
            if !spans.is_empty() {
                ptr::copy_nonoverlapping(spans.as_ptr().cast::<u8>(), more, size_of_val(spans));
            }
            if !message.is_empty() {
                ptr::copy_nonoverlapping(message.as_ptr(), behind, message.len());
            }
        }
        self.commit();
        // SAFETY: the frame is that of the method which has this number, checked through the hash of the trait (clause 6.3).
        Ok(unsafe { letter.push(to) })
    }

    /// Calls Go, and returns the header that it left. `call` and `left` are words 5 and 6 (clause 11.1); `scratch` is lent for a result. Go has read the arguments when it returns.
    ///
    /// # Safety
    /// `scratch` is address and size of writable memory that outlives the use of the header.
    #[inline(always)]
    pub(super) unsafe fn send(
        &mut self,
        call: u64,
        left: i64,
        scratch: (u64, u64),
    ) -> Result<[u64; HEADER_WORDS], GoError> {
        let entry = lane::current();
        goexit::check(self.method.name, entry)?;
        self.check()?;
        let (shim, handle) = (self.shim()?, self.instance.handle());
        let (mut short, mut long);
        let words: &mut [MaybeUninit<u64>] = if self.outside() == 0 {
            short = [MaybeUninit::uninit(); SHORT];
            &mut short
        } else {
            long = vec![MaybeUninit::uninit(); 1 + self.method.stride];
            &mut long
        };
        let resume = words.as_mut_ptr().cast::<Resume>();
        let frame = resume.wrapping_add(1).cast::<u64>();
        let header = [0, scratch.0, scratch.1, 0, handle, call, left as u64];
        // SAFETY: there is room for the way back and for the frame.
        // The shim is Go's for this method or function, whose frame has this stride, checked through the hash of the trait or the function's type (clauses 6.3, 8.7, 11.1).
        // The word before the frame is the way back (clause 7.2). Spans and message are ours, and stay until Go has read them.
        unsafe {
            resume.write(Resume::default());
            self.write(frame, header, self.memory.as_ptr() as u64, self.written().as_ptr() as u64);
            lane::call(entry, None, shim, frame, 1, resume);
            // Word by word, as Go wrote them: see `write`.
            Ok(std::array::from_fn(|at| frame.add(at).read_volatile()))
        }
    }

    /// Go has taken the call over (clause 11.4): what was given is Go's.
    #[inline]
    pub(super) fn commit(&mut self) {
        if let Some(message) = &mut self.message {
            message.passed().commit();
        }
    }
}
