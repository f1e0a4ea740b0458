//! Plain old data crosses as its memory.

/// A point in the plane.
#[gangplank::record]
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

/// Points and more.
#[gangplank::record]
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Sample {
    pub at: Point,
    pub channels: [i16; 4],
}

/// No memory is copied as it is here: a record of Rust's own layout.
#[gangplank::record]
pub struct Trace {
    pub name: String,
    pub points: Vec<Point>,
    pub last: [Point; 2],
    pub steps: Vec<[u32; 3]>,
}

#[gangplank::export]
pub fn sum(numbers: &[f64]) -> f64 {
    numbers.iter().sum()
}

#[gangplank::export]
pub fn doubled(numbers: &[i32]) -> Vec<i32> {
    numbers.iter().map(|n| n * 2).collect()
}

#[gangplank::export]
pub fn centre(points: &[Point]) -> Point {
    let n = points.len().max(1) as f64;
    Point { x: points.iter().map(|p| p.x).sum::<f64>() / n, y: points.iter().map(|p| p.y).sum::<f64>() / n }
}

#[gangplank::export]
pub fn resample(samples: Vec<Sample>) -> Vec<Sample> {
    samples
}

#[gangplank::export]
pub fn echo_trace(of: Trace) -> Trace {
    of
}
