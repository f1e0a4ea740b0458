//! Many calls in one crossing, both ways. What single calls say is the oracle.

use gangplank::{GoError, Imported, imported};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Why a text is no number.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    #[error("an empty text")]
    Empty,
    #[error("{text:?} is no number")]
    NotANumber { text: String },
    #[error("from Go: {why}")]
    Go { why: String },
}

impl From<GoError> for ParseError {
    fn from(error: GoError) -> ParseError {
        ParseError::Go { why: format!("{:?}: {error}", error.kind()) }
    }
}

/// A place.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub name: String,
    pub at: [f64; 2],
}

/// Which way.
#[gangplank::record]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Port,
    Starboard,
}

/// Of every scalar.
#[gangplank::export(batch, batcher)]
pub fn mix(#[shared] by: f64, a: u8, b: i64, c: f32, d: bool, e: char, f: Duration, g: Way) -> f64 {
    let way = if g == Way::Port { -1.0 } else { 1.0 };
    by * (f64::from(a)
        + b as f64
        + f64::from(c)
        + f64::from(u8::from(d))
        + f64::from(u32::from(e))
        + f.as_secs_f64())
        * way
}

/// Numbers in, numbers out.
#[gangplank::export(batch)]
pub fn square(x: u64) -> u64 {
    x * x
}

/// Panics at thirteen.
#[gangplank::export(batcher)]
pub fn not_thirteen(n: u32) -> bool {
    assert!(n != 13, "thirteen");
    n % 2 == 0
}

/// An error, a panic, or a number.
#[gangplank::export(batch, batcher)]
pub fn parse(text: &str) -> Result<u64, ParseError> {
    match text {
        "" => Err(ParseError::Empty),
        "panic" => panic!("at {text}"),
        text => text.parse().map_err(|_| ParseError::NotANumber { text: text.to_owned() }),
    }
}

/// No value, and an error that is a text.
#[gangplank::export(batch, batcher)]
pub fn fits(line: &[u8], limits: &[u32]) -> Result<(), String> {
    match limits.iter().find(|limit| line.len() > **limit as usize) {
        Some(limit) => Err(format!("longer than {limit}")),
        None => Ok(()),
    }
}

/// Text that lies in the argument.
#[gangplank::export(batch)]
pub fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// Records by reference and by value, and an error of any kind.
#[gangplank::export(batch)]
pub fn sail(from: &Place, to: Option<Place>, crew: Vec<String>) -> Result<(Place, usize), gangplank::Error> {
    let to = to.ok_or_else(|| gangplank::Error::new(format!("{} leads nowhere", from.name)))?;
    let name = format!("{}-{}", from.name, to.name);
    Ok((Place { name, at: [to.at[0] - from.at[0], to.at[1] - from.at[1]] }, crew.len()))
}

/// All items see the same function.
#[gangplank::export(batch)]
pub fn ask(visit: &dyn Fn(u32) -> u32, n: u32) -> u32 {
    visit(n) + 1
}

/// Counts words.
#[gangplank::object]
pub struct Counter {
    word: String,
}

#[gangplank::object]
impl Counter {
    #[constructor]
    pub fn new(word: &str) -> Counter {
        Counter { word: word.to_owned() }
    }

    /// A method.
    #[export(batch, batcher)]
    pub fn count(&self, text: &str) -> u32 {
        text.matches(&self.word).count() as u32
    }
}

/// A function with an object, which all items share.
#[gangplank::export(batch)]
pub fn starts(counter: &Counter, text: &str) -> bool {
    text.starts_with(&counter.word)
}

/// The same, counted.
#[gangplank::export(batch)]
pub fn ends(counter: Arc<Counter>, text: String) -> bool {
    text.ends_with(&counter.word)
}

/// An object in an argument that every item has for itself.
#[gangplank::export(batch)]
pub fn count_with(counter: Option<Arc<Counter>>, text: &str) -> Result<u32, ParseError> {
    counter.map(|counter| counter.count(text)).ok_or(ParseError::Empty)
}

/// Longer than Go's longest, if there are enough seconds.
#[gangplank::export(batch)]
pub fn lasts(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Too late.
#[gangplank::error]
#[derive(Debug, thiserror::Error)]
#[error("late")]
pub struct LateError {
    pub by: Duration,
}

/// The same in an error, where there are more than a hundred seconds, and in a value else.
#[gangplank::export(batch)]
pub fn lasts_or_fails(seconds: u64, times: u32) -> Result<(String, Duration), LateError> {
    let duration = Duration::from_secs(seconds).saturating_mul(times);
    if seconds > 100 { Err(LateError { by: duration }) } else { Ok((seconds.to_string(), duration)) }
}

/// Holds another one.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Nested {
    pub name: String,
    pub inner: Option<Box<Nested>>,
}

/// So many, one in the other.
#[gangplank::export(batch)]
pub fn nest(levels: u32) -> Result<Nested, String> {
    let empty = Nested { name: "0".to_owned(), inner: None };
    Ok((1..levels)
        .fold(empty, |inner, level| Nested { name: level.to_string(), inner: Some(Box::new(inner)) }))
}

/// Implemented in Go.
#[gangplank::import(batch)]
pub trait Model {
    fn score(&self, features: &[f32]) -> Result<f64, GoError>;

    fn read(&self, text: &str) -> Result<u64, ParseError>;

    fn double(&self, n: u32) -> u32;

    fn place(&self, #[shared] prefix: &str, name: String, way: Way) -> Option<Place>;

    fn note(&self, text: &str) -> Result<(), String>;

    fn log(&self, text: &str);

    fn split(&self, text: &str) -> (String, u32);

    fn calls(&self) -> u64;
}

fn model() -> Imported<dyn Model> {
    imported().expect("Go registers it before the first test")
}

fn text<T: std::fmt::Debug, E: std::fmt::Debug>(result: &Result<T, E>) -> String {
    format!("{result:?}")
}

/// What a call or a batch says, also if it panics.
fn said<T: std::fmt::Debug>(call: impl FnOnce() -> T) -> String {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(value) => format!("{value:?}"),
        Err(panic) => match panic.downcast_ref::<String>() {
            Some(text) => format!("panic: {}", text.lines().next().unwrap_or_default()),
            None => "panic".to_owned(),
        },
    }
}

/// The scores, one call for each row, or all in one.
#[gangplank::export]
pub fn scores(rows: Vec<Vec<f32>>, batch: bool) -> Vec<String> {
    let rows: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
    let results =
        if batch { model().score_batch(&rows) } else { rows.iter().map(|row| model().score(row)).collect() };
    let texts: Vec<String> = results.iter().map(text).collect();
    SAID.lock().expect("nobody panics with it").clone_from(&texts);
    texts
}

/// The same, asked for on a thread of Rust.
#[gangplank::export]
pub fn scores_elsewhere(rows: Vec<Vec<f32>>) -> Vec<String> {
    thread::spawn(|| scores(rows, true)).join().expect("it does not panic")
}

/// What Rust said last, also to a goroutine that is gone.
#[gangplank::export]
pub fn last_said() -> Vec<String> {
    SAID.lock().expect("nobody panics with it").clone()
}

static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Numbers from texts.
#[gangplank::export]
pub fn reads(texts: Vec<String>, batch: bool) -> Vec<String> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let results = if batch {
        model().read_batch(&texts)
    } else {
        texts.iter().map(|text| model().read(text)).collect()
    };
    results.iter().map(text).collect()
}

/// Doubles of numbers, or the panic.
#[gangplank::export]
pub fn doubles(numbers: &[u32], batch: bool) -> String {
    let text = match batch {
        true => said(|| model().double_batch(numbers)),
        false => said(|| numbers.iter().map(|n| model().double(*n)).collect::<Vec<_>>()),
    };
    *SAID.lock().expect("nobody panics with it") = vec![text.clone()];
    text
}

/// Records, with an argument that all share.
#[gangplank::export]
pub fn places(prefix: &str, names: Vec<String>, batch: bool) -> String {
    let ways: Vec<Way> =
        (0..names.len()).map(|n| if n % 2 == 0 { Way::Port } else { Way::Starboard }).collect();
    match batch {
        true => said(|| model().place_batch(prefix, names, ways.clone())),
        false => said(|| {
            names
                .into_iter()
                .zip(ways)
                .map(|(name, way)| model().place(prefix, name, way))
                .collect::<Vec<_>>()
        }),
    }
}

/// Results without a value, without an error, and of two parts.
#[gangplank::export]
pub fn rest(texts: Vec<String>, batch: bool) -> Vec<String> {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let model = model();
    if batch {
        let notes = said(|| model.note_batch(&texts));
        let logs = said(|| model.log_batch(&texts));
        return vec![notes, logs, said(|| model.split_batch(&texts))];
    }
    let notes = said(|| texts.iter().map(|text| model.note(text)).collect::<Vec<_>>());
    let logs = said(|| texts.iter().map(|text| model.log(text)).collect::<Vec<_>>());
    vec![notes, logs, said(|| texts.iter().map(|text| model.split(text)).collect::<Vec<_>>())]
}

/// Slices of different lengths.
#[gangplank::export]
pub fn uneven() -> String {
    said(|| model().place_batch("", vec![String::new()], Vec::new()))
}

/// How many calls Go has seen.
#[gangplank::export]
pub fn calls_seen() -> u64 {
    model().calls()
}
