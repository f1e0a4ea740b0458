//! What only the compiler sees of objects.

use std::rc::Rc;
use std::sync::Arc;

/// Go uses an object from many threads.
#[gangplank::object]
pub struct Local {
    shared: Rc<u8>,
}

/// Without `#[gangplank::object]`.
pub struct Unmarked;

#[gangplank::object]
impl Unmarked {
    pub fn get(&self) -> u8 {
        0
    }
}

#[gangplank::record]
pub struct Point {
    x: i32,
}

/// A record is copied, not shared.
#[gangplank::export]
pub fn share(point: Arc<Point>) -> Arc<Point> {
    point
}

fn main() {}
