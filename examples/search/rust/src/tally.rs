//! Counting the lines of one file.

use crate::Hit;
use grep_searcher::{Searcher, Sink, SinkFinish, SinkMatch};

/// What one file holds.
pub(crate) struct Tally<'a> {
    path: &'a str,
    first: usize,
    pub(crate) lines: u64,
    pub(crate) binary: bool,
    pub(crate) hits: Vec<Hit>,
}

impl<'a> Tally<'a> {
    /// Nothing yet. Keeps at most `first` hits.
    pub(crate) fn new(path: &'a str, first: usize) -> Self {
        Tally { path, first, lines: 0, binary: false, hits: Vec::new() }
    }
}

impl Sink for Tally<'_> {
    type Error = std::io::Error;

    fn matched(&mut self, _: &Searcher, found: &SinkMatch<'_>) -> Result<bool, Self::Error> {
        self.lines += 1;
        if self.hits.len() < self.first {
            self.hits.push(Hit {
                path: self.path.to_owned(),
                line: found.line_number().unwrap_or(0),
                text: String::from_utf8_lossy(found.bytes()).trim().to_owned(),
            });
        }
        Ok(true)
    }

    fn finish(&mut self, _: &Searcher, end: &SinkFinish) -> Result<(), Self::Error> {
        self.binary = end.binary_byte_offset().is_some();
        Ok(())
    }
}
