//! Many calls in one crossing.

use gangplank::GoError;

/// A place.
#[gangplank::record]
#[derive(Clone)]
pub struct Place {
    pub name: String,
    pub at: (f64, f64),
}

/// Why a text is no number.
#[gangplank::error]
#[derive(Debug)]
pub enum ParseError {
    Empty,
    NotANumber { text: String },
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ParseError::Empty => f.write_str("an empty text"),
            ParseError::NotANumber { text } => write!(f, "{text:?} is no number"),
        }
    }
}

/// Numbers in, numbers out: slices without a copy, and the result's own memory. Gathered, with what all items share.
#[gangplank::export(batch, batcher)]
pub fn scale(#[shared] by: f64, x: f64) -> f64 {
    x * by
}

/// Two slices, of the same length.
#[gangplank::export(batch)]
pub fn distance(from: &Place, to: Place) -> f64 {
    (from.at.0 - to.at.0).hypot(from.at.1 - to.at.1)
}

/// Each item its own error.
#[gangplank::export(batch)]
pub fn parse(text: &str) -> Result<u64, ParseError> {
    if text.is_empty() {
        return Err(ParseError::Empty);
    }
    text.parse().map_err(|_| ParseError::NotANumber { text: text.to_owned() })
}

/// An error that is no error by itself, and no value. Gathered, with two arguments for each item.
#[gangplank::export(batcher)]
pub fn check(line: &[u8], limits: &[u32]) -> Result<(), String> {
    match limits.iter().any(|limit| line.len() > *limit as usize) {
        true => Err("too long".to_owned()),
        false => Ok(()),
    }
}

/// Nothing to tell.
#[gangplank::export(batch)]
#[go(name = "Note")]
pub fn write_down(text: Option<String>) {
    drop(text);
}

/// Counts words.
#[gangplank::object]
pub struct Counter {
    word: String,
}

#[gangplank::object]
impl Counter {
    #[constructor]
    pub fn new(word: &str) -> Counter {
        Counter { word: word.to_owned() }
    }
}

/// All items share the object.
#[gangplank::export(batch)]
pub fn count(counter: &Counter, text: &str) -> u32 {
    text.matches(&counter.word).count() as u32
}

/// Implemented in Go.
#[gangplank::import]
pub trait Model {
    /// Scores one row.
    #[import(batch)]
    fn score(&self, features: &[f32]) -> Result<f64, GoError>;

    /// Two arguments that differ, and one that does not.
    #[import(batch)]
    fn nearest(&self, #[shared] metric: &str, from: &Place, limit: u32) -> Option<Place>;

    fn name(&self) -> String;
}

/// Every method with arguments.
#[gangplank::import(batch)]
pub trait Sink {
    fn put(&self, text: String);

    fn flush(&self);

    fn split(&self, text: &str) -> Result<(String, String), String>;
}
