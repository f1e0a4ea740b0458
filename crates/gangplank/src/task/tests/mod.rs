#[cfg(not(loom))]
mod calls;
#[cfg(loom)]
mod model;

#[cfg(loom)]
pub(super) use model::Wake;
#[cfg(loom)]
pub(crate) use model::{Go, model};
