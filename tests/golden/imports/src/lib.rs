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

/// Calls every method and says what came back.
#[gangplank::export]
pub fn run_tokenizer(text: &str) -> Result<Vec<String>, TokenError> {
    let go = gangplank::imported::<dyn Tokenizer>()?;
    let mut said = Vec::new();
    said.push(go.tokenize(text)?.into_iter().map(|t| t.text).collect::<Vec<_>>().join("|"));
    said.push(format!("{} {}", go.count(text, text.as_bytes()), go.count("", &[])));
    let ranges = go.ranges(&[Range { start: 1, end: 2 }, Range { start: 3, end: 5 }]);
    said.push(ranges.iter().map(|r| format!("{}-{}", r.start, r.end)).collect::<Vec<_>>().join(" "));
    let leaf = || Tree::Leaf(Token { text: text.to_owned(), kind: Kind::Word });
    let tree = go.parse(&Tree::Branch(vec![leaf(), Tree::Branch(vec![])]), Some(3))?;
    said.push(matches!(tree, Tree::Branch(list) if matches!(&list[..], [Tree::Leaf(_), Tree::Branch(_)])).to_string());
    said.push(go.name());
    said.push(matches!(go.kind(Kind::Number, 'x', 0.5, true), Kind::Number).to_string());
    let (at, copy) = go.position(text.to_owned());
    said.push(format!("{at} {copy}"));
    let (took, when) = go.table(HashMap::from([(text.to_owned(), 7)])).map_err(|e| TokenError::Bad(e.to_string()))?;
    said.push(format!("{took:?} {:?}", when.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()));
    go.reset();
    go.try_reset(false, ())?;
    said.push(format!("{:?}", go.raw(vec![1, 2, 3])));
    said.push(go.letter()?.to_string());
    Ok(said)
}

/// Calls the method that fails.
#[gangplank::export]
pub fn fail_tokenizer() -> Result<(), TokenError> {
    gangplank::imported::<dyn Tokenizer>()?.try_reset(true, ())
}
