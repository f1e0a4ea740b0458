//! The fast lane without callbacks: frames on the goroutine's stack.

use std::collections::BTreeMap;
use std::time::Duration;

/// A record.
#[gangplank::record]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cargo {
    /// What it is.
    pub name: String,
    /// What it weighs.
    pub weight: f64,
    /// What is in it.
    pub parts: Vec<Cargo>,
}

/// Why not.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Too much.
    #[error("{cargo} weighs {weight}")]
    TooHeavy {
        /// What.
        cargo: String,
        /// How much.
        weight: f64,
    },
    /// Nothing.
    #[error("there is nothing")]
    Nothing,
}

/// One word each.
#[gangplank::export(fast)]
pub fn scalars(a: i8, b: bool, c: char, d: f32, e: u64, f: Duration) -> f64 {
    f64::from(a) + f64::from(u8::from(b)) + f64::from(c as u32) + f64::from(d) + e as f64 + f.as_secs_f64()
}

/// Nothing in, nothing out.
#[gangplank::export(fast)]
pub fn nothing() {}

/// A word, or an error.
#[gangplank::export(fast)]
pub fn add(a: u32, b: u32) -> Result<u32, String> {
    a.checked_add(b).ok_or_else(|| format!("{a} + {b} is too much"))
}

/// Panics when it is asked to.
#[gangplank::export(fast)]
pub fn divide(a: i64, b: i64) -> i64 {
    a / b
}

/// The same, also in batches: numbers in, numbers out.
#[gangplank::export(fast, batch)]
pub fn quotient(a: i64, b: i64) -> i64 {
    a / b
}

/// Messages in, messages out, or an error.
#[gangplank::export(fast, batch)]
pub fn grow(#[shared] by: f64, cargo: &Cargo, name: &str) -> Result<Cargo, Refusal> {
    match name {
        "" => Err(Refusal::Nothing),
        "heavy" => Err(Refusal::TooHeavy { cargo: cargo.name.clone(), weight: cargo.weight }),
        name => Ok(Cargo { name: name.to_owned(), weight: cargo.weight * by, parts: vec![cargo.clone()] }),
    }
}

/// Text of any size, around every limit.
#[gangplank::export(fast)]
pub fn repeat(text: &str, times: usize) -> String {
    text.repeat(times)
}

/// Bytes.
#[gangplank::export(fast)]
pub fn reversed(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().rev().copied().collect()
}

/// Numbers.
#[gangplank::export(fast)]
pub fn sums(numbers: &[i64], more: &[u16]) -> Vec<i64> {
    numbers.iter().zip(more).map(|(a, &b)| a + i64::from(b)).collect()
}

/// A message in and a message out.
#[gangplank::export(fast)]
pub fn load(cargo: Cargo, limit: Option<f64>, names: BTreeMap<String, u32>) -> Result<Cargo, Refusal> {
    fn weigh(cargo: &Cargo) -> f64 {
        cargo.weight + cargo.parts.iter().map(weigh).sum::<f64>()
    }
    if cargo == Cargo::default() {
        return Err(Refusal::Nothing);
    }
    let weight = weigh(&cargo);
    match limit {
        Some(limit) if weight > limit => Err(Refusal::TooHeavy { cargo: cargo.name, weight }),
        _ => Ok(Cargo { name: format!("{} {names:?}", cargo.name), weight, parts: vec![cargo] }),
    }
}
