//! The server that has the data: it describes the folders of a tree as JSON.

use crate::web::{Entry, Folder};
use axum::extract::{Path as Segments, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Answers `/` and `/some/folder`.
pub fn router(root: PathBuf) -> Router {
    Router::new()
        .route("/", get(|State(root): State<Arc<PathBuf>>| async move { describe(&root, "") }))
        .route(
            "/{*path}",
            get(|State(root): State<Arc<PathBuf>>, Segments(path): Segments<String>| async move {
                describe(&root, &path)
            }),
        )
        .with_state(Arc::new(root))
}

fn describe(root: &Path, path: &str) -> Result<Json<Folder>, StatusCode> {
    read(root, path).map(Json).ok_or(StatusCode::NOT_FOUND)
}

/// The folder at a path below the root. None if it is not there, or not below the root.
pub fn read(root: &Path, path: &str) -> Option<Folder> {
    let below = Path::new(path);
    if !below.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let mut entries: Vec<Entry> = std::fs::read_dir(root.join(below))
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            let name = entry.file_name().into_string().ok()?;
            Some(Entry { name, folder: meta.is_dir(), size: if meta.is_dir() { 0 } else { meta.len() } })
        })
        .collect();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Some(Folder { path: path.to_owned(), entries })
}
