//! Panics on their way to Go: message, place and stack, kept by a hook until the shim has caught the panic (clause 7.1).

use std::any::Any;
use std::backtrace::Backtrace;
use std::cell::Cell;
use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Once;

/// What the hook saw.
struct Seen {
    place: String,
    stack: Backtrace,
}

thread_local! {
    /// The last panic of this thread inside a shim.
    static SEEN: Cell<Option<Box<Seen>>> = const { Cell::new(None) };
    /// Runs it what keeps its panics, outside of any shim?
    static KEPT: Cell<bool> = const { Cell::new(false) };
}

/// Runs what catches its panics and hands them to [`describe`] or [`report`], on any thread: the hook keeps them.
pub(crate) fn kept<R>(catches: impl FnOnce() -> R) -> R {
    with(true, catches)
}

/// Runs what is not to be kept, inside of what is. It catches its panics.
#[cfg(feature = "tokio")]
pub(crate) fn not_kept<R>(catches: impl FnOnce() -> R) -> R {
    with(false, catches)
}

fn with<R>(keep: bool, catches: impl FnOnce() -> R) -> R {
    let before = KEPT.try_with(|kept| kept.replace(keep)).unwrap_or(keep);
    let result = catches();
    let _ = KEPT.try_with(|kept| kept.set(before));
    result
}

fn is_kept() -> bool {
    crate::shim::inside() || crate::lane::current().is_some() || KEPT.try_with(Cell::get).unwrap_or(false)
}

/// Puts our hook before the one that is there. Panics inside a shim are kept and not printed, since they arrive in Go as errors;
/// all others go on to the hook that was there.
pub(crate) fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| if is_kept() { see(info) } else { before(info) }));
    });
}

fn see(info: &PanicHookInfo<'_>) {
    let place =
        info.location().map(|l| format!("{}:{}:{}", l.file(), l.line(), l.column())).unwrap_or_default();
    let seen = Box::new(Seen { place, stack: Backtrace::force_capture() });
    // A thread that is ending has no cell any more; its panic then arrives without a stack.
    let _ = SEEN.try_with(|cell| cell.set(Some(seen)));
}

/// Says on standard error that dropping a value panicked: the hook printed nothing, and no call is there to fail with it.
#[cold]
pub(crate) fn report(value: &str, payload: Box<dyn Any + Send>) {
    let (text, stack) = describe(payload);
    let _ = writeln!(std::io::stderr(), "gangplank: dropping {value} panicked: {text}\n{stack}");
}

/// Text and stack of a caught panic. Disposes of the payload, whose own Drop may panic.
#[cold]
pub(crate) fn describe(payload: Box<dyn Any + Send>) -> (String, String) {
    let text = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "a panic whose payload is not a string".to_owned(),
    };
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(again);
    }
    let seen = SEEN.try_with(Cell::take).ok().flatten();
    match seen {
        Some(seen) => {
            let stack =
                catch_unwind(|| format!("panicked at {}\n{}", seen.place, seen.stack)).unwrap_or_default();
            (text, stack)
        }
        None => (text, String::new()),
    }
}
