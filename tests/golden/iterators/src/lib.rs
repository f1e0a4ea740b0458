//! Iterators, in both directions.

use gangplank::{GoError, GoIter};
use std::sync::Arc;

#[gangplank::record]
pub struct Hit {
    pub path: String,
    pub line: u32,
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    #[error("stopped")]
    Stopped,
    #[error(transparent)]
    Go(#[from] GoError),
}

/// The numbers below a limit.
#[gangplank::export]
pub fn below(limit: u64) -> impl Iterator<Item = u64> + Send {
    0..limit
}

#[gangplank::export]
pub fn lines(text: &str) -> impl Iterator<Item = String> + Send + 'static {
    text.lines().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[gangplank::export]
pub fn walk(path: String) -> Result<impl Iterator<Item = Result<Hit, WalkError>> + Send, WalkError> {
    Ok((0..3).map(move |line| Ok(Hit { path: path.clone(), line })))
}

#[gangplank::export]
pub fn texts(n: u32) -> Box<dyn Iterator<Item = Result<String, String>> + Send> {
    Box::new((0..n).map(|n| if n % 2 == 0 { Ok(n.to_string()) } else { Err(format!("{n} is odd")) }))
}

/// Adds up what Go makes.
#[gangplank::export]
pub fn sum(numbers: GoIter<u64>) -> u64 {
    numbers.sum()
}

#[gangplank::export]
pub fn first_hit(hits: Box<dyn Iterator<Item = Result<Hit, WalkError>> + Send>) -> Result<Option<Hit>, WalkError> {
    hits.into_iter().next().transpose()
}

/// Is in Rust.
#[gangplank::object]
pub struct Index {
    words: Arc<Vec<String>>,
}

#[gangplank::object]
impl Index {
    #[constructor]
    pub fn new(words: Vec<String>) -> Self {
        Index { words: Arc::new(words) }
    }

    /// The words, each with its place.
    pub fn words(&self) -> impl Iterator<Item = (u32, String)> + Send + 'static {
        let words = self.words.clone();
        (0..words.len()).map(move |at| (at as u32, words[at].clone()))
    }

    /// The index, over and over.
    pub fn again(self: Arc<Self>) -> impl Iterator<Item = Arc<Index>> + Send {
        std::iter::repeat(self)
    }
}

/// Is in Go.
#[gangplank::import]
pub trait Store {
    /// The hits of a path.
    fn scan(&self, path: &str) -> Result<GoIter<Result<Hit, GoError>>, GoError>;
    fn numbers(&self) -> GoIter<i32>;
    fn tell(&self, rows: Box<dyn Iterator<Item = Hit> + Send>) -> u64;
    fn strict(&self) -> GoIter<Result<Vec<u8>, WalkError>>;
}
