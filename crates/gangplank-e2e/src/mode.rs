//! The ways to run Go's tests.

use std::process::Command;

/// How Go is built and run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As users do.
    Plain,
    /// With the race detector.
    Race,
    /// With experiments of Go that look closer: the stricter check of cgo's pointer rules, which sees every store of a Go pointer into native memory; and the profile of goroutines that wait for ever,
    /// where Go has it.
    CgoCheck2,
    /// With a collection for nearly every allocation.
    Gogc1,
}

impl Mode {
    /// The flags for `go test`.
    pub fn flags(self) -> &'static [&'static str] {
        if self == Mode::Race { &["-race"] } else { &[] }
    }

    /// Sets the environment. Nobody is ever asked for `GODEBUG`, so it is never set here.
    pub fn set(self, command: &mut Command) {
        command.env_remove("GODEBUG").env_remove("GOGC").env_remove("GOEXPERIMENT");
        match self {
            Mode::Plain | Mode::Race => {}
            Mode::CgoCheck2 => drop(command.env("GOEXPERIMENT", "cgocheck2")),
            Mode::Gogc1 => drop(command.env("GOGC", "1")),
        }
    }
}
