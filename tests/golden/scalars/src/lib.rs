//! Every scalar, there and back.

/// Both.
#[gangplank::export]
pub fn both(a: bool, b: bool) -> bool {
    a && b
}

/// The next letter.
#[gangplank::export]
pub fn next_letter(letter: char) -> char {
    char::from_u32(letter as u32 + 1).unwrap_or('a')
}

#[gangplank::export]
pub fn narrow(a: i8, b: i16, c: i32) -> i64 {
    i64::from(a) + i64::from(b) + i64::from(c)
}

#[gangplank::export]
pub fn wide(a: u8, b: u16, c: u32) -> u64 {
    u64::from(a) + u64::from(b) + u64::from(c)
}

#[gangplank::export]
pub fn signed_size(n: isize) -> isize {
    n
}

#[gangplank::export]
pub fn unsigned_size(n: usize) -> usize {
    n
}

#[gangplank::export]
pub fn half(x: f32) -> f32 {
    x / 2.0
}

#[gangplank::export]
pub fn hypotenuse(a: f64, b: f64) -> f64 {
    a.hypot(b)
}

#[gangplank::export]
pub fn divide(a: i32, b: i32) -> Result<i32, String> {
    a.checked_div(b).ok_or_else(|| "division by zero".to_owned())
}
