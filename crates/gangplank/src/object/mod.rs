//! Objects: Rust values that stay in Rust and are known to Go by handles (clauses 8.1 to 8.3, 8.6).
//!
//! Each type of object has one [`Objects`]: its keeper and the table of its values, all in [`Arc`](std::sync::Arc)s. A handle stands for one `Arc`.
//!
//! | in Rust | what happens to the handle |
//! | --- | --- |
//! | `&S`, `&self` | the slot is pinned for the call: who closes the handle meanwhile only ends it, the value goes when the call is over |
//! | `&mut S`, `&mut self` | the same, and the object is held exclusively: see `lock.rs` |
//! | `Arc<S>` | the `Arc` is cloned |
//! | `S`, `self` | the value is taken out, and the handle ends: see `consume.rs` |
//! | `S`, `Arc<S>` to Go | a handle is made |
//!
//! # Cycles
//! A Rust object that keeps a Go function which keeps the object lives for ever: neither side sees the other's half of the circle. Break it on the Rust side with
//! [`std::sync::Weak`], or let Go close the object. A method that takes `self: Arc<Self>` can make the `Weak`.

mod arc;
pub mod codec;
mod consume;
pub mod exclusive;
mod invalid;
mod kept;
mod lock;
mod objects;
mod shared;

pub use consume::later;
pub use kept::Kept;
pub(crate) use lock::Lock;
pub use objects::{Object, Objects};
pub use shared::{Access, Shared};

/// An object with methods: implemented by `#[object]` on its impl block.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an object with methods",
    label = "cannot be lent to be changed",
    note = "add `#[gangplank::object]` to the struct and to its impl block"
)]
pub trait Methods: Object + Sized {
    /// May it be held exclusively: has it a `&mut self` method?
    const EXCLUSIVE: bool;
}

/// Why an object behind a reference cannot be given to Go.
pub const BORROWED: &str = "an object can only be given whole: pass it by value, or in an Arc";

/// Says of any type whether its values may be held exclusively: `Probe::<T>::EXCLUSIVE`, with [`NoMethods`] in scope.
pub struct Probe<T: ?Sized>(std::marker::PhantomData<T>);

/// What [`Probe`] says of a type without methods.
pub trait NoMethods {
    /// Nobody can change it.
    const EXCLUSIVE: bool = false;
}

impl<T: ?Sized> NoMethods for Probe<T> {}

impl<T: Methods> Probe<T> {
    /// What its methods say.
    pub const EXCLUSIVE: bool = T::EXCLUSIVE;
}
