//! The same the other way: Rust calls Go, which may call Rust again, so buffers come from a pool and from the Rust stack.

use gangplank::{ErrorKind, GoError};

/// Implemented in Go.
#[gangplank::import]
pub trait Echo {
    /// The text, copied on the way.
    fn text(&self, text: &str) -> String;
    /// The text, lent for the call.
    fn lent(&self, #[borrow] text: &str, #[borrow] bytes: &[u8]) -> Result<Parcel, GoError>;
    /// The bytes.
    fn bytes(&self, bytes: &[u8]) -> Vec<u8>;
    /// The numbers.
    fn numbers(&self, numbers: &[u32]) -> Vec<u32>;
    /// The parcel.
    fn parcel(&self, parcel: &Parcel) -> Parcel;
    /// The strings.
    fn list(&self, list: &[String]) -> Result<Vec<String>, GoError>;
    /// Text that is none.
    fn broken(&self, how: Broken) -> Result<Parcel, GoError>;
    /// Text that is none, and no way to say so.
    fn broken_text(&self) -> String;
}

/// A record that holds one of each.
#[gangplank::record]
#[derive(Clone, Debug, Default, PartialEq)]
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

/// Where the invalid text is.
#[gangplank::record]
#[derive(Clone, Copy, Debug)]
pub enum Broken {
    /// In a field.
    Field,
    /// In an option.
    Option,
    /// In the text of an error.
    Error,
}

/// That many bytes of text.
fn text_of(size: usize) -> String {
    let mut text = "plank, größe, 船 ".repeat(size / 20 + 1);
    text.truncate((0..=size.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
    let missing = size - text.len();
    text + &"~".repeat(missing)
}

/// Sends values of this size to Go and says what came back otherwise, and how many were right.
#[gangplank::export]
pub fn check(size: u64) -> Result<u64, gangplank::Error> {
    let go = gangplank::imported::<dyn Echo>()?;
    let mut checked = 0;
    // Twice: the second time every method knows how large results are.
    for _ in 0..2 {
        let text = text_of(size as usize);
        let bytes: Vec<u8> = (0..size).map(|i| (i * 31) as u8).collect();
        let numbers: Vec<u32> = (0..size as u32 / 4).map(|i| i.wrapping_mul(2_654_435_761)).collect();
        let parcel = Parcel {
            text: text.clone(),
            bytes: bytes.clone(),
            numbers: numbers.clone(),
            note: Some(text.clone()),
        };
        let list = vec![text.clone(), String::new(), text.clone()];
        let same = [
            ("text", go.text(&text) == text),
            ("bytes", go.bytes(&bytes) == bytes),
            ("numbers", go.numbers(&numbers) == numbers),
            ("a record", go.parcel(&parcel) == parcel),
            ("a list", go.list(&list)? == list),
            ("lent memory", go.lent(&text, &bytes)? == Parcel { text, bytes, ..Parcel::default() }),
        ];
        for (what, same) in same {
            if !same {
                return Err(gangplank::Error::new(format!("{what} of {size} bytes came back otherwise")));
            }
            checked += 1;
        }
    }
    Ok(checked)
}

/// Asks for text that is none, and gives the refusal.
#[gangplank::export]
pub fn ask_for_broken(how: Broken) -> Result<String, gangplank::Error> {
    match gangplank::imported::<dyn Echo>()?.broken(how) {
        Ok(parcel) => Ok(format!("accepted {parcel:?}")),
        Err(error) if error.kind() == ErrorKind::Rejected => Ok(format!("rejected: {error}")),
        Err(error) => Ok(format!("error: {error}")),
    }
}

/// The same, where the method returns no `Result`: a panic.
#[gangplank::export]
pub fn ask_for_broken_text() -> Result<String, gangplank::Error> {
    let go = gangplank::imported::<dyn Echo>()?;
    let text = go.broken_text();
    Ok(format!("accepted {text:?}"))
}
