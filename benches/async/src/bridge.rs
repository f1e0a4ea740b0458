//! The calls that gangplank generates.

/// What Go does.
#[gangplank::import]
pub trait Work {
    /// One more than `x`, on a goroutine.
    async fn add(&self, x: u64) -> u64;
    /// One more than `x`, at once.
    #[import(nonblocking)]
    async fn add_at_once(&self, x: u64) -> u64;
    /// The same text, as a new string.
    async fn text(&self, text: &str) -> String;
    /// One more than `x`, while Rust waits.
    fn plain(&self, x: u64) -> u64;
    /// How many heap objects Go has allocated so far.
    fn mallocs(&self) -> u64;
}
