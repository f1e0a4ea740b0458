//! An error with a string.

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
}

/// Refuses what is odd.
#[gangplank::export]
#[inline(never)]
pub fn refuse(x: u64) -> Result<u64, Refusal> {
    if x % 2 == 1 { Err(Refusal::Denied { why: "odd numbers are not served!".to_owned() }) } else { Ok(x) }
}
