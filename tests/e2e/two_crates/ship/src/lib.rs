//! The other crate. It depends on the first, and both are in the one library only once.

use gangplank::GoError;

/// Where it lies: not the record of that name in the other crate.
#[gangplank::record]
pub struct Berth {
    /// Is it known?
    pub known: bool,
}

/// Whoever steers it is written in Go.
#[gangplank::import]
pub trait Pilot {
    /// The berth to go to.
    fn choose(&self, berths: &[u32]) -> Result<u32, GoError>;
}

/// What this crate is called.
#[gangplank::export]
pub fn name() -> String {
    "ship".to_owned()
}

/// Lets the pilot choose, and asks the harbour crate for the place.
#[gangplank::export]
pub fn moor(berths: &[u32]) -> Result<Berth, gangplank::Error> {
    let chosen = gangplank::imported::<dyn Pilot>()?.choose(berths)?;
    Ok(Berth { known: harbour::get_berth(chosen).is_some() })
}

/// Counts in the other crate.
#[gangplank::export]
pub fn count_in_harbour() -> u64 {
    harbour::count()
}
