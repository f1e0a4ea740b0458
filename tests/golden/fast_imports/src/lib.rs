//! Functions on the fast lane that call back.

/// Implemented in Go, callable on the fast lane.
#[gangplank::import(fast)]
pub trait Filter {
    /// Keeps a number?
    fn keep(&self, n: u64) -> bool;
    /// Names a number.
    fn name(&self, n: u64, #[borrow] hint: &str) -> Result<String, gangplank::GoError>;
}

/// Implemented in Go, called through cgo.
#[gangplank::import]
pub trait Log {
    /// Writes a line.
    fn line(&self, text: &str);
}

/// Calls back for every number.
#[gangplank::export(fast)]
pub fn kept(most: u64) -> u64 {
    let Ok(filter) = gangplank::imported::<dyn Filter>() else { return 0 };
    (0..most).filter(|&n| filter.keep(n)).count() as u64
}

/// Strings in both directions.
#[gangplank::export(fast)]
pub fn names(hint: &str, numbers: Vec<Option<u64>>) -> Result<Vec<String>, gangplank::Error> {
    let filter = gangplank::imported::<dyn Filter>()?;
    Ok(numbers.into_iter().flatten().map(|n| filter.name(n, hint)).collect::<Result<_, _>>()?)
}

/// Runs long, and gives way.
#[gangplank::export(fast, checkpoints)]
pub fn long(rounds: u64) -> u64 {
    use gangplank::CheckpointExt;
    (0..rounds).checkpointed().fold(0, |sum, n| sum ^ n)
}
