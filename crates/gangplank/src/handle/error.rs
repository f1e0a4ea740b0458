use std::fmt;

/// What is wrong with a handle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The handle is zero, which is never a value's.
    Zero,
    /// The handle's value was deleted or taken.
    Stale,
    /// The handle belongs to another table.
    Foreign,
    /// The table has not issued such a handle.
    Forged,
    /// The handle is valid, but its value cannot be taken, because it is being read. It stays where it is.
    InUse,
}

impl Error {
    /// There is no value under the handle, for whatever reason. Trying again will not help.
    pub fn is_invalid(&self) -> bool {
        !self.is_in_use()
    }

    /// The handle is zero.
    pub fn is_zero(&self) -> bool {
        *self == Error::Zero
    }

    /// The value was deleted or taken.
    pub fn is_stale(&self) -> bool {
        *self == Error::Stale
    }

    /// The handle belongs to another table.
    pub fn is_foreign(&self) -> bool {
        *self == Error::Foreign
    }

    /// The handle was never issued.
    pub fn is_forged(&self) -> bool {
        *self == Error::Forged
    }

    /// The value is being read.
    pub fn is_in_use(&self) -> bool {
        *self == Error::InUse
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Error::Zero => "gangplank: the handle is zero: it was never set",
            Error::Stale => "gangplank: the handle is stale: its value was deleted",
            Error::Foreign => "gangplank: the handle belongs to another table",
            Error::Forged => "gangplank: the handle was never issued: it is damaged or made up",
            Error::InUse => {
                "gangplank: the handle's value is in use: take it when nobody reads it, or delete it"
            }
        })
    }
}

impl std::error::Error for Error {}
