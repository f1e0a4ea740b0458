//! Go's context in a function that is not async (clause 10.8).

use super::time;
use crate::message::Malformed;
use crate::object::Access;
use crate::shim::Arguments;
use crate::value::{Class, Lend, Shape, print};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Go's `context.Context`, for the time of a call.
///
/// An exported function that takes `&Context` has `ctx context.Context` as its first argument in Go. A function that takes long looks at it now and then:
///
/// ```
/// use gangplank::{Cancelled, Context};
///
/// #[gangplank::export]
/// pub fn count_primes(cx: &Context, below: u64) -> Result<u64, Cancelled> {
///     let mut count = 0;
///     for n in 2..below {
///         cx.check()?;
///         count += u64::from((2..n).all(|d| n % d != 0));
///     }
///     Ok(count)
/// }
/// # let (cx, canceller) = Context::cancellable();
/// # assert_eq!(count_primes(&cx, 10), Ok(4));
/// # canceller.cancel();
/// # assert!(count_primes(&cx, 10).is_err());
/// ```
///
/// A function that was told that its context has ended, and then fails, fails in Go with `ctx.Err()`, whatever its own error is.
///
/// # Cost
/// [`is_cancelled`](Context::is_cancelled) and [`check`](Context::check) are a load and a comparison. In Go a call costs a registration with the context, if that can end.
pub struct Context {
    flag: Flag,
    deadline: Option<Instant>,
}

enum Flag {
    /// Of a context that never ends.
    Never,
    /// Go's, which is there until the shim returns.
    Lent(*const AtomicU32),
    Own(Arc<AtomicU32>),
}

// SAFETY: the flag is atomic, and is there for as long as anybody has the `Context`: who borrows it cannot keep it longer than the call (clause 10.8).
unsafe impl Send for Context {}
// SAFETY: as above.
unsafe impl Sync for Context {}

const ENDED: u32 = 1;
const TOLD: u32 = 2;

/// Go's context has ended: it was cancelled, or its deadline is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the caller's context has ended")
    }
}

impl std::error::Error for Cancelled {}

impl Context {
    /// One that never ends, to call such a function from Rust.
    pub const fn background() -> Context {
        Context { flag: Flag::Never, deadline: None }
    }

    /// One that ends when its [`Canceller`] says so, to call such a function from Rust.
    pub fn cancellable() -> (Context, Canceller) {
        let flag = Arc::new(AtomicU32::new(0));
        (Context { flag: Flag::Own(flag.clone()), deadline: None }, Canceller(flag))
    }

    /// The same with another deadline. It does not end by itself when the deadline is over.
    pub fn with_deadline(self, deadline: Instant) -> Context {
        Context { deadline: Some(deadline), ..self }
    }

    /// Has it ended?
    #[inline]
    pub fn is_cancelled(&self) -> bool {
        let flag = match &self.flag {
            Flag::Never => return false,
            // SAFETY: see `Sync`.
            Flag::Lent(flag) => unsafe { &**flag },
            Flag::Own(flag) => flag,
        };
        // Relaxed: it says that, and nothing else depends on it.
        flag.load(Ordering::Relaxed) != 0 && tell(flag)
    }

    /// Fails if it has ended.
    ///
    /// # Errors
    /// It has.
    #[inline]
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// When it ends by itself, if ever.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// How long there is time; zero if there is none left. `None`: for ever.
    pub fn remaining(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }
}

/// Go wants to know that the function knows.
#[cold]
fn tell(flag: &AtomicU32) -> bool {
    flag.fetch_or(TOLD, Ordering::Relaxed);
    true
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}

/// Ends a [`Context`] that Rust made.
#[derive(Clone, Debug)]
pub struct Canceller(Arc<AtomicU32>);

impl Canceller {
    /// Ends the context.
    pub fn cancel(&self) {
        self.0.fetch_or(ENDED, Ordering::Relaxed);
    }
}

impl Shape for Context {
    const CLASS: Class = Class::Pair;
    const PRINT: u64 = print::named("context");
}

impl<'a> Lend<'a> for Context {
    type Held = Context;

    #[inline]
    fn hold(arguments: &mut Arguments<'a>, _access: Access) -> Result<Context, Malformed> {
        let (address, left) = arguments.lent_pair();
        let flag = match address {
            0 => Flag::Never,
            address => Flag::Lent(address as *const AtomicU32),
        };
        Ok(Context { flag, deadline: time::from_now(left as i64) })
    }

    #[inline]
    fn lend(held: &Context) -> &Context {
        held
    }

    fn skip(arguments: &mut Arguments<'a>) {
        arguments.lent_pair();
    }
}
