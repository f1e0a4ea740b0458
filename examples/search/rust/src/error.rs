//! What can go wrong.

/// Why a search could not be made.
#[gangplank::error]
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// The pattern is no regular expression.
    #[error("bad pattern at byte {at}: {why}")]
    BadPattern {
        /// The byte of the pattern at which it stops making sense.
        at: u32,
        /// What is wrong there.
        why: String,
    },
    /// The root is no folder that can be read.
    #[error("cannot search {path}: {why}")]
    BadRoot {
        /// The root of the query.
        path: String,
        /// What the system says.
        why: String,
    },
    /// An empty pattern would match every line.
    #[error("the pattern is empty")]
    EmptyPattern,
}

impl SearchError {
    /// The mistake in a pattern, with its place.
    pub(crate) fn from_syntax(error: regex_syntax::Error) -> SearchError {
        let (at, why) = match &error {
            regex_syntax::Error::Parse(error) => (error.span().start.offset, error.kind().to_string()),
            regex_syntax::Error::Translate(error) => (error.span().start.offset, error.kind().to_string()),
            other => (0, other.to_string()),
        };
        SearchError::BadPattern { at: u32::try_from(at).unwrap_or(u32::MAX), why }
    }
}
