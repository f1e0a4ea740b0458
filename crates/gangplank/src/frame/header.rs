//! Clauses 1.4, 1.5 and 4: the four words in front of the arguments.

use super::{MIN_BLOCK, Status, pack_block};
use crate::block;
use crate::message::Writer;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr;

/// How many words the header has.
pub const HEADER_WORDS: usize = 4;

/// The header of a frame that is being answered.
pub struct Header<'f> {
    words: *mut u64,
    frame: PhantomData<&'f mut [u64; HEADER_WORDS]>,
}

impl<'f> Header<'f> {
    /// The header at `words`.
    ///
    /// # Safety
    /// `words` points at a frame whose header is filled in as clause 1.4 says, writable and not used otherwise for `'f`.
    pub unsafe fn at(words: *mut u64) -> Header<'f> {
        Header { words, frame: PhantomData }
    }

    fn set(&mut self, status: Status, result: [u64; 3]) {
        // SAFETY: `at` was promised four writable words that nobody else uses (clause 1.3).
        unsafe {
            *self.words = status as u64;
            *self.words.add(1) = result[0];
            *self.words.add(2) = result[1];
            *self.words.add(3) = result[2];
        }
    }

    fn scratch(&self) -> (*mut u8, usize) {
        // SAFETY: as in `set`; words 1 and 2 are the lent scratch until the result is written (clause 1.4).
        unsafe { (*self.words.add(1) as *mut u8, *self.words.add(2) as usize) }
    }

    /// Answers with nothing.
    #[inline]
    pub fn unit(&mut self) {
        // SAFETY: as in `set`. The other words have no meaning (clause 4.1).
        unsafe { *self.words = Status::Ok as u64 };
    }

    /// Answers with a scalar.
    #[inline]
    pub fn word(&mut self, word: u64) {
        // SAFETY: as in `set`. Words 2 and 3 have no meaning for a scalar (clause 4.1).
        unsafe {
            *self.words = Status::Ok as u64;
            *self.words.add(1) = word;
        }
    }

    /// Answers with keeper and handle (clause 8.2).
    #[inline]
    pub fn pair(&mut self, keeper: u64, handle: u64) {
        self.set(Status::Ok, [keeper, handle, 0]);
    }

    /// Answers with a status that has no result.
    pub(crate) fn empty(&mut self, status: Status) {
        self.set(status, [0; 3]);
    }

    /// Answers that the call goes on as this task (clause 10.3).
    pub(crate) fn pending(&mut self, task: u64) {
        self.set(Status::Pending, [task, 0, 0]);
    }

    /// Answers that the result cannot cross.
    #[cold]
    pub fn fault(&mut self, fault: &str) {
        self.text(Status::Rejected, &format!("the result cannot cross: {fault}"));
    }

    /// Answers with a copy of bytes: in the scratch if they fit there, else in a block.
    #[inline]
    pub fn copied(&mut self, bytes: &[u8]) {
        self.copied_pod(bytes, bytes.len(), 1);
    }

    /// Answers with a copy of a span of `len` elements of POD.
    #[inline]
    pub fn copied_pod(&mut self, bytes: &[u8], len: usize, align: usize) {
        let (mut target, room) = self.scratch();
        let mut packed = 0;
        if bytes.len() > room {
            let Some((address, word)) = block::allocate(bytes.len(), align) else {
                return self.text(Status::Rejected, "no memory for the result");
            };
            (target, packed) = (address as *mut u8, word);
        }
        if !bytes.is_empty() {
            // SAFETY: the scratch is writable for `room` bytes (clause 1.4), the block for at least `bytes.len()`; neither
            // overlaps memory that Rust lends.
            unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), target, bytes.len()) };
        }
        self.set(Status::Ok, [target as u64, len as u64, packed]);
    }

    /// Answers with bytes that the callee owns: copied into the scratch if they fit there, else the buffer becomes the caller's block.
    #[inline]
    pub fn given(&mut self, bytes: Vec<u8>) {
        self.given_pod(bytes);
    }

    /// The same for any POD; the elements of a span are always POD (clause 2.2).
    #[inline]
    pub fn given_pod<T>(&mut self, mut items: Vec<T>) {
        assert!(size_of::<T>() > 0, "a span has elements with a size");
        let size = size_of_val(&*items);
        if size <= self.scratch().1 {
            // SAFETY: POD has neither padding nor invalid bytes (clause 5.4).
            let bytes = unsafe { std::slice::from_raw_parts(items.as_ptr().cast(), size) };
            return self.copied_pod(bytes, items.len(), align_of::<T>());
        }
        let least = MIN_BLOCK.div_ceil(size_of::<T>());
        if items.capacity() < least {
            items.reserve_exact(least - items.len());
        }
        let items = ManuallyDrop::new(items);
        let packed = pack_block(items.capacity() * size_of::<T>(), align_of::<T>());
        self.set(Status::Ok, [items.as_ptr() as u64, items.len() as u64, packed]);
    }

    /// The scratch, if it has room for `count` values of a POD type.
    #[inline]
    pub(crate) fn room<T>(&self, count: usize) -> Option<*mut T> {
        let (scratch, room) = self.scratch();
        let fits = count.checked_mul(size_of::<T>()).is_some_and(|size| 0 < size && size <= room);
        (fits && align_of::<T>() <= 8).then_some(scratch.cast())
    }

    /// Answers with the first `len` values in that room.
    #[inline]
    pub(crate) fn filled(&mut self, len: usize) {
        self.set(Status::Ok, [self.scratch().0 as u64, len as u64, 0]);
    }

    /// Answers with a message that `write` writes, in the scratch if it fits there.
    #[inline]
    pub fn message(&mut self, status: Status, write: impl FnOnce(&mut Writer)) {
        self.message_as(|out| {
            write(out);
            status
        });
    }

    /// Answers with a message that `write` writes, and the status that it returns.
    #[inline]
    pub(crate) fn message_as(&mut self, write: impl FnOnce(&mut Writer) -> Status) {
        if let Err(fault) = self.try_message_as(write) {
            self.fault(fault);
        }
    }

    /// [`message`](Header::message), but for a message that cannot cross: then the header stays as it is.
    #[inline]
    pub(crate) fn try_message(
        &mut self,
        status: Status,
        write: impl FnOnce(&mut Writer),
    ) -> Result<(), &'static str> {
        self.try_message_as(|out| {
            write(out);
            status
        })
    }

    #[inline]
    fn try_message_as(&mut self, write: impl FnOnce(&mut Writer) -> Status) -> Result<(), &'static str> {
        let (scratch, room) = self.scratch();
        // SAFETY: scratch is ours to write until the shim returns (clause 1.4), and the writer ends before that.
        let mut writer = unsafe { Writer::lent(scratch, room) };
        let status = write(&mut writer);
        self.set(status, writer.finish()?);
        Ok(())
    }

    /// Answers with a message, unless `write` says that it is none: then the header stays as it is.
    #[inline]
    pub(crate) fn message_if(&mut self, status: Status, write: impl FnOnce(&mut Writer) -> bool) {
        let (scratch, room) = self.scratch();
        // SAFETY: as in `message`.
        let mut writer = unsafe { Writer::lent(scratch, room) };
        if write(&mut writer) {
            match writer.finish() {
                Ok(result) => self.set(status, result),
                Err(fault) => self.fault(fault),
            }
        }
    }

    /// Answers with a text: for the statuses whose message is one string.
    #[cold]
    pub fn text(&mut self, status: Status, text: &str) {
        self.message(status, |w| w.string(text));
    }
}
