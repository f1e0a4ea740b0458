//! The calls that gangplank generates.

/// What Go does.
#[gangplank::import]
pub trait Work {
    /// Nothing.
    fn nop(&self);
    /// One more than `x`.
    fn scalar(&self, x: u64) -> u64;
    /// The same text, as a new string.
    fn text(&self, text: &str) -> String;
    /// The packet with sender and receiver exchanged.
    fn answer(&self, packet: &Packet) -> Packet;
    /// Refuses what is odd.
    fn refuse(&self, x: u64) -> Result<u64, Refusal>;
    /// How many heap objects Go has allocated so far.
    fn mallocs(&self) -> u64;
    /// Bytes on Go's heap after a collection.
    fn live(&self) -> u64;
}

/// Two strings and some bytes.
#[gangplank::record]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packet {
    /// The first string.
    pub from: String,
    /// The second string.
    pub to: String,
    /// The bytes.
    pub payload: Vec<u8>,
}

/// Why a call was refused.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Somebody does not want it.
    #[error("denied: {why}")]
    Denied {
        /// The reason.
        why: String,
    },
    /// Any other error of Go.
    #[error(transparent)]
    Go(#[from] gangplank::GoError),
}
