//! What can go wrong with a hosted thread.

use std::fmt;

/// Why a hosted thread was not started.
#[derive(Debug)]
pub struct SpawnError(pub(super) Why);

#[derive(Debug)]
pub(super) enum Why {
    NoGo,
    TooMany { running: usize, most: usize },
    ShuttingDown,
}

impl SpawnError {
    /// There are as many as Go's scheduler has places.
    pub fn is_too_many(&self) -> bool {
        matches!(self.0, Why::TooMany { .. })
    }

    /// There is no Go that could host one.
    pub fn is_unavailable(&self) -> bool {
        matches!(self.0, Why::NoGo)
    }

    /// [`shutdown`](super::shutdown) was called.
    pub fn is_shutting_down(&self) -> bool {
        matches!(self.0, Why::ShuttingDown)
    }
}

impl fmt::Display for SpawnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Why::NoGo => f.write_str(
                "no Go hosts threads: this program has none inside, or no crate of it has a `#[gangplank::import(fast)]` trait or a fast function",
            ),
            Why::TooMany { running, most } => write!(
                f,
                "{running} hosted threads are running, and GOMAXPROCS is {most}: each takes one place of Go's scheduler. Join one first, or raise GOMAXPROCS",
            ),
            Why::ShuttingDown => f.write_str("hosted threads are being shut down"),
        }
    }
}

impl std::error::Error for SpawnError {}

/// A hosted thread panicked.
pub struct Panicked {
    pub(super) name: String,
    pub(super) message: String,
    pub(super) stack: String,
}

impl Panicked {
    /// What the panic said.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Where it happened.
    pub fn stack(&self) -> &str {
        &self.stack
    }
}

impl fmt::Debug for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}\n{}", self.stack)
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "hosted thread {} panicked: {}", self.name, self.message)
    }
}

impl std::error::Error for Panicked {}
