use super::calls;
use super::cancel::{self, Run};
use super::filed;
use super::method::AsyncMethod;
use super::outgoing::Outgoing;
use super::post::{Post, has_room};
use super::waiting::{self, Found, Outcome, Ticket};
use crate::error::GoError;
use crate::frame::{BUSY, PENDING};
use crate::go_value::GoValue;
use crate::import::{Answer, Input, Instance};
use crate::value::Class;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// The future of an `async` method of an `#[import]` trait.
///
/// It calls Go when it is first polled; until then nothing happens. Go runs the function on a goroutine of its own, and no thread waits for it. The future owns what it passes and may be moved to other threads between polls. It needs
/// no particular runtime.
///
/// # Cancel safety
/// Dropping it before it was polled calls nothing. Dropping it later ends the Go function's context; what the function then returns is dropped when it comes. Nothing leaks.
///
/// # Implementations in Rust
/// `async fn fetch(&self, url: &str) -> String` of an imported trait is `fn fetch(&self, url: &str) -> Calling<'_, String>`. An implementation in Rust, for tests without Go, writes it so, and makes the future of a block:
///
/// ```
/// use gangplank::task::Calling;
///
/// #[gangplank::import]
/// pub trait Fetcher {
///     async fn fetch(&self, url: &str) -> Result<String, gangplank::GoError>;
/// }
///
/// struct Canned;
/// impl Fetcher for Canned {
///     fn fetch(&self, url: &str) -> Calling<'_, Result<String, gangplank::GoError>> {
///         let url = url.to_owned();
///         Calling::new(async move { Ok(format!("the page at {url}")) })
///     }
/// }
/// ```
///
/// # Cost
/// One crossing to call; results of many calls come back in one. Allocations: one for the bytes of strings and slices or for more than four words of arguments, one for compound arguments, one for a result with bytes; none for up to four numbers.
#[must_use = "futures do nothing unless polled"]
pub struct Calling<'a, R> {
    kind: Kind<'a, R>,
    deadline: Option<Instant>,
    result: PhantomData<fn() -> R>,
}

enum Kind<'a, R> {
    /// Not called yet; with a ticket, Go was busy.
    New(Outgoing, Option<Busy>),
    Pending(Pending),
    Rust(Pin<Box<dyn Future<Output = R> + Send + 'a>>),
    Done,
}

/// Go was busy when it was called, and will say when it has room.
struct Busy(Ticket);

/// Go runs the call.
struct Pending {
    name: &'static str,
    ticket: Ticket,
    run: Run,
    /// The result was taken.
    over: bool,
}

impl Pending {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Outcome> {
        match self.ticket.poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Found::Again) => unreachable!("Go has taken the call over"),
            Poll::Ready(Found::Outcome(outcome)) => {
                self.over = true;
                if matches!(outcome, Outcome::Failed(_)) {
                    cancel::cancel(self.run);
                }
                Poll::Ready(outcome)
            }
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.over && self.ticket.give_up() {
            cancel::cancel(self.run);
        }
    }
}

impl<R> Drop for Calling<'_, R> {
    fn drop(&mut self) {
        if let Kind::New(_, Some(Busy(ticket))) = &self.kind {
            ticket.give_up();
        }
    }
}

impl<'a, R> Calling<'a, R> {
    /// A future that is Rust's own: for implementations of imported traits in Rust.
    pub fn new(future: impl Future<Output = R> + Send + 'a) -> Calling<'a, R> {
        Calling::of(Kind::Rust(Box::pin(future)))
    }

    fn of(kind: Kind<'a, R>) -> Calling<'a, R> {
        Calling { kind, deadline: None, result: PhantomData }
    }

    /// Gives the Go function so much time from now. Its context has the deadline; when it is over the call ends with Go's `context.DeadlineExceeded`, whether the function has returned or not.
    pub fn within(self, time: Duration) -> Calling<'a, R> {
        match Instant::now().checked_add(time) {
            Some(deadline) => self.until(deadline),
            None => self,
        }
    }

    /// Gives the Go function time until then. See [`within`](Calling::within). The earliest of several counts.
    pub fn until(mut self, deadline: Instant) -> Calling<'a, R> {
        self.deadline = Some(self.deadline.map_or(deadline, |earlier| earlier.min(deadline)));
        self
    }
}

/// It is moved from the proxy into the future that awaits it: larger ones would be copied by a call.
const _: () = assert!(size_of::<Calling<'static, ()>>() <= 128);

/// A call of a method, for expanded proxies.
#[inline]
pub fn method<R: Input>(
    method: &'static AsyncMethod,
    instance: &Instance,
    fill: impl FnOnce(&mut Outgoing),
) -> Calling<'static, R> {
    made(method, instance.clone(), fill)
}

/// A call of a Go function that Rust keeps, which is called as clause 11.1 says: in Go its `Server` reads the arguments behind word 7 (`AsyncWords`), and calls `Call.Full` before and `Call.Start` after that.
///
/// `fill` puts the arguments. The future keeps the value until Go has taken the call over.
#[inline]
pub(crate) fn function<R: Input>(
    method: &'static AsyncMethod,
    of: &GoValue,
    fill: impl FnOnce(&mut Outgoing),
) -> Calling<'static, R> {
    made(method, Instance::function(of.clone()), fill)
}

#[inline]
fn made<R: Input>(
    method: &'static AsyncMethod,
    instance: Instance,
    fill: impl FnOnce(&mut Outgoing),
) -> Calling<'static, R> {
    let mut outgoing = Outgoing::new(method, instance);
    fill(&mut outgoing);
    Calling::of(Kind::New(outgoing, None))
}

/// Bytes of stack for a result that comes at once.
const LENT: usize = 512;

type Scratch = MaybeUninit<[u64; LENT / 8]>;

fn lend<R: Input>(scratch: &mut Scratch) -> (u64, u64) {
    match R::CLASS {
        // Errors then come in a block.
        Class::Unit | Class::Scalar | Class::Pair => (0, 0),
        Class::Span | Class::Compound => (scratch.as_mut_ptr() as u64, LENT as u64),
    }
}

/// Takes a result that nobody wants.
fn discard<R: Input>(answer: Answer<'static>) {
    drop(R::take(answer));
}

impl<R: Input> Calling<'_, R> {
    /// Time that is left, in nanoseconds (clause 11.1).
    #[inline]
    fn left(deadline: Option<Instant>) -> i64 {
        let around = super::deadline();
        let Some(deadline) = deadline.into_iter().chain(around).min() else { return i64::MAX };
        let left = deadline.saturating_duration_since(Instant::now()).as_nanos();
        i64::try_from(left).unwrap_or(i64::MAX - 1)
    }

    /// Runs the function in the shim. No function of its own: the processor does not foresee returns after a crossing.
    #[inline(always)]
    fn call_at_once(outgoing: &mut Outgoing, left: i64) -> Result<R, GoError> {
        let mut scratch = Scratch::uninit();
        // SAFETY: `scratch` outlives the answer.
        let words = unsafe { outgoing.send(0, left, lend::<R>(&mut scratch)) }?;
        outgoing.commit();
        R::take(Answer::settled(outgoing.method().name, words))
    }

    /// Calls Go: it answers, or has taken the call over, or is busy.
    #[inline(never)]
    fn call(outgoing: &mut Outgoing, busy: &mut Option<Busy>, left: i64, cx: &mut Context<'_>) -> Called<R> {
        cancel::flush();
        let AsyncMethod { name, post, .. } = *outgoing.method();
        let asked = busy.is_some();
        if let Some(error) = calls::refusal(name) {
            if let Some(Busy(ticket)) = busy.take() {
                ticket.give_up();
            }
            return Called::Ended(Err(error));
        }
        let ticket = match busy.take() {
            Some(Busy(ticket)) => match ticket.poll(cx) {
                Poll::Pending => {
                    *busy = Some(Busy(ticket));
                    return Called::Busy;
                }
                Poll::Ready(Found::Again) => ticket,
                Poll::Ready(Found::Outcome(outcome)) => return Called::Ended(open(name, outcome)),
            },
            None => Ticket::new(name, discard::<R>, cx.waker().clone()),
        };
        let call = ticket.word();
        let in_flight = waiting::in_flight();
        let to = if !asked && has_room(in_flight) { outgoing.post() } else { None };
        if let Some(to) = to {
            match outgoing.send_by_post(to, call, left) {
                Err(error) => {
                    ticket.withdraw();
                    return Called::Ended(Err(error));
                }
                Ok(true) => {
                    filed::take_sometimes(in_flight);
                    if let Some(outcome) = post.and_then(|post| spin(post, &ticket, cx)) {
                        return Called::Ended(open(name, outcome));
                    }
                }
                Ok(false) => {}
            }
            return Called::Taken(Pending {
                name,
                ticket,
                run: Run { keeper: to.keeper, call },
                over: false,
            });
        }
        let mut scratch = Scratch::uninit();
        // SAFETY: `scratch` outlives the answer.
        let sent = unsafe { outgoing.send(call, left, lend::<R>(&mut scratch)) };
        match sent {
            Err(error) => {
                ticket.withdraw();
                Called::Ended(Err(error))
            }
            Ok([PENDING, keeper, number, _]) => {
                outgoing.commit();
                if let Some(post) = post {
                    post.learn(keeper, number);
                }
                Called::Taken(Pending { name, ticket, run: Run { keeper, call }, over: false })
            }
            Ok([BUSY, ..]) => {
                *busy = Some(Busy(ticket));
                Called::Busy
            }
            Ok(words) => {
                outgoing.commit();
                ticket.withdraw();
                Called::Ended(R::take(Answer::settled(name, words)))
            }
        }
    }
}

/// Looks for a result that comes at once, for some microseconds: to wake a thread takes longer.
#[inline]
fn spin(post: &Post, ticket: &Ticket, cx: &mut Context<'_>) -> Option<Outcome> {
    // With others in flight there is better to do than to look.
    if waiting::in_flight() > 1 || !post.spins() {
        return None;
    }
    for _ in 0..40 {
        for _ in 0..4 {
            std::hint::spin_loop();
        }
        filed::take();
        if let Poll::Ready(Found::Outcome(outcome)) = ticket.poll(cx) {
            post.spun(true);
            return Some(outcome);
        }
    }
    post.spun(false);
    None
}

/// What came of a call.
enum Called<R> {
    Ended(Result<R, GoError>),
    Taken(Pending),
    Busy,
}

fn open<R: Input>(name: &'static str, outcome: Outcome) -> Result<R, GoError> {
    match outcome {
        Outcome::Record(words) => R::take(Answer::settled(name, words)),
        Outcome::Failed(error) => Err(error),
    }
}

impl<R: Input> Future for Calling<'_, R> {
    type Output = R;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        let this = &mut *self;
        let ended = match &mut this.kind {
            Kind::New(outgoing, _) if !outgoing.method().blocks => {
                Self::call_at_once(outgoing, Self::left(this.deadline))
            }
            Kind::New(outgoing, busy) => match Self::call(outgoing, busy, Self::left(this.deadline), cx) {
                Called::Ended(result) => result,
                Called::Taken(pending) => {
                    this.kind = Kind::Pending(pending);
                    return Poll::Pending;
                }
                Called::Busy => return Poll::Pending,
            },
            Kind::Pending(pending) => match pending.poll(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(outcome) => open(pending.name, outcome),
            },
            Kind::Rust(future) => return future.as_mut().poll(cx),
            Kind::Done => panic!("a future that is done was polled again"),
        };
        this.kind = Kind::Done;
        Poll::Ready(ended.unwrap_or_else(R::fail))
    }
}

impl<R> fmt::Debug for Calling<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.kind {
            Kind::New(..) => "Calling(not called yet)",
            Kind::Pending(_) => "Calling(pending)",
            Kind::Rust(_) => "Calling(in Rust)",
            Kind::Done => "Calling(done)",
        })
    }
}
