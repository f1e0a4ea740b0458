//! The same calls, as a careful programmer would write them without a generator.

use std::ffi::{CStr, CString, c_char};

/// How long an answer may be to come in one crossing.
const ROOM: usize = 64;

unsafe extern "C" {
    safe fn hand_go_nop();
    safe fn hand_go_scalar(x: u64) -> u64;
    fn hand_go_text(text: *const u8, len: usize, out: *mut u8, room: usize) -> usize;
    fn hand_go_text_c(text: *const c_char) -> *mut c_char;
}

/// A bare callback.
pub fn nop() {
    hand_go_nop();
}

/// One more than `x`.
pub fn scalar(x: u64) -> u64 {
    hand_go_scalar(x)
}

/// The best way: one crossing, the answer goes straight into the new string's buffer.
pub fn text(text: &str) -> String {
    let mut room = ROOM;
    loop {
        let mut out = Vec::with_capacity(room);
        // SAFETY: `text` is readable and `out` writable for the lengths given, until the call returns.
        let len = unsafe { hand_go_text(text.as_ptr(), text.len(), out.as_mut_ptr(), room) };
        if len <= room {
            // SAFETY: an answer of `len` bytes, no more than `room`, was written.
            unsafe { out.set_len(len) };
            return String::from_utf8(out).expect("Go returned UTF-8");
        }
        room = len;
    }
}

/// The usual way: C strings on both roads.
pub fn text_c(text: &str) -> String {
    let text = CString::new(text).expect("no zero byte");
    // SAFETY: `text` is a C string until the end of this function.
    let answer = unsafe { hand_go_text_c(text.as_ptr()) };
    // SAFETY: Go returns a C string that belongs to us.
    let owned = unsafe { CStr::from_ptr(answer) }.to_str().expect("Go returned UTF-8").to_owned();
    // SAFETY: it came from C.CString, which is malloc, and nobody else frees it.
    unsafe { libc::free(answer.cast()) };
    owned
}
