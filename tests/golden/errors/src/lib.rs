//! Errors of the crate.

/// Why a search fails.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The pattern is no pattern.
    #[error("bad pattern at byte {at}: {why}")]
    BadPattern {
        /// Where.
        at: u32,
        /// Why.
        why: String,
    },
    /// It was closed.
    #[error("the searcher is closed")]
    Closed,
    #[error("no {0}")]
    NotFound(String),
    #[error("{}", "out of time")]
    TimedOut,
    #[error(transparent)]
    Go(#[from] gangplank::GoError),
    #[error("broken pipe")]
    PipeError(i32, String),
}

/// Only sentinels, and their text is written by hand.
#[gangplank::error]
#[derive(Debug)]
pub enum Trivial {
    First,
    Second,
}

impl std::fmt::Display for Trivial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Trivial::First => "first",
            Trivial::Second => "another text",
        })
    }
}

impl std::error::Error for Trivial {}

/// A struct that is an error.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
#[error("cannot parse line {line}")]
pub struct Parse {
    pub line: usize,
    /// What was wrong there.
    pub cause: SearchError,
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
#[error("too big")]
pub struct TooBigError;

#[gangplank::export]
pub fn search(pattern: &str) -> Result<Vec<String>, SearchError> {
    if pattern.is_empty() { Err(SearchError::Closed) } else { Ok(vec![]) }
}

#[gangplank::export]
pub fn echo_trivial(second: bool) -> Result<(), Trivial> {
    Err(if second { Trivial::Second } else { Trivial::First })
}

#[gangplank::export]
pub fn parse(text: &str) -> Result<u64, Parse> {
    let _ = text;
    Ok(1)
}

#[gangplank::export]
pub fn too_big(n: u64) -> Result<u64, TooBigError> {
    Ok(n)
}

/// Errors are values too.
#[gangplank::export]
pub fn explain(error: SearchError, all: Vec<Parse>) -> Option<Box<Parse>> {
    let _ = error;
    all.into_iter().next().map(Box::new)
}
