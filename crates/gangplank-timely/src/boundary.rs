//! What the engine asks of Go.

use gangplank::GoError;

/// The Go half: `gangplank.dev/go/timely` implements it, and a user never does.
///
/// Its types are plain, so that the Go package needs nothing that is generated. An *instance* is a handle that [`open`](Program::open) made; a *batch* is a handle of a Go slice, 0 for none. A
/// batch comes with its length. `last` gives the batch to Go; without it, it is lent.
///
/// # Errors
/// Each method's error is a failure whose policy is to stop. It names operator, worker and, where there is one, the key.
#[gangplank::import(fast)]
pub trait Program {
    /// Lays out a program of the roles that Go has registered, for a layout in Rust: `steps` are lists of words, as [`Step`](crate::build) writes them.
    fn lay_out(&self, name: &str, steps: Vec<Vec<String>>) -> Result<(), GoError>;

    /// The start: how many workers this process will have, and a function that wakes one of them, for sources that had nothing. Returns the layout as text ([`Layout::parse`](crate::Layout::parse)).
    fn begin(&self, workers: u32, wake: Box<dyn Fn(u32) + Send + Sync>) -> Result<String, GoError>;

    /// Makes the instance of a node on a worker; `slot` counts the workers of this process.
    fn open(&self, node: u32, worker: u32, workers: u32, slot: u32) -> Result<u64, GoError>;

    /// Asks a source for messages: a batch, its length, and 0 for more at once, 1 for nothing now, 2 for the end.
    fn pull(&self, instance: u64) -> Result<(u64, u64, u8), GoError>;

    /// Runs a node on a batch: the batch of its results.
    fn run(&self, instance: u64, batch: u64, last: bool) -> Result<(u64, u64), GoError>;

    /// Takes a batch apart by the partition function: batch and length for each worker.
    fn split(&self, instance: u64, batch: u64, last: bool) -> Result<Vec<u64>, GoError>;

    /// The end of the input of a node: what it still has to say. Called until the batch is 0.
    fn end(&self, instance: u64) -> Result<(u64, u64), GoError>;

    /// Ends an instance: how many messages it skipped, and how many it sent to its dead letters.
    fn close(&self, instance: u64) -> Result<(u64, u64), GoError>;

    /// A batch as bytes, by the codec of its type. It stays.
    fn encode(&self, batch: u64) -> Result<Vec<u8>, GoError>;

    /// Bytes of another process as a batch of what `node` sends.
    fn decode(&self, node: u32, worker: u32, bytes: &[u8]) -> Result<(u64, u64), GoError>;

    /// Ends batches that nobody has any more.
    fn release(&self, batches: &[u64]);
}
