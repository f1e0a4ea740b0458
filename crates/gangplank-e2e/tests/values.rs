//! Every type in every position, and random types, in every mode.

use gangplank_e2e::matrix::{Flavour, write};

/// Go calls Rust.
mod exported {
    gangplank_e2e::modes!(super::write(super::Flavour::Exported));
}

/// Go calls Rust, which calls Go.
mod imported {
    gangplank_e2e::modes!(super::write(super::Flavour::Imported));
}
