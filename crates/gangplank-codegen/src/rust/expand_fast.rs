//! What a fast item has besides its shim or its table (clauses 9.3 to 9.5).

use super::Package;
use crate::ir::{Function, Import};
use proc_macro2::TokenStream;
use quote::quote;

/// The two ways into a fast function: an entry, from which it may call Go, and a leaf call.
pub(super) fn expand_fast_shims(
    package: &Package<'_>,
    function: &Function,
    classes: &[&TokenStream],
) -> TokenStream {
    let symbol = |kind: &str| format!("gangplank_{kind}_{}_{}", package.symbol(), function.symbol());
    let (fast, leaf) = (symbol("fast"), symbol("leaf"));
    quote! {
        #[unsafe(export_name = #fast)]
        unsafe extern "C" fn fast(frame: *mut u64, lane: usize, context: *const ()) -> usize {
            // SAFETY: generated Go code enters it through its lane, with a frame of this interface (clauses 6.6, 9.3).
            unsafe { __gangplank::enter(frame, lane, context, shim) };
            0
        }
        #[unsafe(export_name = #leaf)]
        unsafe extern "C" fn leaf(frame: *mut u64, _: usize) -> usize {
            // SAFETY: generated Go code puts the scratch behind a frame of this interface (clauses 6.6, 9.4).
            unsafe { __gangplank::leaf(frame, __gangplank::stride(&[#(#classes),*]), shim) };
            0
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
