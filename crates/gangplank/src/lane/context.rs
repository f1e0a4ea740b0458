//! The call context of fastcall, and which one is this thread's.

use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `gangplank_ctx` of `go/fastcall/include/gangplank_fastcall.h` (clause 9.2).
#[repr(C)]
pub struct Context {
    call: Option<unsafe extern "C" fn(*mut Context, usize, usize, usize) -> usize>,
    preempt: *const AtomicUsize,
    state: u32,
    failed: u32,
    sp: usize,
}

/// What `preempt` points at while the Go runtime wants the thread: -1314.
const PREEMPT: usize = -1314isize as usize;
/// What `failed` is when `runtime.Goexit` ended a callback.
const EXITING: u32 = 1;
/// The callback that does nothing but let the runtime in.
const YIELD: usize = 0;

/// The context of a thread that is in no entry: nobody ever wants it.
struct Idle(Context);

// SAFETY: nobody writes to it.
unsafe impl Sync for Idle {}

static NEVER: AtomicUsize = AtomicUsize::new(0);
static IDLE: Idle = Idle(Context { call: None, preempt: &NEVER, state: 0, failed: 0, sp: 0 });

/// An entry: its context, and the lane it came by (clause 9.1).
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    context: *const Context,
    pub(super) lane: usize,
}

/// What a thread knows: the context of its entry, or the idle one, and the lane of the last entry.
struct Current {
    context: Cell<*const Context>,
    lane: Cell<usize>,
}

thread_local! {
    static CURRENT: Current = const { Current { context: Cell::new(&IDLE.0), lane: Cell::new(0) } };
}

/// The entry whose native code this thread runs, if it runs one.
#[inline]
pub(crate) fn current() -> Option<Entry> {
    CURRENT.with(|current| {
        let context = current.context.get();
        (!ptr::eq(context, &IDLE.0)).then(|| Entry { context, lane: current.lane.get() })
    })
}

/// Runs native code in an entry.
///
/// # Safety
/// `context` is what fastcall gave to the entry that is running, and lives until `run` returns (clause 9.2).
#[inline]
pub(super) unsafe fn within<R>(context: *const Context, lane: usize, run: impl FnOnce() -> R) -> R {
    enter(Entry { context, lane });
    let result = run();
    leave();
    result
}

#[inline]
fn enter(entry: Entry) {
    CURRENT.with(|current| {
        // Go enters on threads that run no entry's native code, and none is entered from there (clause 9.2).
        debug_assert!(ptr::eq(current.context.get(), &IDLE.0), "an entry begins inside another one");
        current.context.set(entry.context);
        current.lane.set(entry.lane);
    });
}

#[inline]
fn leave() {
    CURRENT.with(|current| current.context.set(&IDLE.0));
}

impl Entry {
    /// Has a Go function ended the goroutine of this entry with `runtime.Goexit`?
    #[inline]
    pub(crate) fn exiting(self) -> bool {
        // SAFETY: `current` named a context, which lives as long as its entry (clause 9.2).
        unsafe { ptr::read_volatile(&raw const (*self.context).failed) == EXITING }
    }

    /// Runs a Go function. Whatever runs on this thread meanwhile is not in the entry.
    ///
    /// # Safety
    /// The entry is `current`, and `callback` is a number of its lane that takes `a` and `b`.
    #[inline]
    pub(super) unsafe fn callback(self, callback: usize, a: usize, b: usize) {
        // SAFETY: `current` is never idle, and every other context was made by fastcall, which fills `call` in (clause 9.2).
        let call = unsafe { (*self.context).call.unwrap_unchecked() };
        leave();
        // SAFETY: the caller's promise; this is the thread of the context and its innermost entry.
        unsafe { call(self.context.cast_mut(), callback, a, b) };
        enter(self);
    }
}

/// Does the Go runtime want this thread?
#[inline(always)]
pub(super) fn wanted() -> bool {
    // SAFETY: `preempt` points at a word of the goroutine, or at `NEVER`.
    unsafe { (*(*CURRENT.with(|current| current.context.get())).preempt).load(Ordering::Relaxed) == PREEMPT }
}

/// Lets the runtime in.
#[cold]
#[inline(never)]
pub(super) fn give_way() {
    if let Some(entry) = current() {
        // SAFETY: every lane has this callback, and it looks at neither argument.
        unsafe { entry.callback(YIELD, 0, 0) }
    }
}
