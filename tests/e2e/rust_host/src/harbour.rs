//! What Go may call.

use std::sync::atomic::{AtomicU64, Ordering};

/// A place for a ship.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Berth {
    /// Its number.
    pub number: u32,
    /// Who lies there.
    pub ship: Option<String>,
}

/// Why there is none.
#[gangplank::error]
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum HarbourError {
    /// The ship does not float.
    #[error("the ship {0} does not float")]
    Sunk(String),
    /// No room.
    #[error("no berth is free")]
    Full,
}

static CALLS: AtomicU64 = AtomicU64::new(0);

/// Finds a berth.
#[gangplank::export]
pub fn find_berth(ship: &str) -> Result<Berth, HarbourError> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    match ship {
        "Titanic" => Err(HarbourError::Sunk(ship.to_owned())),
        "" => Err(HarbourError::Full),
        _ => Ok(Berth { number: ship.len() as u32, ship: Some(ship.to_owned()) }),
    }
}

/// How often Go called.
#[gangplank::export]
pub fn calls() -> u64 {
    CALLS.load(Ordering::Relaxed)
}

/// Panics.
#[gangplank::export]
pub fn sink() {
    panic!("the harbour sank");
}

/// Goes down one level, which calls Go, which calls this again.
#[gangplank::export]
pub fn down(levels: u32) -> Result<u32, gangplank::Error> {
    if levels == 0 {
        return Ok(0);
    }
    Ok(gangplank::imported::<dyn crate::Pilot>()?.down(levels)? + 1)
}
