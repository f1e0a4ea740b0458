//! What a fast item has besides its shim or its table (clauses 9.3 to 9.5).

use super::Package;
use crate::ir::{Function, Import};
use proc_macro2::TokenStream;
use quote::quote;

/// What the shims of a fast function are made of.
pub(super) struct Fast {
    /// The C name of the shim that all functions have.
    pub symbol: String,
    /// How messages call the function.
    pub shown: String,
    /// The classes of its arguments: an array.
    pub classes: TokenStream,
    /// The class of its result.
    pub result: TokenStream,
    pub discard: TokenStream,
    /// The closure that answers a frame.
    pub body: TokenStream,
}

/// The shim, and the two ways into a fast function: an entry, from which it may call Go, and a leaf call.
pub(super) fn expand_fast_shims(package: &Package<'_>, function: &Function, of: &Fast) -> TokenStream {
    let named = |kind: &str| format!("gangplank_{kind}_{}_{}", package.symbol(), function.symbol());
    let (fast, leaf) = (named("fast"), named("leaf"));
    let Fast { symbol, shown, classes, result, discard, body } = of;
    let imported = &function.body.imported;
    quote! {
        #(const _: fn() = __gangplank::callable_on_the_fast_lane::<#imported>;)*
        const CLASSES: &[__gangplank::Class] = #classes;
        const RESULT: __gangplank::Class = #result;
        const STRIDE: usize = __gangplank::stride(CLASSES);

        /// Answers a frame of this function.
        #[inline]
        fn one(frame: *mut u64) {
            // SAFETY: those who call it have a frame of this interface; the hash is compared at start (clauses 1.3, 6.6). `Access` is told what `Probe` says of the type.
            unsafe { __gangplank::answer(frame, #shown, CLASSES, #discard, #body) }
        }

        #[unsafe(export_name = #symbol)]
        unsafe extern "C" fn shim(frames: *mut u64, n: usize) {
            // SAFETY: generated Go code passes frames of this interface (clauses 1.3, 6.6).
            unsafe { __gangplank::serve_each(frames, n, STRIDE, one) }
        }
        #[unsafe(export_name = #fast)]
        unsafe extern "C" fn fast(w0: u64, lane: usize, context: *const (), w1: u64, w2: u64, w3: u64) -> __gangplank::Words {
            if __gangplank::is_returned() {
                // SAFETY: as below.
                return unsafe { drain_and_fast(w0, lane, context, w1, w2, w3) };
            }
            // SAFETY: generated Go code enters it through its lane, with what this interface needs (clauses 6.6, 9.3).
            unsafe { __gangplank::enter::<STRIDE>(const { __gangplank::is_short(CLASSES, RESULT) }, [w0, w1, w2, w3], lane, context, one) }
        }
        #[unsafe(export_name = #leaf)]
        unsafe extern "C" fn leaf(w0: u64, w1: u64, w2: u64, w3: u64) -> __gangplank::Words {
            if __gangplank::is_returned() {
                // SAFETY: as below.
                return unsafe { drain_and_leaf(w0, w1, w2, w3) };
            }
            // SAFETY: generated Go code passes what this interface needs (clauses 6.6, 9.4).
            unsafe { __gangplank::leaf::<STRIDE>(const { __gangplank::is_short_leaf(CLASSES, RESULT) }, [w0, w1, w2, w3], one) }
        }

        // Functions of their own, so that a call with nothing to free keeps no register for them.
        #[cold]
        #[inline(never)]
        unsafe extern "C" fn drain_and_fast(w0: u64, lane: usize, context: *const (), w1: u64, w2: u64, w3: u64) -> __gangplank::Words {
            __gangplank::drain();
            // SAFETY: it was called so.
            unsafe { fast(w0, lane, context, w1, w2, w3) }
        }
        #[cold]
        #[inline(never)]
        unsafe extern "C" fn drain_and_leaf(w0: u64, w1: u64, w2: u64, w3: u64) -> __gangplank::Words {
            __gangplank::drain();
            // SAFETY: it was called so.
            unsafe { leaf(w0, w1, w2, w3) }
        }
    }
}

/// Where Go registers the callbacks of an imported trait.
pub(super) fn expand_fast_table(package: &Package<'_>, import: &Import) -> TokenStream {
    let symbol = format!("gangplank_fast_import_{}_{}", package.symbol(), import.head.name);
    quote! {
        #[unsafe(export_name = #symbol)]
        extern "C" fn register_methods(lane: usize, base: usize) {
            __gangplank::register_methods(&TABLE, lane, base);
        }
    }
}
