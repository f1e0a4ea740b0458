//! Threads that are ending.
//!
//! Rust takes a thread's signal stack away before it runs the destructors of thread-local values. Go remembers that stack from the thread's first call. A signal for Go that comes in a later call would
//! find none, and end the process. So a thread notes its first call in a thread-local value of its own, and a call that comes after that value was destroyed is refused.
//!
//! Destructors run in the opposite order of initialisation: what was initialised after the thread's first call of Go is destroyed before the note is, and is not refused.

use crate::error::{ErrorKind, GoError};

struct Note;

impl Drop for Note {
    fn drop(&mut self) {}
}

thread_local! {
    static NOTE: Note = const { Note };
}

/// May this thread still call Go?
#[inline]
pub(super) fn check(name: &str) -> Result<(), GoError> {
    match NOTE.try_with(|_| ()) {
        Ok(()) => Ok(()),
        Err(_) => Err(ending(name)),
    }
}

#[cold]
fn ending(name: &str) -> GoError {
    GoError::of(
        ErrorKind::Unavailable,
        format!(
            "{name}: this thread is ending, and Go cannot be called from the destructor of a thread-local value: call it before the thread's function returns"
        ),
    )
}
