//! Values that the one language has and the other has not: refused with a text that names the argument, never cut, never undefined.

use gangplank::{ErrorKind, GoError};
use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Without data.
#[gangplank::record]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Colour {
    /// 0
    Red,
    /// 7
    Blue = 7,
}

/// With data.
#[gangplank::record]
#[derive(Clone, Debug)]
pub enum Shape {
    /// A point.
    Point,
    /// A circle.
    Circle {
        /// Its radius.
        radius: f64,
    },
    /// Some of them.
    Group(Vec<Shape>),
}

/// May hold itself.
#[gangplank::record]
#[derive(Clone, Debug)]
pub struct Node {
    /// A name.
    pub name: String,
    /// The next one.
    pub next: Option<Box<Node>>,
    /// More of them.
    pub children: Vec<Node>,
}

/// An error as an argument.
#[gangplank::error]
#[derive(Debug)]
pub enum Fault {
    /// Has data.
    Data(u8),
    /// Has none.
    None,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Takes a character.
#[gangplank::export]
pub fn take_char(c: char) -> Result<u32, String> {
    Ok(c.into())
}

/// Takes a character, without a way to fail.
#[gangplank::export]
pub fn take_char_or_panic(c: char) -> u32 {
    c.into()
}

/// Takes characters.
#[gangplank::export]
pub fn take_chars(chars: Vec<char>) -> Result<String, String> {
    Ok(chars.into_iter().collect())
}

/// Takes a duration.
#[gangplank::export]
pub fn take_duration(duration: Duration) -> Result<u64, String> {
    Ok(duration.as_secs())
}

/// Takes durations.
#[gangplank::export]
pub fn take_durations(durations: Option<Duration>) -> Result<u64, String> {
    Ok(durations.unwrap_or_default().as_secs())
}

/// Takes a time.
#[gangplank::export]
pub fn take_time(time: SystemTime) -> Result<i64, String> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => Ok(after.as_secs() as i64),
        Err(before) => Ok(-(before.duration().as_secs() as i64)),
    }
}

/// Takes an enum.
#[gangplank::export]
pub fn take_colour(colour: Colour) -> Result<i64, String> {
    Ok(colour as i64)
}

/// Takes enums, as keys.
#[gangplank::export]
pub fn take_colours(colours: HashMap<Colour, Colour>) -> Result<u64, String> {
    Ok(colours.len() as u64)
}

/// Takes an enum with data.
#[gangplank::export]
pub fn take_shape(shape: &Shape) -> Result<String, String> {
    Ok(format!("{shape:?}"))
}

/// Takes an enum with data, or none.
#[gangplank::export]
pub fn take_option(shape: Option<Shape>) -> Result<bool, String> {
    Ok(shape.is_some())
}

/// Takes an error.
#[gangplank::export]
pub fn take_fault(fault: Fault) -> Result<String, String> {
    Ok(fault.to_string())
}

/// Takes a record that may hold itself.
#[gangplank::export]
pub fn take_node(node: &Node) -> Result<u64, String> {
    let mut depth = 0;
    let mut at = Some(node);
    while let Some(node) = at {
        depth += 1;
        at = node.next.as_deref().or(node.children.first());
    }
    Ok(depth)
}

/// A chain of that many nodes.
#[gangplank::export]
pub fn make_node(depth: u64) -> Result<Option<Node>, String> {
    Ok((0..depth).fold(None, |next, i| {
        Some(Node { name: i.to_string(), next: next.map(Box::new), children: Vec::new() })
    }))
}

/// A duration that Go has not.
#[gangplank::export]
pub fn make_long_duration(fails: bool) -> Duration {
    Duration::from_secs(if fails { u64::MAX } else { 1 })
}

/// Many of them.
#[gangplank::export]
pub fn make_long_durations() -> Result<Vec<Duration>, String> {
    Ok(vec![Duration::from_secs(1), Duration::MAX])
}

/// Implemented in Go.
#[gangplank::import]
pub trait Wild {
    /// A rune that is no character.
    fn rune(&self) -> Result<char, GoError>;
    /// A duration below zero.
    fn duration(&self) -> Result<Duration, GoError>;
    /// A number that is no variant.
    fn colour(&self) -> Result<Colour, GoError>;
    /// Nil, which is no shape.
    fn shape(&self) -> Result<Shape, GoError>;
    /// A node that holds itself.
    fn node(&self) -> Result<Node, GoError>;
    /// Takes a long duration.
    fn long(&self, duration: Duration) -> Result<(), GoError>;
}

/// What Rust says to each of these.
#[gangplank::export]
pub fn refusals() -> Result<Vec<String>, gangplank::Error> {
    fn said<T: std::fmt::Debug>(answer: Result<T, GoError>) -> String {
        match answer {
            Err(error) if error.kind() == ErrorKind::Rejected => error.to_string(),
            other => format!("not refused: {other:?}"),
        }
    }
    let go = gangplank::imported::<dyn Wild>()?;
    Ok(vec![
        said(go.rune()),
        said(go.duration()),
        said(go.colour()),
        said(go.shape()),
        said(go.node()),
        said(go.long(Duration::MAX)),
    ])
}
