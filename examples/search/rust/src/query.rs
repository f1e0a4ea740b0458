//! What to look for.

use crate::SearchError;
use grep_regex::{RegexMatcher, RegexMatcherBuilder};

/// What to look for, and where.
#[gangplank::record]
pub struct Query {
    /// The regular expression, in the syntax of Rust's regex crate.
    pub pattern: String,
    /// The folder to search.
    pub root: String,
    /// How many threads search; 0 for one per core.
    pub workers: u32,
    /// How many hits to return. All are counted.
    pub first: u32,
    /// Take \w, \d and \b for ASCII, as Go does.
    pub ascii: bool,
}

impl Query {
    /// The pattern, ready to match line by line.
    pub(crate) fn compile(&self) -> Result<RegexMatcher, SearchError> {
        if self.pattern.is_empty() {
            return Err(SearchError::EmptyPattern);
        }
        regex_syntax::ParserBuilder::new()
            .unicode(!self.ascii)
            .utf8(false)
            .build()
            .parse(&self.pattern)
            .map_err(SearchError::from_syntax)?;
        RegexMatcherBuilder::new()
            .unicode(!self.ascii)
            .line_terminator(Some(b'\n'))
            .build(&self.pattern)
            .map_err(|error| SearchError::BadPattern { at: 0, why: error.to_string() })
    }
}
