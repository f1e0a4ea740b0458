use super::invalid::invalid;
use super::{Access, Kept, Shared};
use crate::frame::{BEHIND_HANDLE, Header};
use crate::handle::{Error, Handle, Holding, Ref, Table};
use crate::keeper::Keeper;
use crate::message::{Malformed, Passed};
use crate::shim::{self, Layout, Rejected};
use crate::value::{Class, Shape};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

/// A type of object. Its values are used from many threads, so they are `Send + Sync + 'static`. Implemented by `#[object]` for a struct, or for `dyn Trait`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an object",
    label = "its struct or trait is not marked",
    note = "add `#[gangplank::object]` to the struct or trait"
)]
pub trait Object: Shape + Send + Sync + 'static {
    /// Its Rust name.
    const NAME: &'static str;

    /// Where Go's are kept.
    fn objects() -> &'static Objects<Self>;
}

/// All objects of one type that Go holds. Begins with the type's keeper (clause 8.1).
#[repr(C)]
pub struct Objects<S: ?Sized + 'static> {
    keeper: Keeper,
    table: OnceLock<Table<Kept<S>>>,
}

impl<S: ?Sized + Object> Objects<S> {
    /// None.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Objects<S> {
        Objects { keeper: Keeper::new(keep::<S>), table: OnceLock::new() }
    }

    /// Makes a handle (clause 8.3).
    #[inline]
    pub fn insert(&self, value: Arc<S>) -> u64 {
        self.table.get_or_init(Table::new).insert(Kept::new(value)).to_bits()
    }

    /// The same for a value that goes over with others.
    pub fn give(&self, value: Arc<S>, passed: &mut Passed) -> u64 {
        let handle = self.insert(value);
        passed.made(handle, |handle, over| {
            if !over {
                S::objects().release(handle);
            }
        });
        handle
    }

    /// Whether what is under a handle could be held.
    pub(super) fn check_unused(&self, word: u64) -> Result<(), Malformed> {
        match self.table.get() {
            Some(table) => {
                table.check_unused(Handle::from_bits(word)).map_err(|error| invalid::<S>(word, error))
            }
            None => Err(self.empty(word)),
        }
    }

    /// Holds what is under a handle, to end it.
    pub(super) fn hold(&self, word: u64) -> Result<Holding<'_, Kept<S>>, Malformed> {
        match self.table.get() {
            Some(table) => table.hold(Handle::from_bits(word)).map_err(|error| invalid::<S>(word, error)),
            None => Err(self.empty(word)),
        }
    }

    /// Pins the object for a call.
    #[inline(always)]
    pub(super) fn pin(&self, word: u64) -> Result<Ref<'_, Kept<S>>, Malformed> {
        match self.table.get() {
            Some(table) => table.get(Handle::from_bits(word)).map_err(|error| invalid::<S>(word, error)),
            None => Err(self.empty(word)),
        }
    }

    #[cold]
    fn empty(&self, word: u64) -> Malformed {
        invalid::<S>(word, if word == 0 { Error::Zero } else { Error::Forged })
    }

    /// Another `Arc` of an object that Go lends.
    pub fn share(&'static self, word: u64) -> Result<Arc<S>, Malformed> {
        // Always with the lock: whoever changes the object must be the only one to have an `Arc`, and stay so.
        Ok(Shared::<S>::of(word, Access::LOCKED)?.share())
    }

    /// The `Arc` of an object that Go gives, whose handle ends.
    pub fn take(&'static self, word: u64) -> Result<Arc<S>, Malformed> {
        let value = self.share(word)?;
        self.release(word);
        Ok(value)
    }

    /// Ends a handle (clause 8.5). What is none is passed over; nothing unwinds, a panic of `Drop` is reported.
    pub fn release(&self, word: u64) {
        let Some(table) = self.table.get() else { return };
        let end = || {
            let _ = table.delete(Handle::from_bits(word));
        };
        if let Err(payload) = catch_unwind(AssertUnwindSafe(end)) {
            crate::panic::report(S::NAME, payload);
        }
    }
}

/// The shim of a type's keeper: releases handles, or makes another one (clauses 8.5, 8.6).
unsafe extern "C" fn keep<S: ?Sized + Object>(frames: *mut u64, n: usize) {
    shim::enter(|| {
        if n == 0 {
            // SAFETY: word 0 is a count, and that many handles follow (clause 8.5).
            let handles = unsafe { std::slice::from_raw_parts(frames.add(1), *frames as usize) };
            return handles.iter().for_each(|&handle| S::objects().release(handle));
        }
        const LAYOUT: Layout = Layout::new(BEHIND_HANDLE - 1, &[Class::Scalar]);
        let another = |arguments: &mut shim::Arguments<'_>, header: &mut Header<'_>| {
            let value = S::objects().share(arguments.word()).map_err(Rejected::call)?;
            header.word(S::objects().insert(value));
            Ok(())
        };
        // SAFETY: a frame with the handle in word 4 (clause 8.6).
        unsafe { shim::answer_in(frames, S::NAME, LAYOUT, None, &another) };
    });
}
