//! Clause 3.

/// How a call ended: word 0 of its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Status {
    /// The result words hold the value.
    Ok = 0,
    /// They hold the function's own error.
    Error = 1,
    /// The callee panicked.
    Panic = 2,
    /// An argument or the result could not be carried.
    Rejected = 3,
    /// `runtime.Goexit` ended the Go function.
    Goexit = 4,
    /// Nothing is there to call.
    Unavailable = 5,
    /// A Go `error` that is not of the function's own error type.
    Foreign = 6,
    /// Of an async function: the call is not settled yet (clause 10.3).
    Pending = 7,
    /// Of an async function: the caller gave up (clause 10.6).
    Cancelled = 8,
}

impl Status {
    /// The status with this number.
    pub fn from_word(word: u64) -> Option<Status> {
        Some(match word {
            0 => Status::Ok,
            1 => Status::Error,
            2 => Status::Panic,
            3 => Status::Rejected,
            4 => Status::Goexit,
            5 => Status::Unavailable,
            6 => Status::Foreign,
            7 => Status::Pending,
            8 => Status::Cancelled,
            _ => return None,
        })
    }
}

/// A call whose result comes later.
pub(crate) const PENDING: u64 = Status::Pending as u64;
/// A call of an async method that was not taken over (clause 11.4). No call ends so.
pub(crate) const BUSY: u64 = 9;
