//! Traits whose methods Rust awaits.

use gangplank::GoError;

#[gangplank::record]
pub struct Page {
    pub url: String,
    pub words: Vec<String>,
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("no page at {url}")]
    NotFound { url: String },
    #[error(transparent)]
    Go(#[from] GoError),
}

/// Fetches.
#[gangplank::import]
pub trait Fetcher {
    /// A page.
    async fn fetch(&self, url: &str, ctx: Option<u32>) -> Result<Page, FetchError>;
    /// Bytes.
    async fn raw(&self, data: &[u8], visit: Box<dyn Fn(u64) -> u64 + Send + Sync>) -> Vec<u8>;
    async fn nothing(&self);
    /// From memory.
    #[import(nonblocking)]
    async fn cached(&self, url: &str) -> Option<Page>;
    fn blocking(&self, url: &str) -> u64;
}
