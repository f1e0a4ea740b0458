//! The arguments of a batch that Go asks for: slices, of which a bad item spoils only itself.

use crate::message::{Malformed, Reader};
use crate::object::{Access, Object};
use crate::shim::{Arguments, Rejected};
use crate::value::{Class, Decode, Lend, Lent, Shape, memory};

/// The items of one argument.
pub struct Items<'a, T> {
    from: From<'a, T>,
    name: &'static str,
}

enum From<'a, T> {
    /// POD: Go's own memory.
    Memory(&'a [T]),
    /// Anything else, each as far as it could be read.
    Values(Vec<Result<T, Malformed>>),
}

impl<'a, T: Decode<'a> + 'a> Items<'a, T> {
    /// Takes the next argument.
    #[inline]
    pub fn of(arguments: &mut Arguments<'a>, name: &'static str) -> Result<Self, Rejected> {
        arguments.take::<Many<'a, T>>(name).map(|many| Items { from: many.0, name })
    }

    /// How many.
    #[inline]
    pub fn count(&self) -> Option<usize> {
        Some(match &self.from {
            From::Memory(items) => items.len(),
            From::Values(items) => items.len(),
        })
    }

    /// The item at `at`.
    #[inline]
    pub fn get(&self, at: usize) -> Result<&T, Rejected> {
        match &self.from {
            From::Memory(items) => Ok(&items[at]),
            From::Values(items) => {
                items[at].as_ref().map_err(|what| Rejected::argument(self.name, what.clone()))
            }
        }
    }

    /// The item at `at`, which is gone then.
    #[inline]
    pub fn take(&mut self, at: usize) -> Result<T, Rejected> {
        match &mut self.from {
            // SAFETY: POD takes any bits, so that a copy of a value's bytes is one (clause 5.4).
            From::Memory(items) => Ok(unsafe { std::ptr::read(&raw const items[at]) }),
            From::Values(items) => {
                let item = std::mem::replace(&mut items[at], Err(Malformed::Short));
                item.map_err(|what| Rejected::argument(self.name, what))
            }
        }
    }
}

/// The items as they come in.
pub struct Many<'a, T>(From<'a, T>);

impl<T: Shape> Shape for Many<'_, T> {
    const CLASS: Class = <[T]>::CLASS;
    const PRINT: u64 = <[T] as Shape>::PRINT;
}

impl<'a, T: Decode<'a>> Decode<'a> for Many<'a, T> {
    const LEAST: usize = 8;

    fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
        let count = input.count(T::LEAST)?;
        input.nested(|input| decode_each(count, input)).map(From::Values).map(Many)
    }

    fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
        <Vec<T> as Decode<'a>>::skip(input)
    }

    #[inline]
    unsafe fn from_span(address: u64, len: u64) -> Result<Self, Malformed> {
        // SAFETY: the caller promised readable memory (clause 1.6); only POD is a span, and takes any bits (clause 5.4).
        Ok(Many(From::Memory(unsafe { memory(address, len) })))
    }
}

/// Takes many values. One that is refused is passed over, and the next is taken.
pub(super) fn decode_each<'a, T: Decode<'a>>(
    count: usize,
    input: &mut Reader<'a>,
) -> Result<Vec<Result<T, Malformed>>, Malformed> {
    let mut items = Vec::with_capacity(count.min(1 << 16));
    for _ in 0..count {
        let start = input.clone();
        let item = T::decode(input);
        if item.is_err() {
            input.pass_over(&start, T::skip)?;
        }
        items.push(item);
    }
    Ok(items)
}

/// Says of any type whether it is an object: `Kind::<T>::OBJECT`, with [`NoObject`] in scope.
pub struct Kind<T: ?Sized>(std::marker::PhantomData<T>);

/// What [`Kind`] says of a type that is none.
pub trait NoObject {
    /// It crosses by value.
    const OBJECT: bool = false;
}

impl<T: ?Sized> NoObject for Kind<T> {}

impl<T: Object + ?Sized> Kind<T> {
    /// Go holds it.
    pub const OBJECT: bool = true;
}

/// How an argument behind `&` travels in a batch: an object once, anything else as a slice.
pub const fn class_of<T: Shape>(object: bool) -> Class {
    if object { T::CLASS } else { <[T]>::CLASS }
}

/// What it is then.
pub const fn print_of<T: Shape>(object: bool) -> u64 {
    if object { <T as Shape>::PRINT } else { <[T] as Shape>::PRINT }
}

/// An argument behind `&`.
pub enum Each<'a, T: 'static> {
    /// An object, which all items share.
    One(Lent<T>),
    /// A value for each item.
    Many(Items<'a, T>),
}

impl<'a, T: Decode<'a> + 'static> Each<'a, T> {
    /// Takes the next argument.
    #[inline]
    pub fn of(
        arguments: &mut Arguments<'a>,
        name: &'static str,
        access: Access,
        object: bool,
    ) -> Result<Self, Rejected> {
        match object {
            true => arguments.take_lent::<T>(name, access).map(Each::One),
            false => Items::of(arguments, name).map(Each::Many),
        }
    }

    /// Passes over it in a call that is refused.
    pub fn skip(arguments: &mut Arguments<'a>, object: bool) {
        match object {
            true => arguments.skip_lent::<T>(),
            false => arguments.skip::<Many<'a, T>>(),
        }
    }

    /// How many; `None` if all share it.
    #[inline]
    pub fn count(&self) -> Option<usize> {
        match self {
            Each::One(_) => None,
            Each::Many(items) => items.count(),
        }
    }

    /// The value for the item at `at`.
    #[inline]
    pub fn get(&self, at: usize) -> Result<&T, Rejected> {
        match self {
            Each::One(object) => Ok(T::lend(object)),
            Each::Many(items) => items.get(at),
        }
    }
}

/// How many items a batch has: as many as each of its slices.
#[inline]
pub fn count(lengths: &[Option<usize>]) -> Result<usize, Rejected> {
    let mut lengths = lengths.iter().flatten();
    let count = lengths.next().copied().unwrap_or(0);
    match lengths.all(|len| *len == count) {
        true => Ok(count),
        false => {
            Err(Rejected::call(Malformed::Refused("the slices of a batch are of different lengths".into())))
        }
    }
}
