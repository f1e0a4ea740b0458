//! Counts words.

use std::collections::BTreeMap;
use std::fmt;

/// How often a word occurs.
#[gangplank::record]
pub struct WordCount {
    /// The word.
    pub word: String,
    /// How often it occurs.
    pub times: u32,
}

/// Why there is nothing to count.
#[gangplank::error]
#[derive(Debug)]
pub enum CountError {
    /// The text has no words.
    Empty,
}

impl fmt::Display for CountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CountError::Empty => f.write_str("there are no words"),
        }
    }
}

impl std::error::Error for CountError {}

/// The most frequent words of a text, at most `limit`.
#[gangplank::export]
pub fn count(text: &str, limit: u32) -> Result<Vec<WordCount>, CountError> {
    let mut times = BTreeMap::new();
    for word in text.split_whitespace() {
        *times.entry(word).or_insert(0) += 1;
    }
    if times.is_empty() {
        return Err(CountError::Empty);
    }
    let mut counts: Vec<_> = times.into_iter().map(|(word, times)| WordCount { word: word.to_owned(), times }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.times));
    counts.truncate(limit as usize);
    Ok(counts)
}
