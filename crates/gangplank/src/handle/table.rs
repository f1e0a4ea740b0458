use super::bits::{Handle, Place, SHARDS};
use super::directory::FIRST_SEGMENT;
use super::leak::Tracked;
use super::lineage::Lineage;
use super::search::Slots;
use super::slot::{Owner, Slot};
use super::state::State;
use super::{Error, Range, Ref, shard};

/// Keeps values under handles.
///
/// All methods may be called from any number of threads at once. A table has about 16 KiB of its own and, per value, the value's size
/// and 8 bytes, at most about twice over; it does not give memory back before it is dropped. Values that are live then are
/// dropped with it.
///
/// # Examples
/// ```
/// use gangplank::handle::{Error, Handle, Table};
///
/// let table = Table::new();
/// let handle = table.insert("value");
/// let number: u64 = handle.to_bits(); // for the foreign side
///
/// assert_eq!(*table.get(Handle::from_bits(number))?, "value");
/// table.delete(handle)?;
/// assert_eq!(table.delete(handle), Err(Error::Stale));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug)]
pub struct Table<T> {
    slots: Slots<T>,
    tracked: Tracked,
}

impl<T> Table<T> {
    /// An empty table.
    pub fn new() -> Table<T> {
        Table::with(Lineage::next(), FIRST_SEGMENT)
    }

    pub(crate) fn with(lineage: Lineage, first_segment: usize) -> Table<T> {
        Table { slots: Slots::new(lineage, first_segment), tracked: Tracked::new() }
    }

    /// Files a value. The handle is valid until it is deleted or taken.
    ///
    /// # Panics
    /// If there are about 200 million live handles already; [`try_insert`](Table::try_insert) does not.
    ///
    /// # Cost
    /// Two atomic operations on memory of the thread's own. It allocates only to grow.
    #[doc(alias = "New")]
    #[inline]
    pub fn insert(&self, value: T) -> Handle {
        match self.try_insert(value) {
            Ok(handle) => handle,
            Err(_) => full(),
        }
    }

    /// Files a value, or gives it back if the table is full.
    ///
    /// # Errors
    /// The value.
    #[inline]
    pub fn try_insert(&self, value: T) -> Result<Handle, T> {
        self.insert_in(shard::pick(), value)
    }

    #[inline]
    pub(crate) fn insert_in(&self, shard: usize, value: T) -> Result<Handle, T> {
        let Some((claimed, handle)) = self.slots.reserve(shard) else { return Err(value) };
        claimed.publish(value);
        self.tracked.created::<T>(handle);
        Ok(handle)
    }

    /// Gives access to the value of a live handle. It stays readable while the [`Ref`] lives, whoever deletes the handle.
    ///
    /// # Errors
    /// If the handle is not valid: see [`Error`].
    ///
    /// # Cost
    /// An atomic operation on the slot, and another when the `Ref` is dropped. No lock, no allocation.
    #[doc(alias = "Get")]
    #[inline(always)]
    pub fn get(&self, handle: Handle) -> Result<Ref<'_, T>, Error> {
        let slot = self.find(handle)?;
        if slot.pin(handle.generation()) {
            // SAFETY: it is pinned, and nobody else takes the pin away.
            return Ok(unsafe { Ref::new(slot) });
        }
        Err(self.explain(handle, slot.look()))
    }

    /// Gives the value of a live handle and deletes the handle. Of several threads that take or delete the same handle, one
    /// succeeds.
    ///
    /// # Errors
    /// If the handle is not valid, or if the value is being read ([`Error::InUse`]): then it stays.
    #[doc(alias = "Take")]
    #[inline]
    pub fn take(&self, handle: Handle) -> Result<T, Error> {
        let slot = self.find(handle)?;
        match slot.close_unused(handle.generation()) {
            Ok(Some(owner)) => {
                let value = owner.take();
                self.tracked.ended(handle);
                Ok(value)
            }
            Ok(None) => Err(Error::InUse),
            Err(()) => Err(self.explain(handle, slot.look())),
        }
    }

    /// Whether the value of a live handle could be taken now, as far as one can see.
    pub(crate) fn check_unused(&self, handle: Handle) -> Result<(), Error> {
        let state = self.find(handle)?.look();
        let generation = handle.generation();
        if state.is_unused(generation) {
            Ok(())
        } else if state.is_live_in(generation) || state.is_held(generation) {
            Err(Error::InUse)
        } else {
            Err(self.explain(handle, state))
        }
    }

    /// Holds the value of a live handle that nobody reads: to take it, or to put it back after all. Until then others wait, so the caller runs nobody else's code.
    pub(crate) fn hold(&self, handle: Handle) -> Result<Holding<'_, T>, Error> {
        let slot = self.find(handle)?;
        match slot.hold(handle.generation()) {
            Ok(Some(owner)) => Ok(Holding { table: self, handle, owner: Some(owner) }),
            Ok(None) => Err(Error::InUse),
            Err(()) => Err(self.explain(handle, slot.look())),
        }
    }

    /// Ends a handle. Its value is dropped: now, or by the last thread that is reading it.
    ///
    /// # Errors
    /// If the handle is not valid. A second delete gets [`Error::Stale`].
    #[doc(alias = "Delete")]
    #[inline]
    pub fn delete(&self, handle: Handle) -> Result<(), Error> {
        let slot = self.find(handle)?;
        match slot.close(handle.generation()) {
            Ok(owner) => {
                self.tracked.ended(handle);
                drop(owner);
                Ok(())
            }
            Err(()) => Err(self.explain(handle, slot.look())),
        }
    }

    /// Counts the live handles. It looks at every slot: a million take about a millisecond.
    pub fn len(&self) -> usize {
        self.places().filter(|&place| self.slot_at(place).is_some_and(|slot| slot.look().is_live())).count()
    }

    /// Whether there are no live handles. It looks at every slot until it finds one.
    pub fn is_empty(&self) -> bool {
        !self.places().any(|place| self.slot_at(place).is_some_and(|slot| slot.look().is_live()))
    }

    /// Goes through the live handles and their values. Handles that are created or deleted meanwhile may or may not be among
    /// them.
    pub fn range(&self) -> Range<'_, T> {
        Range::new(self, Box::new(self.places()))
    }

    /// The live handle at a place, and its value.
    pub(crate) fn look_at(&self, place: Place) -> Option<(Handle, Ref<'_, T>)> {
        let generation = self.slot_at(place)?.look().generation();
        let handle = Handle::new(generation, self.slots.lineage.tag, place);
        Some((handle, self.get(handle).ok()?))
    }

    /// A handle of this table, of one that has lost its tag.
    #[inline]
    pub(crate) fn own(&self, handle: Handle) -> Handle {
        handle.with_tag(self.slots.lineage.tag)
    }

    fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let directory = &self.slots.directory;
        (0..SHARDS).flat_map(move |shard| {
            (0..directory.segments(shard)).flat_map(move |segment| {
                (0..directory.len(segment)).map(move |offset| Place::new(shard, segment, offset))
            })
        })
    }

    fn slot_at(&self, place: Place) -> Option<&Slot<T>> {
        self.slots.directory.slot(place)
    }

    /// The slot that a handle of this table names.
    #[inline(always)]
    fn find(&self, handle: Handle) -> Result<&Slot<T>, Error> {
        if handle.tag() == self.slots.lineage.tag {
            if let Some(slot) = self.slots.directory.slot(handle.place()) {
                return Ok(slot);
            }
        }
        Err(self.explain(handle, State::UNUSED))
    }

    /// Names what is wrong with a handle whose slot is in another state.
    #[cold]
    #[inline(never)]
    fn explain(&self, handle: Handle, state: State) -> Error {
        if handle == Handle::ZERO {
            Error::Zero
        } else if handle.tag() != self.slots.lineage.tag {
            // Tags 0 and 1 are nobody's.
            if handle.tag() > 1 { Error::Foreign } else { Error::Forged }
        } else if self.slots.lineage.has_issued(handle.generation(), state.generation()) {
            Error::Stale
        } else {
            Error::Forged
        }
    }

    #[cfg(all(test, not(loom)))]
    pub(crate) fn capacity(&self) -> usize {
        self.places().count()
    }
}

/// A value that is held. Dropping this puts it back, but for one that was taken out.
#[must_use]
pub(crate) struct Holding<'a, T> {
    table: &'a Table<T>,
    handle: Handle,
    /// Until it is dropped.
    owner: Option<Owner<'a, T>>,
}

impl<T> Holding<'_, T> {
    /// Takes the value out. Then `end` or `put_back` says how it goes on.
    pub(crate) fn take_out(&mut self) -> T {
        self.owner.as_mut().expect("held until it is dropped").take_out()
    }

    /// The value that was taken out stays out: the handle ends.
    pub(crate) fn end(mut self) {
        self.table.tracked.ended(self.handle);
        drop(self.owner.take());
    }

    /// Puts a value back, under the same handle.
    pub(crate) fn put_back(mut self, value: T) {
        self.owner.take().expect("held until it is dropped").put_back(value);
    }
}

impl<T> Drop for Holding<'_, T> {
    fn drop(&mut self) {
        if let Some(owner) = self.owner.take() {
            owner.leave();
        }
    }
}

#[cold]
fn full() -> ! {
    panic!("gangplank: the handle table is full: delete handles that are no longer needed")
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table::new()
    }
}
