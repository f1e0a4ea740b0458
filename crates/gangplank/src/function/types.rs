//! The forms of function types that cross: up to six arguments by value, and up to three of which any are references.
//!
//! `dyn Fn(A)` and `dyn for<'x> Fn(&'x A)` are different types, so each combination has impls of its own.

// `dyn for<'x> Fn(&'x A)` is also a subtype of `dyn Fn(&'static A)`: the impls are for different types all the same.
#![allow(coherence_leak_check)]
// A pointer to a `dyn A + B` needs them.
#![allow(unused_parens)]
// What keeps no arguments.
#![allow(clippy::unused_unit)]

use super::filed::Filed;
use super::lent::Lent;
use super::turns::{InTurn, Once};
use super::{BORROWED, ONE_THREAD, Returns};
use crate::frame::Header;
use crate::go_value::{GoValue, Pair, not_nil};
use crate::import::{Call, Hint, Input};
use crate::message::{Malformed, Passed, Reader, Writer};
use crate::object::Access;
use crate::shim::{Arguments, Discard, Output, Rejected};
use crate::value::{Class, Decode, DecodeArc, Encode, EncodeArc, Lend, LendMut, Shape, print};
use std::sync::Arc;

/// What is asked of arguments that Rust passes, of those that Go passes, and how the latter are taken, passed on and passed over.
macro_rules! argument {
    (take own $arguments:ident $T:ident $number:literal) => {
        $arguments.take_owned::<$T>($number)?
    };
    (take by $arguments:ident $T:ident $number:literal) => {
        $arguments.take_lent::<$T>($number, Access::LOCKED)?
    };
    (own own $held:ident $T:ident $number:literal) => {
        Arguments::own::<$T>($held, $number)?
    };
    (own by $held:ident $T:ident $number:literal) => {
        $held
    };
    (give own $held:ident) => {
        $held.give()
    };
    (give by $held:ident) => {
        $held
    };
    (pass own $held:ident $T:ident) => {
        $held
    };
    (pass by $held:ident $T:ident) => {
        <$T as Lend<'_>>::lend(&$held)
    };
    (skip own $arguments:ident $T:ident) => {
        $arguments.skip::<$T>()
    };
    (skip by $arguments:ident $T:ident) => {
        $arguments.skip_lent::<$T>()
    };
}

/// A closure that calls Go. `$pair` is evaluated at each call.
macro_rules! calls_go {
    ($words:literal, $pair:expr, $hint:expr, $(($T:ident $v:ident [$($ty:tt)*]))*) => {
        move |$($v: $($ty)*),*| -> R {
            Call::<$words>::function($pair, const { &[$($T::CLASS),*] }, $hint, move |call| {
                let _ = &call;
                ($(call.put($v),)*)
            })
        }
    };
}

/// What answers a frame of Go's: the arguments are taken, then `$run` runs with them.
macro_rules! called_by_go {
    (|$($v:ident),*| $run:expr; $(($T:ident $w:ident $number:literal $mode:ident))*) => {{
        let discard: Discard = |arguments| {
            $(argument!(skip $mode arguments $T);)*
            let _ = arguments;
        };
        let body = move |arguments: &mut Arguments<'_>, header: &mut Header<'_>| -> Result<(), Rejected> {
            $(let $w = argument!(take $mode arguments $T $number);)*
            arguments.finish()?;
            $(let $w = argument!(own $mode $w $T $number);)*
            $(let $w = argument!(give $mode $w);)*
            let result = $run;
            Output::put(result, header);
            Ok(())
        };
        Filed::new(const { &[$($T::CLASS),*] }, discard, body)
    }};
}

/// One type that Rust can be given: `Box`, and a reference.
macro_rules! from_go {
    ($words:literal [$($dyn:tt)*] $(($T:ident $v:ident [$($ty:tt)*] [$($size:tt)*]))*) => {
        impl<$($T: Shape + $($size)*,)* R: Returns> Shape for $($dyn)* {
            const CLASS: Class = Class::Pair;
            const PRINT: u64 = print::of(print::named("function"), &[$($T::PRINT,)* R::PRINT]);
        }

        impl<'a, $($T: Encode + $($size)* + 'static,)* R: Returns + Input + 'static> Decode<'a> for Box<$($dyn)*> {
            const LEAST: usize = 16;

            fn decode(input: &mut Reader<'a>) -> Result<Self, Malformed> {
                let (keeper, handle) = input.pair()?;
                Self::from_pair(keeper, handle)
            }

            fn from_pair(keeper: u64, handle: u64) -> Result<Self, Malformed> {
                not_nil(keeper, handle, "a function")?;
                let (value, hint) = (GoValue::new(keeper, handle), Hint::new());
                Ok(Box::new(calls_go!($words, value.pair(), &hint, $(($T $v [$($ty)*]))*)))
            }

            fn skip(input: &mut Reader<'a>) -> Result<(), Malformed> {
                input.skip_pair()
            }
        }
    };
    (arc $words:literal [$($dyn:tt)*] $(($T:ident $v:ident [$($ty:tt)*] [$($size:tt)*]))*) => {
        impl<$($T: Encode + $($size)* + 'static,)* R: Returns + Input + 'static> DecodeArc for $($dyn)* {
            fn from_pair(keeper: u64, handle: u64) -> Result<Arc<Self>, Malformed> {
                not_nil(keeper, handle, "a function")?;
                let (value, hint) = (GoValue::new(keeper, handle), Hint::new());
                Ok(Arc::new(calls_go!($words, value.pair(), &hint, $(($T $v [$($ty)*]))*)))
            }
        }
    };
    (lend $words:literal $Kind:ident [$($dyn:tt)*] $(($T:ident $v:ident [$($ty:tt)*] [$($size:tt)*]))*) => {
        impl<'a, $($T: Encode + $($size)* + 'static,)* R: Returns + Input + 'static> Lend<'a> for $($dyn)* {
            type Held = Lent<Self>;

            #[inline]
            fn hold(arguments: &mut Arguments<'a>, _access: Access) -> Result<Lent<Self>, Malformed> {
                lent!(arguments $words $Kind [$($dyn)*] $(($T $v [$($ty)*] [$($size)*]))*)
            }

            #[inline]
            fn lend(held: &Lent<Self>) -> &Self {
                held.get()
            }

            fn skip(arguments: &mut Arguments<'a>) {
                arguments.lent_pair();
            }
        }
    };
    (lend_mut $words:literal $Kind:ident [$($dyn:tt)*] $(($T:ident $v:ident [$($ty:tt)*] [$($size:tt)*]))*) => {
        impl<'a, $($T: Encode + $($size)* + 'static,)* R: Returns + Input + 'static> LendMut<'a> for $($dyn)* {
            type Held = Lent<Self>;

            #[inline]
            fn hold(arguments: &mut Arguments<'a>) -> Result<Lent<Self>, Malformed> {
                lent!(arguments $words $Kind [$($dyn)*] $(($T $v [$($ty)*] [$($size)*]))*)
            }

            #[inline]
            fn lend(held: &mut Lent<Self>) -> &mut Self {
                held.get_mut()
            }
        }
    };
}

/// A closure in place.
macro_rules! lent {
    ($arguments:ident $words:literal $Kind:ident [$($dyn:tt)*] $(($T:ident $v:ident [$($ty:tt)*] [$($size:tt)*]))*) => {{
        fn view<$($T: $($size)* + 'static,)* R: 'static, Z: $Kind($($($ty)*),*) -> R + Send + Sync + 'static>(_: &Z) -> fn(*mut u8) -> *mut ($($dyn)*) {
            |address| address.cast::<Z>() as *mut ($($dyn)*)
        }
        let (keeper, handle) = $arguments.lent_pair();
        let pair: Pair = not_nil(keeper, handle, "a function")?;
        let closure = calls_go!($words, pair, &Hint::new(), $(($T $v [$($ty)*]))*);
        let view = view::<$($T,)* R, _>(&closure);
        // SAFETY: `view` casts to the closure's type and makes it a `dyn`.
        Ok(unsafe { Lent::new(closure, view) })
    }};
}

/// One type that Rust can give.
macro_rules! to_go {
    ([$($dyn:tt)*] $(($T:ident [$($bound:tt)*] [$($size:tt)*]))*; |$function:ident, $passed:ident| $file:expr) => {
        impl<$($T: $($bound)* + $($size)* + 'static,)* R: Returns + Output + 'static> Encode for Box<$($dyn)*> {
            fn encode(&self, out: &mut Writer) {
                out.fault(BORROWED);
            }

            fn encode_owned(self, out: &mut Writer) {
                if let Ok((keeper, handle)) = self.into_pair(out.passed()) {
                    out.bytes(&keeper.to_le_bytes());
                    out.bytes(&handle.to_le_bytes());
                }
            }

            fn to_pair(&self, _passed: &mut Passed) -> Result<(u64, u64), &'static str> {
                Err(BORROWED)
            }

            fn into_pair(self, $passed: &mut Passed) -> Result<(u64, u64), &'static str> {
                let $function = self;
                Ok($file.file($passed))
            }
        }
    };
    (arc [$($dyn:tt)*] $(($T:ident [$($bound:tt)*] [$($size:tt)*]))*; |$function:ident, $passed:ident| $file:expr) => {
        impl<$($T: $($bound)* + $($size)* + 'static,)* R: Returns + Output + 'static> EncodeArc for $($dyn)* {
            fn file(this: Arc<Self>, $passed: &mut Passed) -> Result<(u64, u64), &'static str> {
                let $function = this;
                Ok($file.file($passed))
            }
        }
    };
}

/// One type that Rust is only given: it can stand in a record, which goes both ways.
macro_rules! stays {
    ([$($dyn:tt)*] $(($T:ident [$($size:tt)*]))*) => {
        impl<$($T: Shape + $($size)* + 'static,)* R: Returns + 'static> Encode for Box<$($dyn)*> {
            fn encode(&self, out: &mut Writer) {
                out.fault(ONE_THREAD);
            }

            fn to_pair(&self, _passed: &mut Passed) -> Result<(u64, u64), &'static str> {
                Err(ONE_THREAD)
            }
        }
    };
}

/// All types of one form of arguments.
macro_rules! form {
    ($words:literal $(($T:ident $v:ident $w:ident $number:literal $mode:ident [$($ty:tt)*] [$($size:tt)*] [$($bound:tt)*]))*) => {
        form!(@from $words $(($T $v [$($ty)*] [$($size)*]))*; [$($($ty)*),*]);
        form!(@stays [$($($ty)*),*] $(($T [$($size)*]))*);
        form!(@to [$($($ty)*),*] $(($T $v $w $number $mode [$($bound)*] [$($size)*]))*);
    };
    (@from $words:literal $(($T:ident $v:ident [$($ty:tt)*] [$($size:tt)*]))*; [$($list:tt)*]) => {
        from_go!($words [dyn Fn($($list)*) -> R] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn Fn($($list)*) -> R + Send] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn Fn($($list)*) -> R + Sync] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn Fn($($list)*) -> R + Send + Sync] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn FnMut($($list)*) -> R] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn FnMut($($list)*) -> R + Send] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn FnMut($($list)*) -> R + Send + Sync] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn FnOnce($($list)*) -> R] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn FnOnce($($list)*) -> R + Send] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!($words [dyn FnOnce($($list)*) -> R + Send + Sync] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!(arc $words [dyn Fn($($list)*) -> R + Send + Sync] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!(lend $words Fn [dyn Fn($($list)*) -> R] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!(lend $words Fn [dyn Fn($($list)*) -> R + Send] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!(lend $words Fn [dyn Fn($($list)*) -> R + Sync] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!(lend $words Fn [dyn Fn($($list)*) -> R + Send + Sync] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!(lend_mut $words FnMut [dyn FnMut($($list)*) -> R] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!(lend_mut $words FnMut [dyn FnMut($($list)*) -> R + Send] $(($T $v [$($ty)*] [$($size)*]))*);
        from_go!(lend_mut $words FnMut [dyn FnMut($($list)*) -> R + Send + Sync] $(($T $v [$($ty)*] [$($size)*]))*);
    };
    (@stays [$($list:tt)*] $(($T:ident [$($size:tt)*]))*) => {
        stays!([dyn Fn($($list)*) -> R] $(($T [$($size)*]))*);
        stays!([dyn Fn($($list)*) -> R + Send] $(($T [$($size)*]))*);
        stays!([dyn Fn($($list)*) -> R + Sync] $(($T [$($size)*]))*);
        stays!([dyn FnMut($($list)*) -> R] $(($T [$($size)*]))*);
        stays!([dyn FnOnce($($list)*) -> R] $(($T [$($size)*]))*);
    };
    (@to [$($list:tt)*] $(($T:ident $v:ident $w:ident $number:literal $mode:ident [$($bound:tt)*] [$($size:tt)*]))*) => {
        to_go!([dyn Fn($($list)*) -> R + Send + Sync] $(($T [$($bound)*] [$($size)*]))*;
            |f, passed| called_by_go!(|$($w),*| f($(argument!(pass $mode $w $T)),*); $(($T $w $number $mode))*));
        to_go!(arc [dyn Fn($($list)*) -> R + Send + Sync] $(($T [$($bound)*] [$($size)*]))*;
            |f, passed| called_by_go!(|$($w),*| f($(argument!(pass $mode $w $T)),*); $(($T $w $number $mode))*));
        to_go!([dyn FnMut($($list)*) -> R + Send] $(($T [$($bound)*] [$($size)*]))*;
            |f, passed| { let f = InTurn::new(f); called_by_go!(|$($w),*| f.enter(|f| f($(argument!(pass $mode $w $T)),*))?; $(($T $w $number $mode))*) });
        to_go!([dyn FnMut($($list)*) -> R + Send + Sync] $(($T [$($bound)*] [$($size)*]))*;
            |f, passed| { let f = InTurn::new(f); called_by_go!(|$($w),*| f.enter(|f| f($(argument!(pass $mode $w $T)),*))?; $(($T $w $number $mode))*) });
        to_go!([dyn FnOnce($($list)*) -> R + Send] $(($T [$($bound)*] [$($size)*]))*;
            |f, passed| { let f = Once::new(f); called_by_go!(|$($w),*| f.take()?($(argument!(pass $mode $w $T)),*); $(($T $w $number $mode))*) });
        to_go!([dyn FnOnce($($list)*) -> R + Send + Sync] $(($T [$($bound)*] [$($size)*]))*;
            |f, passed| { let f = Once::new(f); called_by_go!(|$($w),*| f.take()?($(argument!(pass $mode $w $T)),*); $(($T $w $number $mode))*) });
    };
}

/// Each argument by value or by reference, in all combinations.
macro_rules! forms {
    ($words:literal; $(($($done:tt)*))*;) => {
        form!($words $(($($done)*))*);
    };
    ($words:literal; $(($($done:tt)*))*; ($T:ident $v:ident $w:ident $number:literal) $($rest:tt)*) => {
        forms!($words; $(($($done)*))* ($T $v $w $number own [$T] [Sized] [for<'a> Decode<'a>]); $($rest)*);
        forms!($words; $(($($done)*))* ($T $v $w $number by [&$T] [?Sized] [for<'a> Lend<'a>]); $($rest)*);
    };
}

/// All by value.
macro_rules! owned {
    ($words:literal; $(($T:ident $v:ident $w:ident $number:literal))*) => {
        form!($words $(($T $v $w $number own [$T] [Sized] [for<'a> Decode<'a>]))*);
    };
}

// The frame: header, handle, two words an argument, and the message.
forms!(7; ;);
forms!(9; ; (A a x "1"));
forms!(11; ; (A a x "1") (B b y "2"));
forms!(13; ; (A a x "1") (B b y "2") (C c z "3"));
owned!(15; (A a x "1") (B b y "2") (C c z "3") (D d u "4"));
owned!(17; (A a x "1") (B b y "2") (C c z "3") (D d u "4") (E e v "5"));
owned!(19; (A a x "1") (B b y "2") (C c z "3") (D d u "4") (E e v "5") (F f w "6"));
