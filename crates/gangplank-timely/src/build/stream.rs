//! Streams of a layout in Rust.

use super::application::{Steps, Types};
use super::message::GoType;
use super::role::{Computation, Decoder, Encoder, Key, Multi, Role, Route, Sink, State};
use std::cell::RefCell;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

/// Messages of one type, from one step to all that read it.
pub struct Stream<T> {
    steps: Rc<RefCell<Steps>>,
    number: usize,
    _type: PhantomData<fn() -> T>,
}

/// A stream in which all messages of a key are on the same worker.
pub struct Keyed<K, T> {
    stream: Stream<T>,
    _key: PhantomData<fn() -> K>,
}

impl<K, T> Deref for Keyed<K, T> {
    type Target = Stream<T>;

    fn deref(&self) -> &Stream<T> {
        &self.stream
    }
}

impl Stream<Vec<u8>> {
    /// Makes messages of frames.
    pub fn decode<T: GoType>(&self, decoder: Decoder<T>) -> Stream<T> {
        self.step("decoder", decoder.role)
    }
}

impl<T: GoType> Stream<T> {
    pub(super) fn new(steps: &Rc<RefCell<Steps>>, number: usize) -> Stream<T> {
        Stream { steps: steps.clone(), number, _type: PhantomData }
    }

    /// One message in, one or none out.
    pub fn compute<U: GoType>(&self, computation: Computation<T, U>) -> Stream<U> {
        self.step("computation", computation.role)
    }

    /// One message in, any number out.
    pub fn multi<U: GoType>(&self, multi: Multi<T, U>) -> Stream<U> {
        self.step("multi computation", multi.role)
    }

    /// Sends messages with equal keys to the same worker.
    pub fn key_by<K: GoType>(&self, key: Key<K, T>) -> Keyed<K, T> {
        let types = Types { takes: T::go_type(), key: K::go_type(), sends: T::go_type() };
        let number = self.add("partition function", key.role, &[self.number], types);
        Keyed { stream: Stream::new(&self.steps, number), _key: PhantomData }
    }

    /// Sends each message to the worker that the role says.
    pub fn route(&self, route: Route<T>) -> Stream<T> {
        self.step("route", route.role)
    }

    /// Makes frames of messages.
    pub fn encode(&self, encoder: Encoder<T>) -> Stream<Vec<u8>> {
        self.step("encoder", encoder.role)
    }

    /// This stream and others as one, in a step of that name. Messages of each keep their order.
    pub fn merge<'a>(&self, name: &str, others: impl IntoIterator<Item = &'a Stream<T>>) -> Stream<T>
    where
        T: 'a,
    {
        let mut inputs = vec![self.number];
        inputs.extend(others.into_iter().map(|other| other.number));
        let role = Role::named(name.to_owned());
        let types = Types { takes: T::go_type(), key: String::new(), sends: T::go_type() };
        Stream::new(&self.steps, self.add("merge", role, &inputs, types))
    }

    /// Ends the stream.
    pub fn sink(&self, sink: Sink<T>) {
        let types = Types { takes: T::go_type(), ..Types::default() };
        self.add("sink", sink.role, &[self.number], types);
    }

    fn step<U: GoType>(&self, kind: &str, role: Role) -> Stream<U> {
        let types = Types { takes: T::go_type(), key: String::new(), sends: U::go_type() };
        Stream::new(&self.steps, self.add(kind, role, &[self.number], types))
    }

    fn add(&self, kind: &str, role: Role, inputs: &[usize], types: Types) -> usize {
        self.steps.borrow_mut().add(kind, role, inputs, types)
    }
}

impl<K: GoType, T: GoType> Keyed<K, T> {
    /// Computes with the state of each message's key, which lives in Go.
    pub fn state<U: GoType>(&self, state: State<K, T, U>) -> Stream<U> {
        let types = Types { takes: T::go_type(), key: K::go_type(), sends: U::go_type() };
        let number = self.add("state computation", state.role, &[self.number], types);
        Stream::new(&self.steps, number)
    }
}
