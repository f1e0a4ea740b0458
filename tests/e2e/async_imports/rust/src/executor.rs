//! Runs futures without a runtime: every wake-up counts, and one that is lost hangs.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs one future on this thread.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
        thread::park();
    }
}

/// Polls a future whenever it was woken, but so often at most; then drops it.
pub fn poll_at_most<T>(polls: u32, mut future: Pin<Box<dyn Future<Output = T> + Send + '_>>) -> Option<T> {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    for poll in 0..polls {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return Some(value);
        }
        if poll + 1 < polls {
            thread::park();
        }
    }
    None
}

#[derive(Default)]
struct Ready {
    indices: Mutex<VecDeque<usize>>,
    some: Condvar,
}

struct One {
    index: usize,
    ready: Arc<Ready>,
}

impl Wake for One {
    fn wake(self: Arc<Self>) {
        self.ready.indices.lock().expect("no panic under the lock").push_back(self.index);
        self.ready.some.notify_one();
    }
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Runs many futures on this thread, each only when it was woken.
pub fn run<T>(futures: Vec<Boxed<T>>) -> Vec<T> {
    let ready = Arc::new(Ready::default());
    let wakers: Vec<Waker> =
        (0..futures.len()).map(|index| Waker::from(Arc::new(One { index, ready: ready.clone() }))).collect();
    let mut futures: Vec<Option<Boxed<T>>> = futures.into_iter().map(Some).collect();
    let mut done = Vec::new();
    ready.indices.lock().expect("no panic under the lock").extend(0..futures.len());
    while done.len() < futures.len() {
        let index = {
            let mut indices = ready.indices.lock().expect("no panic under the lock");
            loop {
                if let Some(index) = indices.pop_front() {
                    break index;
                }
                indices = ready.some.wait(indices).expect("no panic under the lock");
            }
        };
        let Some(future) = &mut futures[index] else { continue };
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&wakers[index])) {
            futures[index] = None;
            done.push(value);
        }
    }
    done
}
