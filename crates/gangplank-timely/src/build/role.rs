//! Handles of roles, with their types.

use super::message::Message;
use super::outside::{Out, Outside, Place};
use std::marker::PhantomData;

/// A role, whatever its kind.
pub(super) struct Role {
    /// Its name in Go; empty for what is done in Rust.
    pub(super) role: &'static str,
    /// The name of the step; that of the role, if there is none.
    pub(super) name: Option<String>,
    pub(super) args: Vec<String>,
    pub(super) outside: Option<Outside>,
}

impl Role {
    const fn go(role: &'static str) -> Role {
        Role { role, name: None, args: Vec::new(), outside: None }
    }

    /// A step without a role.
    pub(super) fn named(name: String) -> Role {
        Role { role: "", name: Some(name), args: Vec::new(), outside: None }
    }

    fn rust(name: String, outside: Outside) -> Role {
        Role { outside: Some(outside), ..Role::named(name) }
    }
}

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident<$($type:ident),+>) => {
        $(#[$doc])*
        pub struct $name<$($type),+> {
            pub(super) role: Role,
            _types: PhantomData<fn() -> ($($type,)+)>,
        }

        impl<$($type),+> $name<$($type),+> {
            /// The role of this name in Go. What its types are there is compared before anything runs.
            pub const fn go(role: &'static str) -> Self {
                $name { role: Role::go(role), _types: PhantomData }
            }

            /// Gives the step another name, in reports: a role that is used twice needs that.
            pub fn named(mut self, name: impl Into<String>) -> Self {
                self.role.name = Some(name.into());
                self
            }
        }
    };
}

handle! {
    /// Brings messages of type `T` in. In Go: `RegisterSource`.
    Source<T>
}
handle! {
    /// Makes messages of frames. In Go: `RegisterDecoder`.
    Decoder<T>
}
handle! {
    /// One `T` in, one `U` or none out. In Go: `RegisterMap`, `RegisterCompute`, `RegisterFilter`.
    Computation<T, U>
}
handle! {
    /// One `T` in, any number of `U` out. In Go: `RegisterFlatMap`.
    Multi<T, U>
}
handle! {
    /// The partition function: the key `K` of a `T`. In Go: `RegisterKey`, `RegisterKeyHash`.
    Key<K, T>
}
handle! {
    /// The worker of a `T`. In Go: `RegisterRoute`.
    Route<T>
}
handle! {
    /// A computation with state for each key `K`. In Go: `RegisterState`, `RegisterFold`.
    State<K, T, U>
}
handle! {
    /// Makes frames of messages. In Go: `RegisterEncoder`.
    Encoder<T>
}
handle! {
    /// Takes messages out. In Go: `RegisterSink`.
    Sink<T>
}

impl<T> Source<T> {
    /// Arguments for the function that opens it in Go.
    pub fn args(mut self, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.role.args = args.into_iter().map(Into::into).collect();
        self
    }
}

impl<T> Sink<T> {
    /// Arguments for the function that opens it in Go.
    pub fn args(mut self, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.role.args = args.into_iter().map(Into::into).collect();
        self
    }
}

impl<T: Message> Source<T> {
    /// A source in Rust: `open` begins on a worker, and the end of the iterator is the end of the source there. `next` should not wait for long: nothing else happens on the worker meanwhile.
    pub fn rust<I>(name: impl Into<String>, open: impl Fn(Place) -> I + Send + Sync + 'static) -> Self
    where
        I: Iterator<Item = T> + 'static,
    {
        Source { role: Role::rust(name.into(), Outside::source(open)), _types: PhantomData }
    }
}

impl<T: Message, U: Message> Computation<T, U> {
    /// A computation in Rust. A panic ends the program with a report, as in Go.
    pub fn rust(name: impl Into<String>, mut f: impl FnMut(T) -> Option<U> + Clone + Send + 'static) -> Self {
        let each = move |message, out: &mut Out<U>| f(message).into_iter().for_each(|made| out.send(made));
        Computation { role: Role::rust(name.into(), Outside::run(each)), _types: PhantomData }
    }
}

impl<T: Message, U: Message> Multi<T, U> {
    /// A multi computation in Rust.
    pub fn rust(name: impl Into<String>, f: impl FnMut(T, &mut Out<U>) + Clone + Send + 'static) -> Self {
        Multi { role: Role::rust(name.into(), Outside::run(f)), _types: PhantomData }
    }
}

impl<T: Message> Sink<T> {
    /// A sink in Rust. It may wait: then its worker waits, and the sources wait, too.
    pub fn rust(name: impl Into<String>, f: impl FnMut(T) + Clone + Send + 'static) -> Self {
        Sink { role: Role::rust(name.into(), Outside::sink(f)), _types: PhantomData }
    }
}
