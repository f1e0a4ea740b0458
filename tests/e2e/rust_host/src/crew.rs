//! Values that stay: ships are Rust's and Go holds them; sailors are Go's and Rust holds them; orders are functions of either.

use gangplank::{GoError, GoRef};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Ships that float.
pub static AFLOAT: AtomicI64 = AtomicI64::new(0);

/// A ship.
#[gangplank::object]
#[derive(Debug)]
pub struct Ship {
    name: String,
    miles: AtomicU64,
}

impl Drop for Ship {
    fn drop(&mut self) {
        AFLOAT.fetch_sub(1, Ordering::SeqCst);
    }
}

#[gangplank::object]
impl Ship {
    /// A new ship.
    #[constructor]
    pub fn new(name: String) -> Ship {
        AFLOAT.fetch_add(1, Ordering::SeqCst);
        Ship { name, miles: AtomicU64::new(0) }
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// Sails on; gives the miles so far.
    pub fn sail(&self, miles: u64) -> u64 {
        self.miles.fetch_add(miles, Ordering::SeqCst) + miles
    }
}

/// Somebody in Go.
#[gangplank::import]
pub trait Sailor {
    /// Who.
    fn name(&self) -> String;
    /// Sails a ship.
    fn sail(&self, ship: Arc<Ship>, miles: u64) -> Result<u64, GoError>;
}

/// The shape of an order.
pub type Order = Arc<dyn Fn(String) -> Result<String, GoError> + Send + Sync>;

/// Implemented in go/crew.
#[gangplank::import]
pub trait Crew {
    /// A sailor with this name, a new one each time.
    fn hire(&self, name: &str) -> Result<GoRef<dyn Sailor>, GoError>;
    /// Whether this is the sailor whom the crew hired last.
    fn knows(&self, sailor: GoRef<dyn Sailor>) -> bool;
    /// A ship that Go made, perhaps.
    fn build(&self, name: &str) -> Option<Arc<Ship>>;
    /// Keeps a ship and an order, in place of those before.
    fn keep(&self, ship: Arc<Ship>, order: Option<Order>);
    /// Gives the order that was kept.
    fn obey(&self, text: String) -> Result<String, GoError>;
    /// The ship that was kept.
    fn kept(&self) -> Option<Arc<Ship>>;
    /// Keeps nothing any longer, and lets the collector see it.
    fn forget(&self);
    /// An order that Go carries out: it fails for an empty text.
    fn order(&self, mark: String) -> Order;
    /// Calls a function once for each number.
    fn count(&self, to: u64, each: Arc<dyn Fn(u64) -> bool + Send + Sync>) -> u64;
    /// How many sailors and orders of Go are still reached by anything.
    fn reached(&self) -> u64;
}
