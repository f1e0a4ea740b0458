//! Equality of everything that crosses, bit by bit for floats, by text for errors without a type.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Do both mean the same?
pub trait Same {
    fn same(&self, other: &Self) -> bool;
}

macro_rules! by {
    ($($ty:ty: $key:expr;)*) => {$(
        impl Same for $ty {
            fn same(&self, other: &Self) -> bool {
                let key: fn(&$ty) -> _ = $key;
                key(self) == key(other)
            }
        }
    )*};
}

by! {
    i8: |v| *v; i16: |v| *v; i32: |v| *v; i64: |v| *v; isize: |v| *v;
    u8: |v| *v; u16: |v| *v; u32: |v| *v; u64: |v| *v; usize: |v| *v;
    f32: |v| v.to_bits(); f64: |v| v.to_bits();
    (): |_| 0; bool: |v| *v; char: |v| *v; String: |v| v.clone(); Duration: |v| *v; SystemTime: |v| *v;
    gangplank::GoError: |v| v.to_string(); gangplank::Error: |v| v.to_string();
}

impl<T: Same> Same for Vec<T> {
    fn same(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a.same(b))
    }
}

impl<T: Same, const N: usize> Same for [T; N] {
    fn same(&self, other: &Self) -> bool {
        self.iter().zip(other).all(|(a, b)| a.same(b))
    }
}

impl<T: Same> Same for Option<T> {
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.same(b),
            (a, b) => a.is_none() == b.is_none(),
        }
    }
}

impl<T: Same + ?Sized> Same for Box<T> {
    fn same(&self, other: &Self) -> bool {
        (**self).same(other)
    }
}

impl<K: Eq + Hash, V: Same> Same for HashMap<K, V> {
    fn same(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, a)| other.get(key).is_some_and(|b| a.same(b)))
    }
}

impl<K: Ord, V: Same> Same for BTreeMap<K, V> {
    fn same(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, a)| other.get(key).is_some_and(|b| a.same(b)))
    }
}

macro_rules! tuple {
    ($($name:ident.$index:tt),*) => {
        impl<$($name: Same),*> Same for ($($name,)*) {
            fn same(&self, other: &Self) -> bool {
                $(self.$index.same(&other.$index))&&*
            }
        }
    };
}

tuple!(A.0, B.1);
tuple!(A.0, B.1, C.2);
tuple!(A.0, B.1, C.2, D.3);
tuple!(A.0, B.1, C.2, D.3, E.4);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5, G.6);
tuple!(A.0, B.1, C.2, D.3, E.4, F.5, G.6, H.7);

/// A time.
#[allow(dead_code)]
pub fn at(secs: i64, nanos: u32) -> SystemTime {
    let whole = Duration::from_secs(secs.unsigned_abs());
    let time = if secs < 0 { UNIX_EPOCH - whole } else { UNIX_EPOCH + whole };
    time + Duration::from_nanos(nanos.into())
}
