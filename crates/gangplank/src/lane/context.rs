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
    /// The lane by which the entry came (clause 9.1): this word is ours.
    lane: usize,
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
static IDLE: Idle = Idle(Context { call: None, preempt: &NEVER, state: 0, failed: 0, sp: 0, lane: 0 });

/// An entry, by its context.
#[derive(Clone, Copy)]
pub(crate) struct Entry(*const Context);

thread_local! {
    /// The context of this thread's entry, or the idle one.
    static CURRENT: Cell<*const Context> = const { Cell::new(&IDLE.0) };
}

/// The entry whose native code this thread runs, if it runs one.
#[inline]
pub(crate) fn current() -> Option<Entry> {
    let context = CURRENT.get();
    (!ptr::eq(context, &IDLE.0)).then_some(Entry(context))
}

/// Runs native code in an entry.
///
/// # Safety
/// `context` is what fastcall gave to the entry that is running, and lives until `run` returns (clause 9.2).
#[inline]
pub(super) unsafe fn within<R>(context: *const Context, lane: usize, run: impl FnOnce() -> R) -> R {
    // SAFETY: the context is ours while the entry runs, and this word of it whatever we like.
    unsafe { (&raw mut (*context.cast_mut()).lane).write(lane) };
    // Go enters on threads that run no entry's native code: between two of them is a callback (clause 9.2).
    debug_assert!(ptr::eq(CURRENT.get(), &IDLE.0), "an entry begins inside another one");
    CURRENT.set(context);
    let result = run();
    CURRENT.set(&IDLE.0);
    result
}

impl Entry {
    /// The lane by which it came.
    #[inline]
    pub(super) fn lane(self) -> usize {
        // SAFETY: `current` named a context, which lives as long as its entry; `within` wrote the word.
        unsafe { (*self.0).lane }
    }

    /// Has a Go function ended the goroutine of this entry with `runtime.Goexit`?
    #[inline]
    pub(crate) fn exiting(self) -> bool {
        // SAFETY: `current` named a context, which lives as long as its entry (clause 9.2).
        unsafe { ptr::read_volatile(&raw const (*self.0).failed) == EXITING }
    }

    /// Runs a Go function. Whatever runs on this thread meanwhile is not in the entry.
    ///
    /// # Safety
    /// The entry is `current`, and `callback` is a number of its lane that takes `a` and `b`.
    #[inline]
    pub(super) unsafe fn callback(self, callback: usize, a: usize, b: usize) {
        // SAFETY: `current` is never idle, and every other context was made by fastcall, which fills `call` in (clause 9.2).
        let call = unsafe { (*self.0).call.unwrap_unchecked() };
        CURRENT.set(&IDLE.0);
        // SAFETY: the caller's promise; this is the thread of the context and its innermost entry.
        unsafe { call(self.0.cast_mut(), callback, a, b) };
        CURRENT.set(self.0);
    }
}

/// Does the Go runtime want this thread?
#[inline(always)]
pub(super) fn wanted() -> bool {
    // SAFETY: `preempt` points at a word of the goroutine, or at `NEVER`.
    unsafe { (*(*CURRENT.get()).preempt).load(Ordering::Relaxed) == PREEMPT }
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
