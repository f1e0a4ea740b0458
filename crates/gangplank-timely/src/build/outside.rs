//! Work that is done in Rust, between the codecs of its types.

use super::message::{Malformed, Message, read_uvarint, write_uvarint};
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

/// How many messages a source is asked for at once, as in Go.
const BATCH: u64 = 2048;

/// Where a source begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The worker's number among those of all processes.
    pub worker: u32,
    /// How many workers there are in all processes.
    pub workers: u32,
}

/// Takes what a function sends, as bytes: a message is encoded when it is sent.
pub struct Out<T> {
    bytes: Vec<u8>,
    count: u64,
    _type: PhantomData<fn(T)>,
}

impl<T> Out<T> {
    fn new() -> Out<T> {
        Out { bytes: Vec::new(), count: 0, _type: PhantomData }
    }

    fn untyped(self) -> Out<()> {
        Out { bytes: self.bytes, count: self.count, _type: PhantomData }
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Appends the batch: the number of its messages and the messages.
    pub(crate) fn write(&self, to: &mut Vec<u8>) {
        write_uvarint(to, self.count);
        to.extend_from_slice(&self.bytes);
    }
}

impl<T: Message> Out<T> {
    /// Sends a message.
    pub fn send(&mut self, message: T) {
        message.write(&mut self.bytes);
        self.count += 1;
    }
}

/// What is done in Rust, before it is on a worker.
#[derive(Clone)]
pub(crate) struct Outside {
    kind: &'static str,
    open: Arc<dyn Fn(Place) -> OnWorker + Send + Sync>,
}

/// What is done in Rust on a worker, which alone calls it.
pub(crate) enum OnWorker {
    /// A source: what it has, and whether there is more.
    Source(Box<dyn FnMut() -> (Out<()>, bool)>),
    /// A computation or a sink, on a batch.
    Run(Box<Run>),
}

/// What is done with the bytes of a batch.
type Run = dyn FnMut(&[u8]) -> Result<Out<()>, Malformed>;

impl OnWorker {
    pub(crate) fn pull(&mut self) -> (Out<()>, bool) {
        match self {
            OnWorker::Source(pull) => pull(),
            OnWorker::Run(_) => (Out::new(), false),
        }
    }

    pub(crate) fn run(&mut self, bytes: &[u8]) -> Result<Out<()>, Malformed> {
        match self {
            OnWorker::Run(run) => run(bytes),
            OnWorker::Source(_) => Ok(Out::new()),
        }
    }
}

impl Outside {
    pub(super) fn source<T: Message, I: Iterator<Item = T> + 'static>(
        open: impl Fn(Place) -> I + Send + Sync + 'static,
    ) -> Outside {
        let open = move |place| {
            // An iterator may go on after its end; a source does not.
            let mut messages = open(place).fuse();
            OnWorker::Source(Box::new(move || {
                let mut out = Out::new();
                while out.count < BATCH {
                    match messages.next() {
                        Some(message) => out.send(message),
                        None => return (out.untyped(), false),
                    }
                }
                (out.untyped(), true)
            }))
        };
        Outside { kind: "source in Rust", open: Arc::new(open) }
    }

    pub(super) fn run<T: Message, U: Message>(
        f: impl FnMut(T, &mut Out<U>) + Clone + Send + 'static,
    ) -> Outside {
        Outside::each("operator in Rust", f)
    }

    pub(super) fn sink<T: Message>(mut f: impl FnMut(T) + Clone + Send + 'static) -> Outside {
        Outside::each("sink in Rust", move |message, _: &mut Out<()>| f(message))
    }

    fn each<T: Message, U>(
        kind: &'static str,
        f: impl FnMut(T, &mut Out<U>) + Clone + Send + 'static,
    ) -> Outside {
        // Workers clone it, one after another.
        let f = Mutex::new(f);
        let open = move |_| {
            let mut f = f.lock().unwrap_or_else(PoisonError::into_inner).clone();
            OnWorker::Run(Box::new(move |bytes| {
                let (mut out, mut left) = (Out::new(), bytes);
                for _ in 0..read_uvarint(&mut left)? {
                    f(T::read(&mut left)?, &mut out);
                }
                if left.is_empty() { Ok(out.untyped()) } else { Err(Malformed) }
            }))
        };
        Outside { kind, open: Arc::new(open) }
    }

    /// As a layout names it.
    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }

    pub(crate) fn open(&self, worker: u32, workers: u32) -> OnWorker {
        (self.open)(Place { worker, workers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(out: &Out<()>) -> Vec<u8> {
        let mut bytes = Vec::new();
        out.write(&mut bytes);
        bytes
    }

    #[test]
    fn a_source_is_asked_for_batches() {
        let source = Outside::source(|place: Place| u64::from(place.worker)..2500);
        let mut source = source.open(0, 1);
        let (first, more) = source.pull();
        assert!(first.count() == 2048 && more);
        let (second, more) = source.pull();
        assert!(second.count() == 452 && !more);
    }

    #[test]
    fn each_worker_has_its_own_state() {
        let mut seen = 0u64;
        let run = Outside::run(move |n: u64, out: &mut Out<u64>| {
            seen += n;
            out.send(seen);
        });
        let (mut one, mut two) = (run.open(0, 2), run.open(1, 2));
        assert_eq!(bytes(&one.run(&[2, 1, 2]).unwrap()), [2, 1, 3]);
        assert_eq!(bytes(&two.run(&[1, 5]).unwrap()), [1, 5]);
        assert!(one.run(&[2, 1]).is_err() && one.run(&[1, 1, 1]).is_err());
    }
}
