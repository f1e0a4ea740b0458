//! What was found.

/// A line that matches.
#[gangplank::record]
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The file, relative to the root of the query.
    pub path: String,
    /// The line's number, from 1.
    pub line: u64,
    /// The line, without the blanks around it.
    pub text: String,
}

/// What a search found.
#[gangplank::record]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were searched.
    pub files: u64,
    /// Files with at least one line that matches.
    pub files_matched: u64,
    /// Lines that match.
    pub lines_matched: u64,
    /// Files that hold a zero byte. They count as searched, and their lines do not count.
    pub binary: u64,
    /// Files and folders that could not be read.
    pub unreadable: u64,
    /// The first hits, by path and line.
    pub hits: Vec<Hit>,
}

impl Summary {
    /// Adds what another thread found. Keeps `first` hits.
    pub(crate) fn merge(&mut self, other: Summary, first: usize) {
        self.files += other.files;
        self.files_matched += other.files_matched;
        self.lines_matched += other.lines_matched;
        self.binary += other.binary;
        self.unreadable += other.unreadable;
        self.hits.extend(other.hits);
        self.keep(first);
    }

    /// Keeps the `first` hits by path and line.
    pub(crate) fn keep(&mut self, first: usize) {
        self.hits.sort_unstable();
        self.hits.truncate(first);
    }
}
