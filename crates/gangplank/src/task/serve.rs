//! The shim of an async function (clauses 10.2, 10.3), and what Go calls besides.

use super::core::{Caller, TASKS, begin};
use super::mailbox::{Mailbox, Wake};
use super::time;
use crate::frame::HEADER_WORDS;
use crate::handle::Handle;
use crate::shim::{self, Arguments, Discard, Layout, Output, Rejected};
use crate::value::Class;

/// Where the arguments begin: behind mailbox, ticket and deadline.
const FIRST: usize = HEADER_WORDS + 3;

/// Begins a call for each of `n` frames and lets no panic out (clause 7.1). `body` takes the arguments and makes the future, which owns them.
///
/// # Safety
/// `frames` are `n` frames as clauses 1, 2 and 10.2 say for arguments of these classes.
#[inline]
pub unsafe fn serve_async<F>(
    frames: *mut u64,
    n: usize,
    name: &'static str,
    arguments: &[Class],
    discard: Option<Discard>,
    body: impl Fn(&mut Arguments<'_>) -> Result<F, Rejected>,
) where
    F: Future + Send + 'static,
    F::Output: Output,
{
    let layout = Layout::new(FIRST, arguments);
    shim::enter(|| {
        for i in 0..n {
            // SAFETY: the frames lie one after the other (clause 1.3), and are the caller's promise.
            let frame = unsafe { frames.add(i * layout.stride()) };
            // SAFETY: as above: three words behind the header (clause 10.2).
            let [mailbox, ticket, left] = unsafe { *frame.add(HEADER_WORDS).cast::<[u64; 3]>() };
            let answer = |arguments: &mut Arguments<'_>, header: &mut crate::frame::Header<'_>| {
                let future = body(arguments)?;
                // SAFETY: a mailbox lives for ever (clause 10.1).
                let mailbox = unsafe { &*(mailbox as *const Mailbox) };
                begin(future, Caller { mailbox, ticket, deadline: time::from_now(left as i64) }, header);
                Ok(())
            };
            // SAFETY: the caller's promise.
            unsafe { shim::answer(frame, name, layout, discard, &answer) };
        }
    });
}

/// Makes a mailbox (clause 10.1).
///
/// # Safety
/// `wake` is the writing end of a pipe that stays open for ever.
#[unsafe(no_mangle)]
unsafe extern "C" fn gangplank_abi_mailbox(wake: isize) -> *const Mailbox {
    // SAFETY: the caller's promise.
    Box::leak(Box::new(Mailbox::new(unsafe { Wake::new(wake) })))
}

/// Gives a call up (clause 10.6).
#[unsafe(no_mangle)]
extern "C" fn gangplank_abi_cancel(task: u64) -> u64 {
    let mut cancelled = false;
    shim::enter(|| {
        // The `Arc`, and not the pin: the handle ends on the way.
        let found = TASKS.get(Handle::from_bits(task)).map(|task| task.clone());
        cancelled = found.is_ok_and(|task| task.cancel());
    });
    u64::from(cancelled)
}
