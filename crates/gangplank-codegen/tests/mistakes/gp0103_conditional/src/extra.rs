#[gangplank::export]
pub fn extra() {}

/// Not marked: it may depend on what it likes.
#[cfg(unix)]
pub fn private() {}
