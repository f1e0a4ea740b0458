//! Async functions, functions with a context, functions that may block.

use gangplank::Context;
use std::sync::Arc;
use std::time::Duration;

/// Why it failed.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("no host {host}")]
    NoHost { host: String },
}

/// What came back.
#[gangplank::record]
pub struct Page {
    pub body: String,
    pub client: Option<Arc<Client>>,
}

/// Waits for nothing.
#[gangplank::export]
pub async fn nothing() {}

#[gangplank::export]
pub async fn add(a: u64, b: u64) -> u64 {
    a + b
}

#[gangplank::export]
pub async fn upper(text: &str, times: &[u32]) -> String {
    text.repeat(times.len())
}

/// Its parameters have the names of what stands around them.
#[gangplank::export]
pub async fn names(ctx: u32, call: &str, context: bool, err: Option<String>) -> Result<Page, FetchError> {
    let _ = (ctx, call, context, err);
    Err(FetchError::NoHost { host: String::new() })
}

/// Waits, and nothing could wake it.
#[gangplank::export]
pub async fn waits() -> u32 {
    std::future::pending().await
}

#[gangplank::object]
pub struct Client;

#[gangplank::object]
impl Client {
    #[constructor]
    pub async fn new(host: &str) -> Result<Client, FetchError> {
        Err(FetchError::NoHost { host: host.into() })
    }

    pub async fn fetch(&self, path: &str, timeout: Duration) -> Result<Page, FetchError> {
        let _ = (path, timeout);
        Err(FetchError::NoHost { host: String::new() })
    }

    pub async fn finish(self) -> bool {
        true
    }

    #[gangplank::export(blocking)]
    pub fn flush(&self, cx: &Context) -> Result<(), FetchError> {
        let _ = cx;
        Ok(())
    }
}

/// Counts.
#[gangplank::export]
pub fn count(limit: u64, cx: &Context) -> u64 {
    if cx.is_cancelled() { 0 } else { limit }
}

/// Sleeps.
#[gangplank::export(blocking)]
pub fn sleep(time: Duration) {
    std::thread::sleep(time);
}
