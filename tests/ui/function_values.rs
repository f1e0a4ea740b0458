//! What only the compiler sees of function values and implementations.

use gangplank::GoRef;

pub struct Unmarked;

/// Its argument cannot cross.
#[gangplank::export]
pub fn each(visit: &dyn Fn(Unmarked)) {
    visit(Unmarked);
}

/// No error of Go's fits into `u8`.
#[gangplank::export]
pub fn number(of: Box<dyn Fn() -> Result<u64, u8>>) -> u64 {
    of().unwrap_or(0)
}

#[gangplank::object]
pub trait Mine {
    fn get(&self) -> u8;
}

/// An object's trait is Rust's.
#[gangplank::export]
pub fn keep(mine: GoRef<dyn Mine>) {
    mine.get();
}

fn main() {}
