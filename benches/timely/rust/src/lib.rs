//! Word count with operators in Rust on timely, and the design of Wallaroo's Go API: what Go operators on timely are compared with.

mod hash;
mod per_message;
mod word;
mod words;

pub use per_message::{Roles, per_message};
use std::sync::OnceLock;
pub use words::{words, words_owned};

/// The lines that are read, in memory.
static CORPUS: OnceLock<Vec<&'static str>> = OnceLock::new();

/// How many lines are one piece of work.
const CHUNK: usize = 2048;

/// Sets the text whose lines are counted.
#[gangplank::export]
pub fn load(text: String) {
    let text: &'static str = text.leak();
    let _ = CORPUS.set(text.split('\n').collect());
}

fn corpus() -> &'static [&'static str] {
    CORPUS.get().expect("`load` comes first")
}

/// Calls `found` for each word of a line.
fn split<'a>(line: &'a str, mut found: impl FnMut(&'a str)) {
    let is_word = |b: u8| b == b'_' || b >= 0x80 || b.is_ascii_alphanumeric();
    let bytes = line.as_bytes();
    let mut begin = None;
    for (i, &b) in bytes.iter().enumerate() {
        match (is_word(b), begin) {
            (true, None) => begin = Some(i),
            (false, Some(from)) => {
                found(&line[from..i]);
                begin = None;
            }
            _ => {}
        }
    }
    if let Some(from) = begin {
        found(&line[from..]);
    }
}
