//! One file per subcommand.

pub mod bench;
pub mod build;
pub mod demo;
pub mod doctor;
pub mod generate;
pub mod new;
pub mod run;
