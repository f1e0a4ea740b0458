//! The search: a task that reads one file after the other.

use crate::{Row, RowsError};
use std::path::{Path, PathBuf};
use tokio::fs;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::Sender;

/// Tokio reads files on threads of its own, hundreds if hundreds of searches read at once. So many do.
static READS: Semaphore = Semaphore::const_new(4);

/// Sends the rows. Ends early, with `Ok`, when the receiver is gone.
pub async fn search(
    root: PathBuf,
    word: &str,
    rows: &Sender<Result<Row, RowsError>>,
) -> Result<(), RowsError> {
    if word.is_empty() {
        return Err(RowsError::NoWord);
    }
    // What is still to be looked at, the next one last.
    let mut open = vec![root.clone()];
    while let Some(path) = open.pop() {
        // A link may lead anywhere: it is not followed.
        let reading = READS.acquire().await;
        let meta = fs::symlink_metadata(&path).await.map_err(|error| unreadable(&path, &error))?;
        if meta.is_dir() {
            let mut entries = read_dir(&path).await.map_err(|error| unreadable(&path, &error))?;
            drop(reading);
            entries.sort_by(|a, b| b.cmp(a));
            open.extend(entries);
        } else if meta.is_file() {
            let text = fs::read(&path).await.map_err(|error| unreadable(&path, &error))?;
            // Whoever takes the rows may be slow; others read meanwhile.
            drop(reading);
            if !send(&root, &path, &text, word, rows).await {
                return Ok(());
            }
        }
    }
    Ok(())
}

async fn read_dir(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(path).await?;
    let mut paths = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        paths.push(entry.path());
    }
    Ok(paths)
}

/// Sends the rows of one file. False when nobody takes them any more.
async fn send(
    root: &Path,
    path: &Path,
    text: &[u8],
    word: &str,
    rows: &Sender<Result<Row, RowsError>>,
) -> bool {
    // A zero byte: not a text.
    if text.contains(&0) {
        return !rows.is_closed();
    }
    for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let line = String::from_utf8_lossy(line);
        if line.contains(word) {
            let below = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
            let row = Row { path: below, line: at as u32 + 1, text: line.trim().to_owned() };
            if rows.send(Ok(row)).await.is_err() {
                return false;
            }
        }
    }
    !rows.is_closed()
}

fn unreadable(path: &Path, error: &std::io::Error) -> RowsError {
    RowsError::Unreadable { path: path.display().to_string(), why: error.to_string() }
}
