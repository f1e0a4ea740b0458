// GP0202: the compiler finds it, by a trait that is missing.

pub struct Unmarked {
    pub line: u32,
}

#[gangplank::export]
pub fn take(_hit: Unmarked) {}

fn main() {}
