//! The service: each page is one fetch with Go's client and one of Go's templates.

use crate::web::{Folder, Web};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;

/// What the handlers know.
struct Service {
    web: gangplank::Imported<dyn Web>,
    /// Where the data is: `http://127.0.0.1:1234`.
    upstream: String,
}

/// Answers `/` and `/some/folder` with pages.
pub fn router(web: gangplank::Imported<dyn Web>, upstream: String) -> Router {
    Router::new()
        .route("/", get(|State(service): State<Arc<Service>>| async move { service.page("").await }))
        .route(
            "/{*path}",
            get(|State(service): State<Arc<Service>>, Path(path): Path<String>| async move {
                service.page(&path).await
            }),
        )
        .with_state(Arc::new(Service { web, upstream }))
}

impl Service {
    async fn page(&self, path: &str) -> Result<Html<String>, Failure> {
        let body = self.web.fetch(format!("{}/{path}", self.upstream)).await?;
        let folder: Folder = serde_json::from_slice(&body).map_err(Failure::unexpected)?;
        Ok(Html(self.web.render(folder).await?))
    }
}

/// What a browser is told.
struct Failure(String);

impl Failure {
    fn unexpected(error: serde_json::Error) -> Failure {
        Failure(format!("the upstream server answered with something else: {error}"))
    }
}

/// Go's error keeps its text on the way.
impl From<gangplank::GoError> for Failure {
    fn from(error: gangplank::GoError) -> Failure {
        Failure(error.to_string())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::BAD_GATEWAY, self.0).into_response()
    }
}
