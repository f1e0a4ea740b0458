//! Starting a hosted thread, counting them, and ending them (clause 9.8).
//!
//! `RUNNING` is raised before Go is asked. The thread lowers it when its closure has returned, before anybody can see the result: who has joined a thread can start another one. It does so itself,
//! because a goroutine that is exiting does not come back to `gangplank_abi_hosted` (`shim::enclose`).

use super::error::{SpawnError, Why};
use crate::lane::{Context, host, inhabit, outside};
use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

static RUNNING: AtomicUsize = AtomicUsize::new(0);
static STOPPING: AtomicBool = AtomicBool::new(false);
static ENDED: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());

/// What a hosted thread runs. It catches its own panics, and lowers the count when it has.
pub(super) type Body = Box<dyn FnOnce(Counted) + Send>;

/// How many hosted threads there are.
pub fn running() -> usize {
    RUNNING.load(Ordering::Acquire)
}

/// Has [`shutdown`] been called?
pub(super) fn stopping() -> bool {
    STOPPING.load(Ordering::Acquire)
}

/// Asks all hosted threads to end, and waits for that, at most for `limit`. Says how many are left.
///
/// [`Hosted::stopping`](super::Hosted::stopping) tells them; those that are parked should be unparked. From now on none is started.
pub fn shutdown(limit: Duration) -> usize {
    STOPPING.store(true, Ordering::Release);
    let end = Instant::now() + limit;
    super::blocking(|| {
        let mut guard = ENDED.0.lock().unwrap_or_else(PoisonError::into_inner);
        while running() > 0 {
            let Some(left) = end.checked_duration_since(Instant::now()) else { break };
            guard = ENDED.1.wait_timeout(guard, left).map_or_else(|e| e.into_inner().0, |(guard, _)| guard);
        }
    });
    running()
}

/// A hosted thread that is counted, until this is dropped.
pub(super) struct Counted;

impl Drop for Counted {
    fn drop(&mut self) {
        let _guard = ENDED.0.lock().unwrap_or_else(PoisonError::into_inner);
        RUNNING.fetch_sub(1, Ordering::AcqRel);
        ENDED.1.notify_all();
    }
}

/// Has Go run `body` on a goroutine that is locked to its thread.
pub(super) fn start(body: Body) -> Result<(), SpawnError> {
    let Some((lane, word)) = host() else { return Err(SpawnError(Why::NoGo)) };
    if stopping() {
        return Err(SpawnError(Why::ShuttingDown));
    }
    let counted = Counted;
    let running = RUNNING.fetch_add(1, Ordering::AcqRel) + 1;
    let data = Box::into_raw(Box::new((body, counted)));
    let mut request = Request { host: lane.host, data: data as usize, lane: word, running, most: 0 };
    outside(ask, (&raw mut request).cast());
    if request.most == 0 {
        return Ok(());
    }
    // SAFETY: Go refused, so nobody else has it.
    drop(unsafe { Box::from_raw(data) });
    Err(SpawnError(Why::TooMany { running: running - 1, most: request.most }))
}

struct Request {
    host: crate::lane::Host,
    data: usize,
    lane: usize,
    running: usize,
    most: usize,
}

unsafe extern "C" fn ask(data: *mut c_void) {
    // SAFETY: `start` passed its request and waits.
    let request = unsafe { &mut *data.cast::<Request>() };
    // SAFETY: Go's function for this (clause 9.8); it hands the data to `gangplank_abi_hosted` or refuses.
    request.most = unsafe { (request.host)(request.data, request.lane, request.running) };
}

/// What the goroutine calls (clause 9.8): an entry, or with a null context an ordinary function.
///
/// # Safety
/// `data` is what `start` passed, once; `context` is what fastcall gave to this entry.
#[unsafe(no_mangle)]
unsafe extern "C" fn gangplank_abi_hosted(data: usize, lane: usize, context: *const Context) -> usize {
    // SAFETY: `start` made it and gave it away.
    let (body, counted) = *unsafe { Box::from_raw(data as *mut (Body, Counted)) };
    // SAFETY: the caller's promise.
    unsafe { inhabit(lane, context, || body(counted)) };
    0
}
