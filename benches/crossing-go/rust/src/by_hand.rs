//! The same functions, exported by hand. They call the very functions that the generated code calls.

use std::ffi::{CStr, CString, c_char};
use std::ptr;

/// Nothing.
#[unsafe(no_mangle)]
pub extern "C" fn hand_nop() {}

/// One more than `x`.
#[unsafe(no_mangle)]
pub extern "C" fn hand_scalar(x: u64) -> u64 {
    crate::scalar(x)
}

/// The usual way: C strings on both roads. The answer belongs to the caller, who gives it to [`hand_free_c`].
///
/// # Safety
///
/// `text` is a C string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hand_text_c(text: *const c_char) -> *mut c_char {
    // SAFETY: the caller promises a C string, which outlives this call.
    let text = unsafe { CStr::from_ptr(text) };
    let answer = crate::text(text.to_str().unwrap_or_default());
    CString::new(answer).unwrap_or_default().into_raw()
}

/// Frees what [`hand_text_c`] returned.
///
/// # Safety
///
/// `text` comes from [`hand_text_c`] and was not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hand_free_c(text: *mut c_char) {
    // SAFETY: the caller promises that this is the pointer `into_raw` gave, and that it is the only one to free it.
    drop(unsafe { CString::from_raw(text) });
}

/// Address and length on both roads. The answer belongs to the caller, who gives it to [`hand_free`].
///
/// # Safety
///
/// `len` bytes are readable at `text`; `answer_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hand_text_owned(text: *const u8, len: usize, answer_len: *mut usize) -> *mut u8 {
    // SAFETY: the first promise of this function.
    let answer = crate::text(unsafe { borrow(text, len) }).into_boxed_str();
    // SAFETY: the second promise of this function.
    unsafe { answer_len.write(answer.len()) };
    Box::into_raw(answer).cast()
}

/// Frees what [`hand_text_owned`] returned.
///
/// # Safety
///
/// `text` and `len` come from one call of [`hand_text_owned`] and were not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hand_free(text: *mut u8, len: usize) {
    // SAFETY: the caller promises that this was a boxed slice of this length, and that it is the only one to free it.
    drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(text, len)) });
}

/// The best way: one crossing, the answer goes into the caller's buffer. Returns the answer's length; if it is more than
/// `room`, nothing was written.
///
/// # Safety
///
/// `len` bytes are readable at `text`, and `room` bytes are writable at `out`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hand_text(text: *const u8, len: usize, out: *mut u8, room: usize) -> usize {
    // SAFETY: the first promise of this function.
    let answer = crate::text(unsafe { borrow(text, len) });
    if answer.len() <= room {
        // SAFETY: the second promise of this function; the answer is a new string and so does not overlap.
        unsafe { ptr::copy_nonoverlapping(answer.as_ptr(), out, answer.len()) };
    }
    answer.len()
}

/// The floor: the bytes are copied, no string is checked or made. No Rust function with a string in its signature could be
/// called this way.
///
/// # Safety
///
/// `len` bytes are readable at `text`, and `room` bytes are writable at `out`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hand_copy(text: *const u8, len: usize, out: *mut u8, room: usize) -> usize {
    if len <= room {
        // SAFETY: the promises of this function; Go's buffers do not overlap.
        unsafe { ptr::copy_nonoverlapping(text, out, len) };
    }
    len
}

/// # Safety
///
/// `len` bytes are readable at `text` for as long as the result is used.
unsafe fn borrow<'a>(text: *const u8, len: usize) -> &'a str {
    if len == 0 {
        return "";
    }
    // SAFETY: the promise of this function; the address is not null, for the length is not 0.
    std::str::from_utf8(unsafe { std::slice::from_raw_parts(text, len) }).unwrap_or_default()
}
