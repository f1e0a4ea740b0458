//! What stands before the values that a language keeps for the other (clause 8.1).

use std::sync::atomic::AtomicU64;

/// A keeper's shim, which this side wrote.
pub(crate) type KeeperShim = unsafe extern "C" fn(*mut u64, usize);

/// The words of clause 8.1 that both sides know.
#[repr(C)]
#[derive(Debug)]
pub struct Keeper {
    pub(crate) shim: KeeperShim,
    /// The head of the release list: of a Go package's keeper. Go releases Rust's values by calling the shim (clause 8.5).
    pub(crate) released: AtomicU64,
}

impl Keeper {
    pub(crate) const fn new(shim: KeeperShim) -> Keeper {
        Keeper { shim, released: AtomicU64::new(0) }
    }
}

const _: () = {
    assert!(std::mem::offset_of!(Keeper, shim) == 0);
    assert!(std::mem::offset_of!(Keeper, released) == 8);
};
