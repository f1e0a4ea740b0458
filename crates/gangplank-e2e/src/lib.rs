//! Runs the projects in `tests/e2e`: each folder there is a behaviour, with its Rust half and its Go half.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`mode`] | the ways to run Go's tests: plain, with the race detector, .. |
//! | [`suite`] | builds a behaviour once and runs its Go tests |
//! | [`place`] | where things are |
//! | [`host`] | the same for the program whose `main` is Rust's |
//! | [`change`] | a project whose Rust half changes while its Go half stays |
//! | [`matrix`] | writes a project with every type in every position |

pub mod change;
pub mod host;
pub mod matrix;
pub mod mode;
pub mod place;
pub mod suite;

/// A test for each behaviour in each mode: `behaviours!(scalars, strings);` makes `scalars::plain`, `scalars::race`, ..
#[macro_export]
macro_rules! behaviours {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $($(#[$doc])* mod $name {
            $crate::modes!($crate::place::behaviour(stringify!($name)));
        })*
    };
}

/// A test for each mode, of the project in one folder.
#[macro_export]
macro_rules! modes {
    ($folder:expr) => {
        #[test]
        fn plain() {
            $crate::suite::run(&$folder, $crate::mode::Mode::Plain);
        }

        #[test]
        fn race() {
            $crate::suite::run(&$folder, $crate::mode::Mode::Race);
        }

        #[test]
        fn cgocheck2() {
            $crate::suite::run(&$folder, $crate::mode::Mode::CgoCheck2);
        }

        #[test]
        fn gogc1() {
            $crate::suite::run(&$folder, $crate::mode::Mode::Gogc1);
        }
    };
}
