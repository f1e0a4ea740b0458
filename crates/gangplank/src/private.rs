//! What expanded attributes and generated files call. Nothing here is meant for anybody else, and all of it may change.

pub use crate::batch::private as batch;
pub use crate::frame::{BEHIND_HANDLE, Header, has_message, is_short, is_short_leaf, stride, stride_from};
pub use crate::import::{
    Call, FastImport, Hint, Import, Input, Instance, ONLY_A_GO_REF, Shim, Slot, Table,
    callable_on_the_fast_lane, hold_instance, set_host_start, skip_instance,
};
pub use crate::lane::{Words, drain, enter, is_returned, leaf, register_methods};
pub use crate::message::{Malformed, Passed, Reader, Writer};
pub use crate::object::{Access, BORROWED, Methods, NoMethods, Object, Objects, Probe, Shared, codec, later};
pub use crate::shim::{Arguments, Output, Rejected, answer, serve, serve_each};
pub use crate::stream::{Iterated, iterated, iterated_singly};
#[cfg(feature = "stream")]
pub use crate::stream::{Streamed, streamed, streamed_singly};
#[cfg(feature = "stream")]
pub use crate::task::within_executor;
pub use crate::task::{AsyncMethod, Calling, Outgoing, Post, blocking, method as call_async, serve_async};
pub use crate::value::{
    Class, Decode, DecodeArc, Encode, EncodeArc, Keep, Later, Lend, LendMut, Shape, decode_pod, encode_pod,
    print,
};
pub use std::ffi::c_char;

use crate::block;

/// The version of the boundary (clause 6.4).
#[unsafe(no_mangle)]
static gangplank_abi_1: u8 = 1;

/// Go is there: gives it the return list (clause 4.4), and readies panics for their way over.
///
/// # Safety
/// `return_list` is writable.
#[unsafe(no_mangle)]
unsafe extern "C" fn gangplank_abi_start(return_list: *mut *const u64) {
    crate::panic::install_hook();
    crate::task::report_signals("Go has started");
    // SAFETY: the caller's promise.
    unsafe { *return_list = block::RETURNED.as_ptr() };
}

/// A block for a result from Go (clause 4.5): at least `size` bytes. Null when there is no memory.
#[unsafe(no_mangle)]
extern "C" fn gangplank_abi_alloc(size: usize, align: usize) -> *mut u8 {
    block::allocate(size, align).map_or(std::ptr::null_mut(), |(address, _)| address as *mut u8)
}
