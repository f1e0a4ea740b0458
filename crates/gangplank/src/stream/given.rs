//! Iterators and streams of Rust as Go gets them.

use super::ToGoItem;
use super::items::Waits;
use super::source::Source;
use crate::frame::Header;
use crate::function::{BORROWED, Filed, InTurn, Returns};
use crate::message::{Passed, Writer};
use crate::shim::{Arguments, Discard, Rejected};
use crate::value::{Class, Encode, Shape, print};
use std::marker::PhantomData;
use std::task::{Context, Waker};

/// An iterator of `T` that is given to Go (clause 12.1).
pub struct Iterated<T> {
    filed: Filed,
    items: PhantomData<fn() -> T>,
}

/// Makes any iterator one that can be given.
#[inline]
pub fn iterated<I>(items: I) -> Iterated<I::Item>
where
    I: Iterator<Item: ToGoItem> + Send + 'static,
{
    given(items, u32::MAX)
}

/// Makes any iterator one of which a pull takes one item: it is not ahead of Go's loop (`#[export(unbuffered)]`).
pub fn iterated_singly<I>(items: I) -> Iterated<I::Item>
where
    I: Iterator<Item: ToGoItem> + Send + 'static,
{
    given(items, 1)
}

fn given<I>(items: I, limit: u32) -> Iterated<I::Item>
where
    I: Iterator<Item: ToGoItem> + Send + 'static,
{
    let discard: Discard = |arguments| arguments.skip::<u32>();
    let source = InTurn::new(Box::new(Source::new(Waits(items))));
    let body = move |arguments: &mut Arguments<'_>, header: &mut Header<'_>| -> Result<(), Rejected> {
        let most = arguments.take::<u32>("most")?;
        arguments.finish()?;
        source.enter(|source| {
            let _ = source.pull(most.min(limit), header, &mut Context::from_waker(Waker::noop()));
        })
    };
    Iterated { filed: Filed::new(const { &[Class::Scalar] }, discard, body), items: PhantomData }
}

impl<T: Returns> Shape for Iterated<T> {
    const CLASS: Class = Class::Pair;
    const PRINT: u64 = print::of(print::named("iterator"), &[T::PRINT]);
}

impl<T: Returns> Encode for Iterated<T> {
    fn encode(&self, out: &mut Writer) {
        out.fault(BORROWED);
    }

    fn to_pair(&self, _passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        Err(BORROWED)
    }

    fn into_pair(self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        Ok(self.filed.file(passed))
    }
}

impl<T: Returns> Shape for dyn Iterator<Item = T> + Send {
    const CLASS: Class = Class::Pair;
    const PRINT: u64 = <Iterated<T> as Shape>::PRINT;
}

impl<T: ToGoItem> Encode for Box<dyn Iterator<Item = T> + Send> {
    fn encode(&self, out: &mut Writer) {
        out.fault(BORROWED);
    }

    fn to_pair(&self, _passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        Err(BORROWED)
    }

    fn into_pair(self, passed: &mut Passed) -> Result<(u64, u64), &'static str> {
        iterated(self).into_pair(passed)
    }
}
