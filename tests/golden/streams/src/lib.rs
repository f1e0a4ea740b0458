//! Streams, in both directions.

use gangplank::{GoError, GoStream};
use std::pin::Pin;
use std::task::{Context, Poll};

#[gangplank::record]
pub struct Row {
    pub id: u64,
    pub name: String,
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    #[error("closed")]
    Closed,
    #[error(transparent)]
    Go(#[from] GoError),
}

/// Gives numbers that are there.
pub struct Numbers(std::ops::Range<u64>);

impl gangplank::stream::Stream for Numbers {
    type Item = u64;
    fn poll_next(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<u64>> {
        Poll::Ready(self.0.next())
    }
}

/// Gives rows from Go.
pub struct Rows(GoStream<Result<Row, QueryError>>);

impl gangplank::stream::Stream for Rows {
    type Item = Result<Row, QueryError>;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_item(cx)
    }
}

use gangplank::stream::Stream;

/// The numbers below a limit.
#[gangplank::export]
pub fn numbers(limit: u64) -> impl Stream<Item = u64> + Send {
    Numbers(0..limit)
}

/// What Go gives, given back.
#[gangplank::export]
pub fn pass(rows: GoStream<Result<Row, QueryError>>) -> Result<impl Stream<Item = Result<Row, QueryError>> + Send, QueryError> {
    Ok(Rows(rows))
}

#[gangplank::export]
pub fn boxed(query: &str) -> Pin<Box<dyn Stream<Item = u64> + Send>> {
    Box::pin(Numbers(0..query.len() as u64))
}

/// Waits for the query, and then for its rows.
#[gangplank::export]
pub async fn query(rows: GoStream<Result<Row, QueryError>>) -> Result<impl Stream<Item = Result<Row, QueryError>> + Send, QueryError> {
    Ok(Rows(rows))
}

/// Is in Go.
#[gangplank::import]
pub trait Source {
    fn rows(&self, query: &str) -> Result<GoStream<Result<Row, GoError>>, GoError>;
    fn ticks(&self) -> GoStream<u32>;
}
