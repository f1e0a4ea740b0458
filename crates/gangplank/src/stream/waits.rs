//! Streams of Rust that Go waits for, so that a shutdown can end the wait.
//!
//! A stream that was pending once has a place in a table until it is dropped. There it leaves the wake-up of its last pending pull, and then looks whether there was a shutdown. A shutdown says so first, and
//! then fires what the places have. Both meet under the place's lock, or, if the place is not in the table yet, by the order in which all threads see table and word: one of them sees the other.
//! The pull that follows finds the shutdown, and ends the stream.

use super::wakeup::Wakeup;
use crate::handle::{Handle, Table};
use crate::task::is_shut;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

static PLACES: LazyLock<Table<Place>> = LazyLock::new(Table::new);

/// Where a stream leaves its wake-up. It does not keep it: when the last waker is dropped, nobody can wake the stream any more.
type Place = Arc<Mutex<Weak<Wakeup>>>;

/// A stream's place, once it has one.
#[derive(Default)]
pub(super) struct Waits(Option<(Handle, Place)>);

impl Waits {
    /// The pull of this wake-up, which is armed, answers "pending".
    pub(super) fn pending(&mut self, wakeup: &Arc<Wakeup>) {
        let (_, place) = self.0.get_or_insert_with(|| {
            let place = Place::default();
            (PLACES.insert(place.clone()), place)
        });
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(wakeup);
        if is_shut() {
            wakeup.fire();
        }
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        if let Some((handle, _)) = self.0.take() {
            let _ = PLACES.delete(handle);
        }
    }
}

/// Wakes all goroutines that wait for a stream, after a shutdown was noted.
pub(crate) fn wake_all() {
    let places: Vec<_> = PLACES.range().map(|(_, place)| place.clone()).collect();
    for place in places {
        let wakeup = place.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
        if let Some(wakeup) = wakeup {
            wakeup.fire();
        }
    }
}
