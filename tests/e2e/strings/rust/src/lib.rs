//! Text, bytes and numbers in a row, of every size, from Go to Rust and back. Rust does not call Go here, so all buffers lie on
//! the goroutine's stack.

use std::collections::HashMap;

/// A record that holds one of each.
#[gangplank::record]
#[derive(Clone, Default)]
pub struct Parcel {
    /// Text.
    pub text: String,
    /// Bytes.
    pub bytes: Vec<u8>,
    /// Numbers.
    pub numbers: Vec<u32>,
    /// Perhaps text.
    pub note: Option<String>,
}

/// The text in owned memory.
#[gangplank::export]
pub fn text(text: &str) -> String {
    text.to_owned()
}

/// The very same string.
#[gangplank::export]
pub fn owned_text(text: String) -> String {
    text
}

/// The bytes in owned memory.
#[gangplank::export]
pub fn bytes(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

/// The numbers in owned memory.
#[gangplank::export]
pub fn numbers(numbers: &[u32]) -> Vec<u32> {
    numbers.to_vec()
}

/// Borrowed from the argument.
#[gangplank::export]
pub fn trimmed(text: &str) -> &str {
    text.trim()
}

/// The lines.
#[gangplank::export]
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// One text of all.
#[gangplank::export]
pub fn join(parts: &[&str], between: &str) -> String {
    parts.join(between)
}

/// The parcel as it came.
#[gangplank::export]
pub fn forward(parcel: Parcel) -> Parcel {
    parcel
}

/// Its text, of a parcel that is only looked at.
#[gangplank::export]
pub fn address(parcel: &Parcel) -> Option<String> {
    Some(parcel.text.clone()).filter(|text| !text.is_empty())
}

/// How many characters, or what is wrong.
#[gangplank::export]
pub fn count(text: &str) -> Result<u64, String> {
    if text.is_empty() { Err("no text".to_owned()) } else { Ok(text.chars().count() as u64) }
}

/// How many characters the keys have.
#[gangplank::export]
pub fn count_keys(map: HashMap<String, u8>) -> Result<u64, String> {
    Ok(map.keys().map(|key| key.chars().count() as u64).sum())
}

/// That many letters.
#[gangplank::export]
pub fn make(size: u64) -> String {
    "x".repeat(size as usize)
}

/// An error with a text of that many letters.
#[gangplank::export]
pub fn fail(size: u64) -> Result<(), String> {
    Err("e".repeat(size as usize))
}
