//! Finds the lines of a tree of files that have a word in them, and hands them out as they are found.

mod search;

use futures_core::Stream;
use std::path::PathBuf;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// A line that has the word.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The file's path below the root, with `/`.
    pub path: String,
    /// Its number, from 1.
    pub line: u32,
    /// The line, without the blanks around it.
    pub text: String,
}

/// Why there are no more rows.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    /// The folder cannot be read.
    #[error("cannot read {path}: {why}")]
    Unreadable {
        /// Which one.
        path: String,
        /// What the system says.
        why: String,
    },
    /// Every line would match.
    #[error("no word to look for")]
    NoWord,
}

/// How many rows wait for a reader that is slower than the search.
const AHEAD: usize = 256;

/// The lines below `root` that have `word`, file by file, in the order of their paths. The search goes on only as fast as rows are taken, and
/// ends when the stream is dropped.
#[gangplank::export]
pub fn rows(root: String, word: String) -> impl Stream<Item = Result<Row, RowsError>> + Send {
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        if let Err(error) = search::search(PathBuf::from(root), &word, &sender).await {
            // Nobody is there to be told if the stream is gone.
            let _ = sender.send(Err(error)).await;
        }
    });
    ReceiverStream::new(receiver)
}
