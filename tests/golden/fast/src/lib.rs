//! Functions on the fast lane that never call back.

/// A record.
#[gangplank::record]
pub struct Point {
    /// Left or right.
    pub x: f64,
    /// Up or down.
    pub y: f64,
}

/// All numbers.
#[gangplank::export(fast)]
pub fn add(a: u32, b: u32) -> Result<u32, String> {
    a.checked_add(b).ok_or_else(|| format!("{a} + {b} is too much"))
}

/// Nothing at all.
#[gangplank::export(fast)]
pub fn nothing() {}

/// Lent, and lending.
#[gangplank::export(fast)]
pub fn joined(first: &str, times: u8, rest: &[u8]) -> String {
    first.repeat(times.into()) + &String::from_utf8_lossy(rest)
}

/// With a message.
#[gangplank::export(fast)]
pub fn farthest(points: Vec<Point>, frame: Option<bool>) -> Option<Point> {
    let farther = |a: &Point, b: &Point| (a.x * a.x + a.y * a.y).total_cmp(&(b.x * b.x + b.y * b.y));
    points.into_iter().filter(|_| frame != Some(false)).max_by(farther)
}

/// Beside it, on the cgo lane.
#[gangplank::export]
pub fn slow(n: u64) -> u64 {
    n
}
