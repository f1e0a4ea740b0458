// GP0111

#[gangplank::record]
pub enum Never {}

// GP0113

#[gangplank::record]
pub enum Flags {
    A = 1 << 0,
    B = 1 << 1,
}

fn main() {}
