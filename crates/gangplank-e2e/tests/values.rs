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

/// The same on the fast lane, and on the cgo lane, and while everything looks on.
mod fast {
    use gangplank_e2e::matrix::{Flavour, write};
    use gangplank_e2e::mode::Mode;
    use gangplank_e2e::suite;

    /// Leaves.
    #[test]
    fn exported_plain() {
        suite::run(&write(Flavour::FastExported), Mode::Plain);
    }

    #[test]
    fn exported_race() {
        suite::run(&write(Flavour::FastExported), Mode::Race);
    }

    /// Entries and callbacks.
    #[test]
    fn imported_plain() {
        suite::run(&write(Flavour::FastImported), Mode::Plain);
    }

    #[test]
    fn imported_race() {
        suite::run(&write(Flavour::FastImported), Mode::Race);
    }
}
