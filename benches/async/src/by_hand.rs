//! The same call, as a careful programmer would write it without a generator: Go starts a goroutine, which calls back with the result.

use std::ffi::c_void;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

unsafe extern "C" {
    fn hand_go_add(place: *const c_void, x: u64);
}

#[derive(Default)]
struct Place {
    result: Option<u64>,
    waker: Option<Waker>,
}

/// The result of a goroutine.
pub struct Add {
    x: u64,
    place: Option<Arc<Mutex<Place>>>,
}

/// One more than `x`, on a goroutine.
pub fn add(x: u64) -> Add {
    Add { x, place: None }
}

impl Future for Add {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let waker = Some(cx.waker().clone());
        if let Some(place) = &self.place {
            let mut place = place.lock().expect("nobody panics");
            if let Some(result) = place.result {
                return Poll::Ready(result);
            }
            place.waker = waker;
            return Poll::Pending;
        }
        let place = Arc::new(Mutex::new(Place { result: None, waker }));
        self.place = Some(place.clone());
        // SAFETY: Go gives the place to `hand_complete`, once.
        unsafe { hand_go_add(Arc::into_raw(place).cast(), self.x) };
        Poll::Pending
    }
}

/// The goroutine is done.
///
/// # Safety
/// `place` is of `Add`, and used once.
#[unsafe(no_mangle)]
unsafe extern "C" fn hand_complete(place: *const c_void, result: u64) {
    // SAFETY: the caller's promise.
    let place = unsafe { Arc::from_raw(place.cast::<Mutex<Place>>()) };
    let waker = {
        let mut place = place.lock().expect("nobody panics");
        place.result = Some(result);
        place.waker.take()
    };
    if let Some(waker) = waker {
        waker.wake();
    }
}
