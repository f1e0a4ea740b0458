//! The functions of Rust that Go holds.

use crate::frame::{BEHIND_HANDLE, HEADER_WORDS, Header};
use crate::handle::{Error, Handle, Table};
use crate::keeper::Keeper;
use crate::message::{Malformed, Passed};
use crate::shim::{self, Arguments, Discard, Layout, Rejected};
use crate::value::Class;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// How they are called in messages.
const NAME: &str = "a Rust function";

/// A function that Go holds, as what answers a frame.
pub(crate) struct Filed(Box<dyn Fn(*mut u64) + Send + Sync>);

impl Filed {
    /// A function whose arguments are of these classes.
    pub(crate) fn new<F>(classes: &'static [Class], discard: Discard, body: F) -> Filed
    where
        F: Fn(&mut Arguments<'_>, &mut Header<'_>) -> Result<(), Rejected> + Send + Sync + 'static,
    {
        let layout = Layout::new(BEHIND_HANDLE, classes);
        Filed(Box::new(move |frame| {
            // SAFETY: `call` was given a frame of this function (clause 8.7): its type is part of the hash of what gave it to Go.
            unsafe { shim::answer_in(frame, NAME, layout, Some(discard), &body) };
        }))
    }

    /// Makes a handle: keeper and handle.
    pub(crate) fn file(self, passed: &mut Passed) -> (u64, u64) {
        let handle = TABLE.get_or_init(Table::new).insert(self).to_bits();
        passed.made(handle, |handle, over| {
            if !over {
                release(handle);
            }
        });
        (std::ptr::from_ref(&KEEPER).expose_provenance() as u64, handle)
    }
}

/// Rust's keeper for function values (clause 8.1).
static KEEPER: Keeper = Keeper::new(keep);
static TABLE: OnceLock<Table<Filed>> = OnceLock::new();

/// Ends a handle (clause 8.5). What is none is passed over; nothing unwinds.
fn release(word: u64) {
    trap(|| {
        if let Some(table) = TABLE.get() {
            let _ = table.delete(Handle::from_bits(word));
        }
    });
}

/// Dropping a function may panic.
fn trap(drops: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(drops)) {
        crate::panic::report(NAME, payload);
    }
}

/// The keeper's shim: releases functions, or calls one (clauses 8.5, 8.7).
unsafe extern "C" fn keep(frames: *mut u64, n: usize) {
    shim::enter(|| {
        if n == 0 {
            // SAFETY: word 0 is a count, and that many handles follow (clause 8.5).
            let handles = unsafe { std::slice::from_raw_parts(frames.add(1), *frames as usize) };
            return handles.iter().copied().for_each(release);
        }
        // SAFETY: the frame has a header, and word 4 is the handle (clause 8.7).
        let word = unsafe { *frames.add(HEADER_WORDS) };
        let found = TABLE.get().ok_or(Error::Forged).and_then(|table| table.get(Handle::from_bits(word)));
        match found {
            Ok(function) => {
                (function.0)(frames);
                // If Go released it meanwhile.
                trap(|| drop(function));
            }
            Err(error) => gone(frames, error),
        }
    });
}

#[cold]
fn gone(frame: *mut u64, error: Error) {
    let what = match error {
        Error::Stale => "it was released: call it only while it is held",
        _ => "there is no such function: its handle was never issued",
    };
    let refuse = |_: &mut Arguments<'_>, _: &mut Header<'_>| -> Result<(), Rejected> {
        Err(Rejected::call(Malformed::Refused(what.into())))
    };
    // SAFETY: the frame has a header, and no argument is looked at.
    unsafe { shim::answer_in(frame, NAME, Layout::new(BEHIND_HANDLE, &[]), None, &refuse) };
}
