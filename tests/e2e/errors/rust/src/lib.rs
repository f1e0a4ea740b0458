//! Errors with types, in both directions.

use gangplank::{ErrorKind, GoError};
use std::collections::BTreeMap;
use std::error::Error;

/// Why a harbour says no.
#[gangplank::error]
#[derive(Debug, Clone, thiserror::Error)]
pub enum HarbourError {
    /// No room.
    #[error("no berth is free")]
    Full,
    /// Too large.
    #[error("{name} is {by} m too long")]
    TooLong {
        /// The ship.
        name: String,
        /// By how much.
        by: f64,
    },
    /// Whatever Go had to say.
    #[error("the pilot refused: {0}")]
    Pilot(#[from] GoError),
    /// Nobody knows.
    #[error("closed since {}", self.year())]
    Closed,
}

impl HarbourError {
    fn year(&self) -> u32 {
        1999
    }
}

/// A storm, as an error of its own.
#[gangplank::error]
#[derive(Debug, Clone, thiserror::Error)]
#[error("storm of force {force}")]
pub struct Storm {
    /// From 0 to 12.
    pub force: u8,
    /// Where, if that is known.
    pub place: Option<String>,
}

/// A record that is no error by itself.
#[gangplank::record]
pub struct Refusal {
    /// A number for the form.
    pub code: u16,
    /// Reasons.
    pub reasons: Vec<String>,
}

/// What to answer.
#[gangplank::record]
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// A value.
    Fine,
    /// `HarbourError::Full`
    Full,
    /// `HarbourError::TooLong`
    TooLong,
    /// `HarbourError::Closed`
    Closed,
    /// An error wrapped with `%w`.
    Wrapped,
    /// `errors.Join` of several.
    Joined,
    /// Only known to Go.
    Plain,
    /// A nil pointer of an error type, which is not nil as an `error`.
    TypedNil,
}

/// Fails with a variant of an enum.
#[gangplank::export]
pub fn enter(answer: Answer) -> Result<u32, HarbourError> {
    match answer {
        Answer::Fine => Ok(7),
        Answer::Full => Err(HarbourError::Full),
        Answer::TooLong => Err(HarbourError::TooLong { name: "Seute Deern".into(), by: 2.5 }),
        Answer::Closed => Err(HarbourError::Closed),
        _ => Err(HarbourError::Pilot(GoError::new("made in Rust"))),
    }
}

/// Fails with a struct.
#[gangplank::export]
pub fn sail(force: u8) -> Result<(), Storm> {
    if force < 9 { Ok(()) } else { Err(Storm { force, place: (force > 10).then(|| "Biscay".into()) }) }
}

/// Fails with a record.
#[gangplank::export]
pub fn apply(code: u16) -> Result<String, Refusal> {
    if code == 0 {
        Ok("granted".into())
    } else {
        Err(Refusal { code, reasons: vec!["late".into(), String::new()] })
    }
}

/// Fails with a string.
#[gangplank::export]
pub fn say(text: &str) -> Result<(), String> {
    Err(text.to_owned())
}

/// Fails with a number.
#[gangplank::export]
pub fn number(n: i64) -> Result<(), i64> {
    Err(n)
}

/// Fails with nothing.
#[gangplank::export]
#[allow(clippy::result_unit_err)]
pub fn nothing() -> Result<u8, ()> {
    Err(())
}

/// Fails with a chain of Rust errors.
#[gangplank::export]
pub fn parse(text: &str) -> Result<u16, gangplank::Error> {
    #[derive(Debug, thiserror::Error)]
    #[error("{0:?} is no port")]
    struct NoPort(String, #[source] std::num::ParseIntError);
    let port = text.parse().map_err(|source| NoPort(text.to_owned(), source))?;
    Ok(port)
}

/// Errors are values as well.
#[gangplank::export]
pub fn describe(error: &HarbourError) -> String {
    error.to_string()
}

/// In lists, maps and options, too.
#[gangplank::export]
pub fn collect(errors: Vec<HarbourError>, last: Option<Storm>) -> BTreeMap<String, HarbourError> {
    let storm = last.map(|storm| (storm.to_string(), HarbourError::Full));
    errors.into_iter().map(|error| (error.to_string(), error)).chain(storm).collect()
}

/// Implemented in Go.
#[gangplank::import]
pub trait Pilot {
    /// Fails with any Go error.
    fn guide(&self, answer: Answer) -> Result<u32, GoError>;
    /// Fails with a type of ours, or with any other Go error inside it.
    fn steer(&self, answer: Answer) -> Result<(), HarbourError>;
}

fn pilot() -> gangplank::Imported<dyn Pilot> {
    gangplank::imported::<dyn Pilot>().expect("the test registers one")
}

/// What Rust sees of a Go error: kind, message, type, and the same of what it wraps.
#[gangplank::export]
pub fn seen(answer: Answer) -> String {
    fn show(error: &GoError) -> String {
        let causes: Vec<String> = error.causes().map(|cause| show(&cause)).collect();
        let kind = if error.kind() == ErrorKind::Error { "" } else { "!" };
        format!("{kind}{} <{}> [{}]", error.message(), error.type_name(), causes.join("; "))
    }
    match pilot().guide(answer) {
        Ok(value) => value.to_string(),
        Err(error) => show(&error),
    }
}

/// The texts that `source()` leads to.
#[gangplank::export]
pub fn sources(answer: Answer) -> Vec<String> {
    let Err(error) = pilot().guide(answer) else { return Vec::new() };
    let first: &dyn Error = &error;
    std::iter::successors(Some(first), |error| (*error).source()).map(|error| error.to_string()).collect()
}

/// Which variant Rust sees.
#[gangplank::export]
pub fn variant(answer: Answer) -> String {
    match pilot().steer(answer) {
        Ok(()) => "ok".into(),
        Err(HarbourError::Pilot(error)) => format!("pilot: {error}"),
        Err(error) => format!("own: {error:?}"),
    }
}

/// Hands a Go error back to Go.
#[gangplank::export]
pub fn pass_on(answer: Answer) -> Result<u32, GoError> {
    pilot().guide(answer)
}

/// Hands a Go error back to Go, inside one of ours.
#[gangplank::export]
pub fn wrap(answer: Answer) -> Result<u32, HarbourError> {
    Ok(pilot().guide(answer)?)
}

/// Takes a Go error as a value.
#[gangplank::export]
pub fn message_of(error: GoError, other: Option<gangplank::Error>) -> String {
    format!("{error}, {}", other.map_or("none".into(), |e| e.to_string()))
}
