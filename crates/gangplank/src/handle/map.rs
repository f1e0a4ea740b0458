use super::Error;

/// What everything that keeps values under keys they bring has in common: [`Keyed`](super::Keyed), and the designs of
/// [`plain`](super::plain). All methods may be called from any number of threads at once.
pub trait Map<K, V: Clone> {
    /// Sets the value of a key, and tells whether it had one already.
    fn put(&self, key: K, value: V) -> bool;
    /// A copy of the value of a key.
    fn get(&self, key: &K) -> Option<V>;
    /// The value of a key, which is deleted.
    ///
    /// # Errors
    /// [`Error::InUse`] if the value is being read and so cannot be taken.
    fn take(&self, key: &K) -> Result<Option<V>, Error>;
    /// Deletes a key, and tells whether it was there.
    fn delete(&self, key: &K) -> bool;
    /// Counts the keys.
    fn len(&self) -> usize;
    /// Whether there are no keys.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Copies of all keys and values. What is put or deleted meanwhile may or may not be among them.
    fn range(&self) -> Vec<(K, V)>;
}
