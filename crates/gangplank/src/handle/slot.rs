//! Where a value lives.

use super::state::{Closed, PIN, State};
use super::sync::{AtomicU64, Ordering, UnsafeCell, fence, pause};
use std::mem::MaybeUninit;

#[derive(Debug)]
pub(crate) struct Slot<T> {
    state: AtomicU64,
    value: UnsafeCell<MaybeUninit<T>>,
}

// SAFETY: the protocol gives shared access to the value only to those who have pinned it, and exclusive access to one owner at
// a time. `T: Sync` allows the one from several threads, `T: Send` the other from any.
unsafe impl<T: Send + Sync> Sync for Slot<T> {}

impl<T> Slot<T> {
    pub(crate) fn new() -> Slot<T> {
        Slot { state: AtomicU64::new(State::UNUSED.to_bits()), value: UnsafeCell::new(MaybeUninit::uninit()) }
    }

    /// A look at the state, from which nothing follows for the value.
    #[inline]
    pub(crate) fn look(&self) -> State {
        State::from_bits(self.state.load(Ordering::Relaxed))
    }

    /// Claims a free slot.
    #[inline]
    pub(crate) fn claim(&self, from: State, next: u64) -> Option<Claimed<'_, T>> {
        let to = from.reserve(next)?;
        // Acquire pairs with the release in `Owner::drop`: the value before is gone.
        let claimed =
            self.state.compare_exchange(from.to_bits(), to.to_bits(), Ordering::Acquire, Ordering::Relaxed);
        claimed.is_ok().then_some(Claimed { slot: self, state: to })
    }

    /// Pins the value of a generation. Whoever gets `true` calls `unpin` once.
    #[inline(always)]
    pub(crate) fn pin(&self, generation: u64) -> bool {
        let mut state = self.look();
        loop {
            while let Some(to) = state.pin(generation) {
                // Acquire pairs with the release in `Claimed::publish` and `Owner::put_back`: the value is there.
                match self.state.compare_exchange_weak(
                    state.to_bits(),
                    to.to_bits(),
                    Ordering::Acquire,
                    Ordering::Relaxed,
                ) {
                    Ok(_) => return true,
                    Err(now) => state = State::from_bits(now),
                }
            }
            if !state.is_held(generation) {
                return false;
            }
            state = self.outwait(generation);
        }
    }

    /// Waits until a slot is no longer held, and says what it is then.
    #[cold]
    #[inline(never)]
    fn outwait(&self, generation: u64) -> State {
        let mut turn = 0;
        loop {
            let state = self.look();
            if !state.is_held(generation) {
                return state;
            }
            pause(turn);
            turn += 1;
        }
    }

    /// The value.
    ///
    /// # Safety
    /// The caller has pinned the slot, and keeps it pinned as long as it uses the reference.
    #[inline]
    pub(crate) unsafe fn value(&self) -> &T {
        // SAFETY: it was initialised before the slot became live, and nobody drops or moves it before the pin is gone.
        self.value.with(|value| unsafe { (*value).assume_init_ref() })
    }

    /// Takes a pin away. The last one of a deleted value drops it.
    ///
    /// # Safety
    /// The caller has pinned the slot and does not use the value any more.
    #[inline(always)]
    pub(crate) unsafe fn unpin(&self) {
        // Release: what the reader did with the value comes before what its next owner does.
        let state = State::from_bits(self.state.fetch_sub(PIN, Ordering::Release)).unpinned();
        if state.is_abandoned() {
            self.drop_abandoned(state);
        }
    }

    #[cold]
    #[inline(never)]
    fn drop_abandoned(&self, state: State) {
        // Pairs with the release of the other readers.
        fence(Ordering::Acquire);
        drop(Owner { slot: self, state, has_value: true });
    }

    /// Ends the handle of a generation. If nobody reads the value, the caller owns it now; else the last reader will drop it. `Err`
    /// if the slot does not have this generation.
    #[inline]
    pub(crate) fn close(&self, generation: u64) -> Result<Option<Owner<'_, T>>, ()> {
        let mut state = self.look();
        loop {
            while let Some(closed) = state.close(generation) {
                let (to, owned) = match closed {
                    Closed::Owned(to) => (to, true),
                    Closed::InUse(to) => (to, false),
                };
                match self.change(state, to) {
                    // Lazily: an `Owner` that is made by mistake drops the value.
                    Ok(()) => return Ok(owned.then(|| Owner { slot: self, state: to, has_value: true })),
                    Err(now) => state = now,
                }
            }
            if !state.is_held(generation) {
                return Err(());
            }
            state = self.outwait(generation);
        }
    }

    /// As `close`, but only if nobody reads or holds the value: else `Ok(None)`, and nothing changes.
    #[inline]
    pub(crate) fn close_unused(&self, generation: u64) -> Result<Option<Owner<'_, T>>, ()> {
        self.own_unused(generation, |state| match state.close(generation) {
            Some(Closed::Owned(to)) => Some(to),
            _ => None,
        })
    }

    /// Owns the value of a generation that nobody reads or holds (else `Ok(None)`), to take it or to put it back. Until then others wait: the caller runs nobody else's
    /// code and takes no lock.
    #[inline]
    pub(crate) fn hold(&self, generation: u64) -> Result<Option<Owner<'_, T>>, ()> {
        self.own_unused(generation, |state| state.hold(generation))
    }

    #[inline]
    fn own_unused(
        &self,
        generation: u64,
        next: impl Fn(State) -> Option<State>,
    ) -> Result<Option<Owner<'_, T>>, ()> {
        let mut state = self.look();
        while let Some(to) = next(state) {
            match self.change(state, to) {
                Ok(()) => return Ok(Some(Owner { slot: self, state: to, has_value: true })),
                Err(now) => state = now,
            }
        }
        if state.is_live_in(generation) || state.is_held(generation) { Ok(None) } else { Err(()) }
    }

    #[inline]
    fn change(&self, from: State, to: State) -> Result<(), State> {
        // Acquire pairs with the release in `publish` and in `unpin`: the caller may be about to own the value.
        self.state
            .compare_exchange_weak(from.to_bits(), to.to_bits(), Ordering::Acquire, Ordering::Relaxed)
            .map(drop)
            .map_err(State::from_bits)
    }

    /// Drops the value when the table is dropped.
    pub(crate) fn clear(&mut self) {
        if self.look().has_value() {
            // SAFETY: there is a value, and `&mut self` says that nobody else is here. A pin that is still counted is one of
            // a `Ref` that was forgotten.
            self.value.with_mut(|value| unsafe { (*value).assume_init_drop() });
        }
    }
}

/// A slot without a value that the holder owns.
#[must_use]
pub(crate) struct Claimed<'a, T> {
    slot: &'a Slot<T>,
    state: State,
}

impl<T> Claimed<'_, T> {
    /// Gives the value to the table.
    #[inline]
    pub(crate) fn publish(self, value: T) {
        // SAFETY: the slot is reserved, and it was this claim that reserved it: nobody else touches the value.
        self.slot.value.with_mut(|place| unsafe { (*place).write(value) });
        // Release pairs with the acquire in `pin` and `change`.
        self.slot.state.store(self.state.publish().to_bits(), Ordering::Release);
    }
}

/// A value that the holder owns, in its slot. The slot is free when this is dropped, even if dropping the value panics.
#[must_use]
pub(crate) struct Owner<'a, T> {
    slot: &'a Slot<T>,
    state: State,
    has_value: bool,
}

impl<T> Owner<'_, T> {
    /// Moves the value out.
    #[inline]
    pub(crate) fn take(mut self) -> T {
        self.has_value = false;
        // SAFETY: the holder owns the value, and `has_value` says that it is gone.
        self.slot.value.with(|value| unsafe { (*value).assume_init_read() })
    }

    /// Moves the value out, which may come back.
    pub(crate) fn take_out(&mut self) -> T {
        assert!(self.has_value, "taken out once");
        self.has_value = false;
        // SAFETY: the holder owns the value, and `has_value` says that it is gone.
        self.slot.value.with(|value| unsafe { (*value).assume_init_read() })
    }

    /// Leaves the value in the table, under the same handle; if it was taken out, the slot is free.
    pub(crate) fn leave(mut self) {
        if self.has_value {
            let value = self.take_out();
            self.put_back(value);
        }
    }

    /// Gives a value that was taken out back to the table, which has it under the same handle again.
    pub(crate) fn put_back(self, value: T) {
        assert!(!self.has_value, "taken out before");
        let owner = std::mem::ManuallyDrop::new(self);
        // SAFETY: the holder owns the slot, and there is no value in it.
        owner.slot.value.with_mut(|place| unsafe { (*place).write(value) });
        // Release pairs with the acquire in `pin` and `change`.
        owner.slot.state.store(owner.state.publish().to_bits(), Ordering::Release);
    }
}

impl<T> Drop for Owner<'_, T> {
    #[inline]
    fn drop(&mut self) {
        struct Free<'a, T>(&'a Slot<T>, State);
        impl<T> Drop for Free<'_, T> {
            #[inline]
            fn drop(&mut self) {
                // Release pairs with the acquire in `claim`.
                self.0.state.store(self.1.free().to_bits(), Ordering::Release);
            }
        }
        let _free = Free(self.slot, self.state);
        if self.has_value {
            // SAFETY: the holder owns the value, and nobody will look at it again.
            self.slot.value.with_mut(|value| unsafe { (*value).assume_init_drop() });
        }
    }
}
