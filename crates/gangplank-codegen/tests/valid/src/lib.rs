//! A searcher of files.
//!
//! Two lines.
#![allow(dead_code)]

use gangplank::{self as bridge, export, import as go_side};
use std::collections::{BTreeMap as Sorted, HashMap};
use std::time::{Duration, SystemTime};

mod inline {
    pub mod below;

    #[path = "renamed.rs"]
    pub mod other;
}
mod model;
pub mod tree;

pub use model::{Hit, Hit as Found};
use tree::leaf::Leaf;

/// What a search may return.
type Outcome<T> = std::result::Result<T, model::SearchError>;
type Pairs<A, B = A> = Vec<(A, B)>;
type Bytes = Vec<u8>;
type Text<'a> = &'a str;

/// Searches.
///
///  - indented
#[export]
#[go(name = "Find")]
pub fn search(pattern: &str, mut limit: usize, r#type: Option<&str>) -> Outcome<Vec<Found>> {
    limit += pattern.len() + r#type.map_or(0, str::len);
    Ok(Vec::with_capacity(limit))
}

#[gangplank::export]
pub fn nothing() {}

#[bridge::export]
pub fn borrowed(all: &[Hit], one: &Hit, bytes: &[u8], texts: &[&str], pair: (&str, Option<&[u8]>)) -> &'static str {
    ""
}

#[export]
pub(crate) const fn pairs(of: Pairs<u8>, and: Pairs<char, bool>, bytes: Bytes, text: Text<'_>) -> (i8, f32) {
    (0, 0.0)
}

#[export]
pub fn times(at: SystemTime, length: Duration) -> bridge::Result<()> {
    Ok(())
}

#[export]
pub fn errors(from: gangplank::GoError) -> Result<u32, gangplank::Error> {
    Ok(0)
}

#[export]
pub fn grow(leaf: &Leaf, nested: tree::leaf::Leaf, same: crate::tree::leaf::Leaf) -> Option<Box<self::tree::Node>> {
    None
}

/// Go's part.
#[go_side]
pub trait Tokenizer: Send + Sync + 'static {
    /// Cuts a text.
    fn tokenize(&self, #[borrow] text: &str) -> Result<Vec<String>, gangplank::GoError>;
    #[go(name = "Len")]
    fn count(&self, hits: &[Hit]) -> u64;
}

#[export]
pub fn maps(a: HashMap<String, Hit>, b: Sorted<[u8; 4], HashMap<u32, ()>>) {}

mod objects {
    use super::*;
    use gangplank::{GoRef, object};
    use std::sync::Arc;

    #[object]
    impl super::Index {
        const LIMIT: usize = 3;

        #[constructor]
        pub fn new() -> Self {
            Index { hits: Vec::new() }
        }

        #[constructor]
        pub fn open(path: &str) -> Outcome<Arc<Self>> {
            Ok(Arc::new(Self::new()))
        }

        pub fn add(&mut self, hit: Hit) {}

        pub fn merge(&self, other: &Index, more: Vec<Arc<Self>>) -> Result<Option<Self>, gangplank::Error> {
            Ok(None)
        }

        pub fn each(&self, visit: &dyn Fn(Hit) -> bool, last: &mut dyn FnMut(&str)) {}

        pub fn watch(&self, changed: Changed) -> Option<Box<dyn FnOnce() + Send>> {
            None
        }

        pub fn score(
            &self,
            by: Arc<dyn Scorer>,
            cut: &dyn Tokenizer,
            kept: Box<dyn Tokenizer>,
        ) -> GoRef<dyn Tokenizer> {
            todo!()
        }

        pub fn shared(self: Arc<Self>) -> Box<dyn Scorer + Send> {
            todo!()
        }

        #[go(name = "Finish")]
        pub fn close(self) -> u64 {
            0
        }

        pub fn count() -> usize {
            0
        }

        #[go(skip)]
        pub fn generic<T>(&self, with: impl Fn(T)) {}

        fn private(&self, address: *const u8) {}
    }

    type Changed = Box<dyn Fn(Hit, u32) -> Result<(), gangplank::GoError> + Send + Sync>;

    #[object]
    pub struct Sealed;
}

/// An index of files.
#[gangplank::object]
#[derive(Debug)]
pub struct Index {
    hits: Vec<Hit>,
}

impl Index {
    fn beside(&self) {}
}

/// Says how good a hit is.
#[bridge::object]
pub trait Scorer: Send + Sync + 'static {
    fn score(&self, hit: &Hit) -> f64;

    fn name(&self) -> String {
        String::new()
    }

    #[go(skip)]
    fn boxed(self: Box<Self>);
}

macro_rules! exported {
    () => {
        #[gangplank::export]
        fn by_macro(x: i128) {}
    };
}

#[cfg(test)]
mod tests {
    #[gangplank::export]
    fn in_tests(x: i128) {}
}
