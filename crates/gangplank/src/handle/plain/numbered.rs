use crate::handle::keys::Generator;
use crate::handle::{Error, Handle, Keeper, Map};

/// Gives out handles: it keeps values in a map, under keys from a generator.
///
/// A key is never used twice, so a deleted handle is noticed. A handle of another `Numbered` is not, unless they share the generator.
#[derive(Debug, Default)]
pub struct Numbered<M, G> {
    map: M,
    keys: G,
}

impl<M, G> Numbered<M, G> {
    /// Joins a map and a generator.
    pub fn new(map: M, keys: G) -> Numbered<M, G> {
        Numbered { map, keys }
    }
}

fn check<T>(handle: Handle, found: Option<T>) -> Result<T, Error> {
    found.ok_or(if handle == Handle::ZERO { Error::Zero } else { Error::Stale })
}

impl<T: Clone, M: Map<u64, T>, G: Generator> Keeper<T> for Numbered<M, G> {
    fn insert(&self, value: T) -> Handle {
        let key = self.keys.next_key();
        self.map.put(key, value);
        Handle::from_bits(key)
    }

    fn get(&self, handle: Handle) -> Result<T, Error> {
        check(handle, self.map.get(&handle.to_bits()))
    }

    fn take(&self, handle: Handle) -> Result<T, Error> {
        check(handle, self.map.take(&handle.to_bits())?)
    }

    fn delete(&self, handle: Handle) -> Result<(), Error> {
        check(handle, self.map.delete(&handle.to_bits()).then_some(()))
    }
}
