//! Go calls Rust, which calls Go, which calls Rust, ten levels deep and more, with values of every kind on every level.

use gangplank::GoError;
use std::collections::BTreeMap;

/// What travels.
#[gangplank::record]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// How deep it was.
    pub depth: u32,
    /// A line of each level, on the way down.
    pub lines: Vec<String>,
    /// Bytes, more on each level.
    pub bytes: Vec<u8>,
    /// Numbers by name.
    pub numbers: BTreeMap<String, f64>,
    /// The log of the level before.
    pub before: Option<Box<Log>>,
}

/// Implemented in Go.
#[gangplank::import]
pub trait Level {
    /// Goes deeper with a record.
    fn log(&self, left: u32, log: &Log) -> Result<Log, GoError>;
    /// Goes deeper with text, lent and owned.
    fn text(&self, left: u32, #[borrow] text: &str) -> String;
    /// Goes deeper with a number.
    fn number(&self, left: u32, n: i64) -> i64;
}

fn level() -> gangplank::Imported<dyn Level> {
    gangplank::imported::<dyn Level>().expect("the test registers one")
}

/// Writes into the log and goes deeper. On the way up everything is as it was.
#[gangplank::export]
pub fn log_down(left: u32, log: Log) -> Result<Log, gangplank::Error> {
    let mut next = Log { depth: log.depth + 1, before: Some(Box::new(log.clone())), ..log.clone() };
    next.lines.push(format!("Rust at {}", next.depth));
    next.bytes.extend(vec![next.depth as u8; 100]);
    next.numbers.insert(format!("rust {}", next.depth), f64::from(next.depth) / 2.0);
    if left == 0 {
        return Ok(next);
    }
    let sent = next.clone();
    let back = level().log(left, &next)?;
    if next != sent {
        return Err(gangplank::Error::new("the record changed while Go had it"));
    }
    Ok(back)
}

/// Doubles the text on each level.
#[gangplank::export]
pub fn text(left: u32, text: &str) -> String {
    let before = text.to_owned();
    let longer = format!("{text}r{text}");
    let back = if left == 0 { longer } else { level().text(left, &longer) };
    assert_eq!(before, text, "the lent text changed");
    back
}

/// Adds on each level.
#[gangplank::export]
pub fn number(left: u32, n: i64) -> i64 {
    if left == 0 { n } else { level().number(left, n * 3) + 1 }
}
