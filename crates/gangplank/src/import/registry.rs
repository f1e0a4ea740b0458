//! Who implements an imported trait: Go, or Rust in tests.

use super::{Instance, Table};
use crate::error::GoError;
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

/// Implemented by `#[import]` for `dyn Trait`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an imported trait",
    note = "add `#[gangplank::import]` to the trait, and write `dyn Trait`"
)]
pub trait Import: Send + Sync + 'static {
    /// The table that Go registers in.
    fn table() -> &'static Table;
    /// Its Rust name.
    const NAME: &'static str;
    /// The proxy that calls this implementation in Go.
    fn of(instance: &Instance) -> &Self;
    /// The implementation in Rust, if there is one.
    fn slot() -> &'static Slot<Self>;
}

/// Implemented by `#[import(fast)]` for `dyn Trait`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be called on the fast lane",
    label = "an imported trait that is not fast",
    note = "write `#[gangplank::import(fast)]` on the trait; or remove `fast` from the function; or step out for the calls: `gangplank::hosted::blocking(|| ..)`",
    note = "a call that costs two crossings may be wanted: `gangplank::brief(|| gangplank::imported::<dyn Trait>())` is not looked into"
)]
pub trait FastImport: Import {}

/// Refuses what is not.
pub fn callable_on_the_fast_lane<T: FastImport + ?Sized>() {}

/// Holds an implementation written in Rust.
pub struct Slot<T: ?Sized>(RwLock<Option<Arc<T>>>);

impl<T: ?Sized> Slot<T> {
    /// An empty one.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Slot<T> {
        Slot(RwLock::new(None))
    }

    fn put(&self, value: Option<Arc<T>>) -> Option<Arc<T>> {
        std::mem::replace(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner), value)
    }

    fn get(&self) -> Option<Arc<T>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The implementation of an imported trait. Derefs to `dyn Trait`; keep it as long as you like.
pub struct Imported<T: ?Sized + 'static>(Kind<T>);

enum Kind<T: ?Sized + 'static> {
    Go(&'static T),
    Rust(Arc<T>),
}

impl<T: ?Sized> Clone for Imported<T> {
    fn clone(&self) -> Self {
        Imported(match &self.0 {
            Kind::Go(proxy) => Kind::Go(proxy),
            Kind::Rust(implementation) => Kind::Rust(implementation.clone()),
        })
    }
}

impl<T: ?Sized> Deref for Imported<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        match &self.0 {
            Kind::Go(proxy) => proxy,
            Kind::Rust(implementation) => implementation,
        }
    }
}

/// The implementation of an imported trait: `gangplank::imported::<dyn Tokenizer>()?.tokenize("a b")`.
///
/// One written in Rust ([`register`]) goes before the one in Go. In a Rust program with Go inside, the first call waits until the Go runtime has started.
///
/// # Errors
/// [`GoError::is_unavailable`] when neither is there. Go may still lack a registered implementation; then each method says so.
///
/// # Cost
/// No crossing. A read lock and a load; keep the result where calls are many.
pub fn imported<T: Import + ?Sized>() -> Result<Imported<T>, GoError> {
    if let Some(implementation) = T::slot().get() {
        return Ok(Imported(Kind::Rust(implementation)));
    }
    T::table().check()?;
    Ok(Imported(Kind::Go(T::of(&Instance::REGISTERED))))
}

/// Registers an implementation written in Rust, for tests without Go. It goes before the one in Go, in the whole process, until the registration is dropped.
///
/// ```
/// #[gangplank::import]
/// pub trait Clock {
///     fn now(&self) -> u64;
/// }
///
/// struct Fixed;
/// impl Clock for Fixed {
///     fn now(&self) -> u64 {
///         7
///     }
/// }
///
/// let _registration = gangplank::register::<dyn Clock>(std::sync::Arc::new(Fixed));
/// assert_eq!(gangplank::imported::<dyn Clock>()?.now(), 7);
/// # Ok::<(), gangplank::GoError>(())
/// ```
pub fn register<T: Import + ?Sized>(implementation: Arc<T>) -> Registration<T> {
    Registration { before: T::slot().put(Some(implementation)) }
}

/// An implementation in Rust is registered as long as this lives; then the one before it is again.
#[must_use = "dropping it ends the registration"]
pub struct Registration<T: Import + ?Sized> {
    before: Option<Arc<T>>,
}

impl<T: Import + ?Sized> Drop for Registration<T> {
    fn drop(&mut self) {
        T::slot().put(self.before.take());
    }
}
