//! Writes a message into lent memory, and into memory of its own from the byte that no longer fits.

use super::Passed;
use crate::frame::{MIN_BLOCK, pack_block};
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};
use std::fmt;
use std::ptr;

/// Alignment of the blocks a writer makes.
const ALIGN: usize = 8;

/// A message being written.
///
/// Owns `start[..room]` if `owned`, else has it lent for as long as the maker of the writer promised.
pub struct Writer {
    start: *mut u8,
    len: usize,
    room: usize,
    owned: bool,
    depth: usize,
    fault: Option<&'static str>,
    passed: Passed,
}

/// A place in a message to which it can go back.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mark {
    len: usize,
    depth: usize,
    passed: usize,
}

impl Writer {
    /// A writer into lent memory.
    ///
    /// # Safety
    /// `scratch` is writable for `room` bytes, by nobody else, until the writer is finished or dropped. `room` may be 0.
    #[inline]
    pub unsafe fn lent(scratch: *mut u8, room: usize) -> Writer {
        Writer { start: scratch, len: 0, room, owned: false, depth: 0, fault: None, passed: Passed::new() }
    }

    /// Appends bytes.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        if bytes.len() > self.room - self.len {
            self.grow(bytes.len());
        }
        // SAFETY: `start` is writable for `room` bytes, `grow` made `bytes` fit behind `len`, and `bytes` is not our own memory.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.start.add(self.len), bytes.len()) };
        self.len += bytes.len();
    }

    /// Appends a count (clause 5.3).
    #[inline]
    pub fn count(&mut self, count: usize) {
        self.bytes(&(count as u64).to_le_bytes());
    }

    /// Appends a string (clause 5.3).
    #[inline]
    pub fn string(&mut self, text: &str) {
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    /// Writes a value inside another one of a type that may contain itself (clause 5.10).
    #[inline]
    pub fn nested(&mut self, write: impl FnOnce(&mut Writer)) {
        if self.depth == super::DEEPEST {
            return self.fault("it is nested more than 1000 levels deep");
        }
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    /// Appends a list whose length is known when it is written: `write` returns it, and something else.
    #[inline]
    pub(crate) fn list<R>(&mut self, write: impl FnOnce(&mut Writer) -> (usize, R)) -> R {
        let at = self.len;
        self.count(0);
        let (count, result) = write(self);
        // SAFETY: `count` wrote eight bytes at `at`, and all that was written is still there.
        unsafe { self.start.add(at).cast::<u64>().write_unaligned((count as u64).to_le()) };
        result
    }

    /// Appends what a value displays, as a string, without a string in between.
    pub fn display(&mut self, value: &dyn fmt::Display) {
        self.list(|out| {
            let at = out.len;
            if fmt::Write::write_fmt(out, format_args!("{value}")).is_err() {
                out.fault("its Display failed");
            }
            (out.len - at, ())
        });
    }

    /// Notes that a value cannot be carried; the whole message is refused in the end. The first fault counts.
    #[cold]
    pub fn fault(&mut self, what: &'static str) {
        self.fault.get_or_insert(what);
    }

    /// The end of what was written so far.
    #[inline]
    pub(crate) fn mark(&self) -> Mark {
        Mark { len: self.len, depth: self.depth, passed: self.passed.len() }
    }

    /// Moves a mark to the end, at the same depth.
    #[inline]
    pub(crate) fn advance(&self, mark: &mut Mark) {
        mark.len = self.len;
        if !self.passed.is_empty() {
            mark.passed = self.passed.len();
        }
    }

    /// Takes back what was written since the mark, and faults; what was to go over in it comes back.
    #[cold]
    pub(crate) fn back_to(&mut self, mark: Mark) {
        (self.len, self.depth, self.fault) = (mark.len, mark.depth, None);
        self.passed.back_to(mark.passed);
    }

    /// The same if what was written since the mark has a fault, which is returned.
    #[inline]
    pub(crate) fn back_if_faulty(&mut self, mark: Mark) -> Option<&'static str> {
        let fault = self.fault?;
        self.back_to(mark);
        Some(fault)
    }

    /// What goes over with the message and must come back if the message does not go.
    #[inline]
    pub fn passed(&mut self) -> &mut Passed {
        &mut self.passed
    }

    /// How many bytes were written.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Was nothing written?
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What was written.
    #[inline]
    pub fn written(&self) -> &[u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: the first `len` bytes at `start` were written by `bytes`.
        unsafe { std::slice::from_raw_parts(self.start, self.len) }
    }

    /// The fault, if there is one.
    #[inline]
    pub fn check(&self) -> Result<(), &'static str> {
        self.fault.map_or(Ok(()), Err)
    }

    /// Ends the message: its result words (clauses 4.2, 4.3). If it outgrew the lent memory the caller now owns a block.
    #[inline]
    pub fn finish(mut self) -> Result<[u64; 3], &'static str> {
        self.check()?;
        let block = if self.owned { pack_block(self.room, ALIGN) } else { 0 };
        self.owned = false;
        self.passed.commit();
        Ok([self.start as u64, self.len as u64, block])
    }

    #[cold]
    #[inline(never)]
    fn free(&mut self) {
        // SAFETY: `start` was allocated in `grow` with this layout, and `finish` did not give it away.
        unsafe { dealloc(self.start, Layout::from_size_align_unchecked(self.room, ALIGN)) }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, more: usize) {
        let room = self
            .len
            .checked_add(more)
            .expect("a message fits in memory")
            .max(self.room.saturating_mul(2))
            .max(MIN_BLOCK * 4);
        let layout = Layout::from_size_align(room, ALIGN).expect("a message fits in memory");
        let start = if self.owned {
            // SAFETY: `start` was allocated below with `room` bytes and this alignment, and the new size is not zero.
            unsafe { realloc(self.start, Layout::from_size_align_unchecked(self.room, ALIGN), room) }
        } else {
            // SAFETY: the size is not zero.
            unsafe { alloc(layout) }
        };
        if start.is_null() {
            handle_alloc_error(layout);
        }
        if !self.owned && self.len > 0 {
            // SAFETY: both are valid for `len` bytes, and the new memory overlaps nothing.
            unsafe { ptr::copy_nonoverlapping(self.start, start, self.len) };
        }
        (self.start, self.room, self.owned) = (start, room, true);
    }
}

impl fmt::Write for Writer {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.bytes(text.as_bytes());
        Ok(())
    }
}

impl Drop for Writer {
    #[inline]
    fn drop(&mut self) {
        if self.owned {
            self.free();
        }
    }
}
