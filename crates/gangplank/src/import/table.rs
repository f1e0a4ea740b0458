//! The shims of an imported trait (clause 6.3).

use super::host;
use crate::error::{ErrorKind, GoError};
use crate::lane::Methods;
use std::ffi::{CString, c_char};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A shim (clause 1.3).
pub type Shim = unsafe extern "C-unwind" fn(*mut u64, usize);

/// The table of one imported trait: empty until Go registers.
pub struct Table {
    krate: &'static str,
    version: &'static str,
    name: &'static str,
    methods: usize,
    hash: u64,
    shims: AtomicPtr<Shim>,
    fast: Methods,
}

impl Table {
    /// An empty table.
    pub const fn new(
        krate: &'static str,
        version: &'static str,
        name: &'static str,
        methods: usize,
        hash: u64,
    ) -> Table {
        Table {
            krate,
            version,
            name,
            methods,
            hash,
            shims: AtomicPtr::new(ptr::null_mut()),
            fast: Methods::new(),
        }
    }

    /// Takes Go's shims: null, or a text that says what does not match (clause 6.3).
    ///
    /// # Safety
    /// `shims` points at `methods` shims and lives for ever.
    pub unsafe fn register(&self, shims: *const Shim, methods: usize, hash: u64) -> *const c_char {
        if methods == self.methods && hash == self.hash {
            // Release pairs with the acquire in `shim`.
            self.shims.store(shims.cast_mut(), Ordering::Release);
            return ptr::null();
        }
        let text = format!(
            "the Go package was generated from another version of trait {} than crate {} {} has. Run `gangplank generate` and `gangplank build`",
            self.name, self.krate, self.version
        );
        CString::new(text).map_or(c"the interface differs".as_ptr(), |t| t.into_raw().cast_const())
    }

    /// The hash of the trait's signatures (clause 6.5).
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// Its callbacks on the fast lane.
    #[inline]
    pub(crate) fn fast(&self) -> &Methods {
        &self.fast
    }

    /// The shim of a method.
    #[inline]
    pub(crate) fn shim(&self, method: usize) -> Result<Shim, GoError> {
        let mut shims = self.shims.load(Ordering::Acquire);
        if shims.is_null() {
            shims = self.wait()?;
        }
        debug_assert!(method < self.methods);
        // SAFETY: `register` was promised `methods` shims that live for ever, and checked the number.
        Ok(unsafe { *shims.add(method) })
    }

    /// Is Go there to be called?
    pub(crate) fn check(&self) -> Result<(), GoError> {
        if self.shims.load(Ordering::Acquire).is_null() { self.wait().map(|_| ()) } else { Ok(()) }
    }

    #[cold]
    fn wait(&self) -> Result<*mut Shim, GoError> {
        let text = if host::start() {
            format!(
                "no Go package of this program was generated for crate {}: list it as a [[bridge]] in gangplank.toml",
                self.krate
            )
        } else {
            format!(
                "no implementation of {} is registered: this program has no Go inside. Build it with gangplank (a Go program with `gangplank build`, a Rust program with \
                 gangplank_build::build() in build.rs and gangplank::include_go!() at its root), or register one written in Rust with gangplank::register",
                self.name
            )
        };
        let shims = self.shims.load(Ordering::Acquire);
        if shims.is_null() { Err(GoError::of(ErrorKind::Unavailable, text)) } else { Ok(shims) }
    }
}
