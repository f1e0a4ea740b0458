//! Searching a tree with several threads.

use crate::tally::Tally;
use crate::{Query, SearchError, Summary};
use grep_regex::RegexMatcher;
use grep_searcher::{BinaryDetection, Searcher, SearcherBuilder};
use ignore::{DirEntry, WalkBuilder, WalkState};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Searches every file beneath the query's root, except hidden ones, and says how many lines match and which are the first.
///
/// # Errors
///
/// A pattern that is empty or no regular expression, and a root that is no folder.
#[gangplank::export]
pub fn search(query: &Query) -> Result<Summary, SearchError> {
    let matcher = query.compile()?;
    std::fs::read_dir(&query.root)
        .map_err(|error| SearchError::BadRoot { path: query.root.clone(), why: error.to_string() })?;

    let total = Mutex::new(Summary::default());
    let walk = WalkBuilder::new(&query.root)
        .standard_filters(false)
        .hidden(true)
        .threads(query.workers as usize)
        .build_parallel();
    walk.run(|| {
        let mut worker = Worker::new(query, matcher.clone(), &total);
        Box::new(move |entry| {
            match entry {
                Ok(entry) => worker.visit(&entry),
                Err(_) => worker.found.unreadable += 1,
            }
            WalkState::Continue
        })
    });
    Ok(total.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// One thread of the search. Adds what it found to the total when it is dropped.
struct Worker<'a> {
    root: &'a Path,
    first: usize,
    matcher: RegexMatcher,
    searcher: Searcher,
    found: Summary,
    total: &'a Mutex<Summary>,
}

impl<'a> Worker<'a> {
    fn new(query: &'a Query, matcher: RegexMatcher, total: &'a Mutex<Summary>) -> Self {
        let searcher = SearcherBuilder::new()
            .line_number(true)
            .bom_sniffing(false)
            .binary_detection(BinaryDetection::quit(0))
            .build();
        let root = Path::new(&query.root);
        Worker { root, first: query.first as usize, matcher, searcher, found: Summary::default(), total }
    }

    fn visit(&mut self, entry: &DirEntry) {
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            return;
        }
        let path = entry.path().strip_prefix(self.root).unwrap_or(entry.path()).to_string_lossy();
        let mut tally = Tally::new(&path, self.first);
        self.found.files += 1;
        if self.searcher.search_path(&self.matcher, entry.path(), &mut tally).is_err() {
            self.found.unreadable += 1;
        } else if tally.binary {
            self.found.binary += 1;
        } else if tally.lines > 0 {
            self.found.files_matched += 1;
            self.found.lines_matched += tally.lines;
            self.found.hits.append(&mut tally.hits);
            if self.found.hits.len() > 64 + 8 * self.first {
                self.found.keep(self.first);
            }
        }
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        let found = std::mem::take(&mut self.found);
        self.total.lock().unwrap_or_else(PoisonError::into_inner).merge(found, self.first);
    }
}
