//! Traits that Go implements.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

#[gangplank::record]
pub struct Token {
    pub text: String,
    pub kind: Kind,
}

#[gangplank::record]
pub enum Kind {
    Word,
    Number,
}

#[gangplank::record]
pub enum Tree {
    Leaf(Token),
    Branch(Vec<Tree>),
}

#[gangplank::record]
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Range {
    pub start: u32,
    pub end: u32,
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error("bad token {0}")]
    Bad(String),
    #[error("end of input")]
    End,
    #[error(transparent)]
    Go(#[from] gangplank::GoError),
}

/// Splits text.
#[gangplank::import]
pub trait Tokenizer {
    /// All tokens.
    fn tokenize(&self, text: &str) -> Result<Vec<Token>, TokenError>;
    /// Sees the text where it is.
    fn count(&self, #[borrow] text: &str, #[borrow] raw: &[u8]) -> usize;
    fn ranges(&self, ranges: &[Range]) -> Vec<Range>;
    fn parse(&self, tree: &Tree, depth: Option<u32>) -> Result<Tree, gangplank::GoError>;
    fn name(&self) -> String;
    fn kind(&self, kind: Kind, letter: char, ratio: f32, flag: bool) -> Kind;
    fn position(&self, of: String) -> (u32, String);
    fn table(&self, of: HashMap<String, u64>) -> Result<(Duration, SystemTime), gangplank::Error>;
    fn reset(&self);
    fn try_reset(&self, hard: bool, unit: ()) -> Result<(), TokenError>;
    fn raw(&self, data: Vec<u8>) -> Vec<u8>;
    fn letter(&self) -> Result<char, gangplank::GoError>;
}

#[gangplank::export]
pub fn run_tokenizer(text: &str) -> Result<u32, TokenError> {
    let _ = text;
    Ok(0)
}
