use super::{Error, Handle, Table};

/// What everything that keeps a value under a number of its own making has in common: [`Table`], and the designs of
/// [`plain`](super::plain).
pub trait Keeper<T: Clone> {
    /// Files a value.
    fn insert(&self, value: T) -> Handle;
    /// A copy of the value of a live handle.
    ///
    /// # Errors
    /// If the handle is not valid.
    fn get(&self, handle: Handle) -> Result<T, Error>;
    /// The value of a live handle, which ends.
    ///
    /// # Errors
    /// If the handle is not valid, or if the value is in use.
    fn take(&self, handle: Handle) -> Result<T, Error>;
    /// Ends a handle.
    ///
    /// # Errors
    /// If the handle is not valid.
    fn delete(&self, handle: Handle) -> Result<(), Error>;
}

impl<T: Clone> Keeper<T> for Table<T> {
    fn insert(&self, value: T) -> Handle {
        Table::insert(self, value)
    }

    fn get(&self, handle: Handle) -> Result<T, Error> {
        Table::get(self, handle).map(|value| T::clone(&value))
    }

    fn take(&self, handle: Handle) -> Result<T, Error> {
        Table::take(self, handle)
    }

    fn delete(&self, handle: Handle) -> Result<(), Error> {
        Table::delete(self, handle)
    }
}
