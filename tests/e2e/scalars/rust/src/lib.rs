//! Numbers, truth, characters and durations: one word each, nothing allocated.

use std::time::Duration;

/// What the sea is like.
#[gangplank::record]
#[derive(Clone, Copy, PartialEq)]
pub enum Sea {
    /// No wind.
    Calm,
    /// Some.
    Rough = 5,
    /// Too much.
    Wild,
}

/// Its numbers take no more than a byte.
#[gangplank::record]
#[repr(u8)]
pub enum Flag {
    /// Lowered.
    Down = 1,
    /// Raised.
    Up = 255,
}

/// Its numbers do not fit in 32 bits.
#[gangplank::record]
#[allow(clippy::enum_clike_unportable_variant)]
pub enum Far {
    /// West.
    West = -9_223_372_036_854_775_808,
    /// East.
    East = 9_223_372_036_854_775_807,
}

/// Sums in the width of their type.
#[gangplank::export]
pub fn add_i8(a: i8, b: i8) -> i8 {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_i16(a: i16, b: i16) -> i16 {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_i32(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_i64(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_isize(a: isize, b: isize) -> isize {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_u8(a: u8, b: u8) -> u8 {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_u16(a: u16, b: u16) -> u16 {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_u32(a: u32, b: u32) -> u32 {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_u64(a: u64, b: u64) -> u64 {
    a.wrapping_add(b)
}

/// See `add_i8`.
#[gangplank::export]
pub fn add_usize(a: usize, b: usize) -> usize {
    a.wrapping_add(b)
}

/// The bits of a float, to see that none of them changes.
#[gangplank::export]
pub fn f32_bits(x: f32) -> u32 {
    x.to_bits()
}

/// The float of these bits.
#[gangplank::export]
pub fn f32_from_bits(bits: u32) -> f32 {
    f32::from_bits(bits)
}

/// See `f32_bits`.
#[gangplank::export]
pub fn f64_bits(x: f64) -> u64 {
    x.to_bits()
}

/// See `f32_from_bits`.
#[gangplank::export]
pub fn f64_from_bits(bits: u64) -> f64 {
    f64::from_bits(bits)
}

/// Is exactly one of them true?
#[gangplank::export]
pub fn differ(a: bool, b: bool) -> bool {
    a != b
}

/// The character after this one, U+0000 after the last.
#[gangplank::export]
pub fn next_char(c: char) -> char {
    (u32::from(c) + 1..=0x10_ffff).find_map(char::from_u32).unwrap_or_default()
}

/// Half of it.
#[gangplank::export]
pub fn half(time: Duration) -> Duration {
    time / 2
}

/// One step worse.
#[gangplank::export]
pub fn worse(sea: Sea) -> Sea {
    if sea == Sea::Calm { Sea::Rough } else { Sea::Wild }
}

/// The other one.
#[gangplank::export]
pub fn turn(flag: Flag) -> Flag {
    match flag {
        Flag::Down => Flag::Up,
        Flag::Up => Flag::Down,
    }
}

/// The other one.
#[gangplank::export]
pub fn across(far: Far) -> Far {
    match far {
        Far::West => Far::East,
        Far::East => Far::West,
    }
}

/// Nothing in, nothing out.
#[gangplank::export]
pub fn nothing(unit: ()) {
    unit
}

/// Eight words, to see that each finds its place.
#[gangplank::export]
#[allow(clippy::too_many_arguments)]
pub fn all(a: bool, b: i8, c: u16, d: char, e: f32, f: f64, g: u64, sea: Sea) -> f64 {
    f64::from(u8::from(a))
        + f64::from(b) * 10.0
        + f64::from(c) * 100.0
        + f64::from(u32::from(d))
        + f64::from(e)
        + f
        + g as f64
        + sea as i64 as f64
}
