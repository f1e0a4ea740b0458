//! What looks as if it waited.

/// Runs `run`, in a function on the fast lane, and says to the reader and to the compiler that it does not wait for long.
///
/// A function that is marked `fast` and calls what waits (`lock`, `recv`, `std::fs`, ..) is refused when it is compiled, by the names of what it calls. Where the name is all that there is to it (a mutex that nobody holds for more than some hundred nanoseconds), this takes
/// it out of that check. What really waits belongs into [`hosted::blocking`](crate::hosted::blocking): while a function on the fast lane waits, a part of Go's scheduler does, and every collection.
///
/// ```
/// use std::sync::Mutex;
/// static HITS: Mutex<u64> = Mutex::new(0);
///
/// #[gangplank::export(fast)]
/// fn hit() -> u64 {
///     let mut hits = gangplank::brief(|| HITS.lock()).unwrap();
///     *hits += 1;
///     *hits
/// }
/// ```
#[inline(always)]
pub fn brief<R>(run: impl FnOnce() -> R) -> R {
    run()
}
