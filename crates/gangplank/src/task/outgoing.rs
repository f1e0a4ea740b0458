//! The arguments of an async call: a frame that owns all that it points at, until Go has taken it over.

use super::post::{Address, Letter, Post};
use crate::error::{ErrorKind, GoError};
use crate::frame::{BEHIND_CALL, BEHIND_HANDLE, HEADER_WORDS, has_message, stride_from};
use crate::go_value::GoValue;
use crate::import::{Instance, Resume, Shim, Table, goexit};
use crate::lane;
use crate::message::{Passed, Writer};
use crate::value::{Class, Encode};
use std::ptr;

/// A call that was not made yet.
pub struct Outgoing {
    name: &'static str,
    callee: Callee,
    classes: &'static [Class],
    words: Words,
    next: usize,
    /// What spans point at. Until the frame is ready their words are offsets into it.
    spans: Vec<u64>,
    /// Compound arguments, and what was given: made when there is something.
    message: Option<Box<Writer>>,
    fault: Option<&'static str>,
    ready: bool,
}

// SAFETY: the memory that the writer and the frame point at is owned; what goes over with the message are handles and `GoValue`s, which are `Send`.
unsafe impl Send for Outgoing {}
// SAFETY: nothing is changed through a shared reference.
unsafe impl Sync for Outgoing {}

/// What is called.
pub(super) enum Callee {
    /// A method of an imported trait.
    Method(&'static Table, usize, Instance),
    /// A function value (clause 8.7).
    Function(GoValue),
}

impl Callee {
    fn shim(&self) -> Result<Shim, GoError> {
        match self {
            Callee::Method(table, method, _) => table.shim(*method),
            Callee::Function(value) => Ok(value.pair().shim()),
        }
    }

    fn handle(&self) -> u64 {
        match self {
            Callee::Method(_, _, instance) => instance.handle(),
            Callee::Function(value) => value.pair().handle,
        }
    }
}

/// The way back of clause 7.2, and the frame.
enum Words {
    Inline([u64; INLINE]),
    Heap(Box<[u64]>),
}

/// A way back, and a frame with six words of arguments.
const INLINE: usize = 1 + BEHIND_CALL + 6;

impl Words {
    #[inline]
    fn new(count: usize) -> Words {
        if count <= INLINE {
            Words::Inline([0; INLINE])
        } else {
            Words::Heap(vec![0; count].into_boxed_slice())
        }
    }

    #[inline]
    fn all(&mut self) -> &mut [u64] {
        match self {
            Words::Inline(words) => words,
            Words::Heap(words) => words,
        }
    }

    #[inline]
    fn frame(&mut self) -> &mut [u64] {
        &mut self.all()[1..]
    }
}

impl Outgoing {
    #[inline]
    pub(super) fn new(name: &'static str, callee: Callee, classes: &'static [Class]) -> Outgoing {
        let words = Words::new(1 + stride_from(BEHIND_CALL, classes));
        let (next, spans) = (BEHIND_CALL, Vec::new());
        Outgoing { name, callee, classes, words, next, spans, message: None, fault: None, ready: false }
    }

    fn message(&mut self) -> &mut Writer {
        // SAFETY: nothing is lent: the writer makes its own memory.
        self.message.get_or_insert_with(|| Box::new(unsafe { Writer::lent(ptr::null_mut(), 0) }))
    }

    fn written(&self) -> &[u8] {
        self.message.as_ref().map_or(&[], |message| message.written())
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
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
                    Err(fault) => self.fault = self.fault.or(Some(fault)),
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
                Err(fault) => self.fault = self.fault.or(Some(fault)),
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
        let at = self.next;
        self.words.frame()[at] = word;
        self.next += 1;
    }

    /// Copies bytes behind those that are there, aligned to 8, and says where.
    fn copy(&mut self, bytes: &[u8]) -> u64 {
        let offset = size_of_val(&self.spans[..]);
        let words = bytes.len().div_ceil(8);
        self.spans.reserve(words);
        // SAFETY: `words` more words are reserved behind the old ones, and are all written: first the last one, which the bytes may not fill.
        unsafe {
            let at = self.spans.as_mut_ptr().add(self.spans.len());
            if words > 0 {
                at.add(words - 1).write(0);
            }
            ptr::copy_nonoverlapping(bytes.as_ptr(), at.cast::<u8>(), bytes.len());
            self.spans.set_len(self.spans.len() + words);
        }
        offset as u64
    }

    fn check(&self) -> Result<(), GoError> {
        let Err(fault) = self.fault.map_or_else(|| self.message.as_ref().map_or(Ok(()), |m| m.check()), Err)
        else {
            return Ok(());
        };
        let text = format!("{}: an argument cannot cross: {fault}", self.name);
        Err(GoError::of(ErrorKind::Rejected, text))
    }

    /// Writes addresses into the frame, of spans and of a message that lie there. Returns the frame's length.
    fn address(&mut self, spans: u64, message: u64) -> usize {
        let len = self.written().len() as u64;
        let frame = self.words.frame();
        let mut at = BEHIND_CALL;
        for class in self.classes {
            match class {
                Class::Unit | Class::Compound => {}
                Class::Scalar => at += 1,
                Class::Pair => at += 2,
                Class::Span => {
                    frame[at] = if frame[at + 1] == 0 { 0 } else { spans + frame[at] };
                    at += 2;
                }
            }
        }
        if has_message(self.classes) {
            (frame[at], frame[at + 1]) = (message, len);
            at += 2;
        }
        at
    }

    /// Where it may be posted.
    #[inline]
    pub(super) fn post(&self, post: Option<&Post>) -> Option<Address> {
        // An implementation that Rust holds must live until Go has found it.
        if self.ready || self.callee.handle() != 0 { None } else { post.and_then(Post::address) }
    }

    /// Posts the call: Go owns it and what was given with it. Says whether Go is awake. `call` and `left` are words 5 and 6 (clause 11.1).
    pub(super) fn send_by_post(&mut self, to: Address, call: u64, left: i64) -> Result<bool, GoError> {
        goexit::check(self.name, lane::current())?;
        self.check()?;
        let (spans, message) = (size_of_val(&self.spans[..]), self.written().len());
        let mut letter = Letter::new(stride_from(BEHIND_CALL, self.classes), spans + message);
        let (frame, more) = letter.frame();
        let stride = self.address(more as u64, more as u64 + spans as u64);
        let words = self.words.frame();
        (words[BEHIND_HANDLE], words[BEHIND_HANDLE + 1]) = (call, left as u64);
        // SAFETY: the letter has room for the frame, and behind it for spans and message. Both are initialised and not in it.
        unsafe {
            // Word by word, as they were just written: wider loads would wait for that. Volatile, or the compiler makes one copy of it.
            for (i, &word) in words[..stride].iter().enumerate() {
                frame.add(i).write_volatile(word);
            }
            if spans > 0 {
                ptr::copy_nonoverlapping(self.spans.as_ptr().cast::<u8>(), more, spans);
            }
            if message > 0 {
                ptr::copy_nonoverlapping(self.written().as_ptr(), more.add(spans), message);
            }
        }
        self.commit();
        // SAFETY: the frame is that of the method which has this number, checked through the hash of the trait (clause 6.3).
        Ok(unsafe { letter.push(to) })
    }

    /// Calls Go, and returns the header that it left. `call` and `left` are words 5 and 6 (clause 11.1); `scratch` is lent for a result.
    ///
    /// # Safety
    /// `scratch` is address and size of writable memory that outlives the use of the header.
    #[inline]
    pub(super) unsafe fn send(
        &mut self,
        call: u64,
        left: i64,
        scratch: (u64, u64),
    ) -> Result<[u64; 4], GoError> {
        let entry = lane::current();
        goexit::check(self.name, entry)?;
        if !self.ready {
            self.check()?;
            self.address(self.spans.as_ptr() as u64, self.written().as_ptr() as u64);
            self.ready = true;
        }
        let (shim, handle) = (self.callee.shim()?, self.callee.handle());
        let words = self.words.all();
        words[0] = 0;
        words[1..=HEADER_WORDS].copy_from_slice(&[0, scratch.0, scratch.1, 0]);
        words[1 + HEADER_WORDS] = handle;
        words[1 + BEHIND_HANDLE] = call;
        words[2 + BEHIND_HANDLE] = left as u64;
        let resume = words.as_mut_ptr().cast::<Resume>();
        // SAFETY: the shim is Go's for this method or function, whose frame has this stride, checked through the hash of the trait or the function's type (clauses 6.3, 8.7, 11.1).
        // The word before the frame is the way back (clause 7.2). Spans and message are ours, and stay until Go has read them.
        unsafe { lane::call(entry, None, shim, resume.add(1).cast(), 1, resume) };
        let words = self.words.all();
        Ok([words[1], words[2], words[3], words[4]])
    }

    /// Go has taken the call over (clause 11.4): what was given is Go's.
    #[inline]
    pub(super) fn commit(&mut self) {
        if let Some(message) = &mut self.message {
            message.passed().commit();
        }
    }
}
