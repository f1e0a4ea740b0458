//! What the tests copy and change, while the Go side stays as it was.

/// A letter.
#[gangplank::record]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// How heavy.
    pub grams: u32,
}

/// Carries letters. Implemented in Go.
#[gangplank::import]
pub trait Post {
    /// Says what it costs.
    fn price(&self, grams: u32) -> u32;
}

/// Greets.
#[gangplank::export]
pub fn greet(name: &str) -> String {
    format!("hello {name}")
}

/// Sends a letter.
#[gangplank::export]
pub fn send(letter: Letter) -> Result<u32, gangplank::Error> {
    // As long as it fits, whatever type the field gets.
    Ok(gangplank::imported::<dyn Post>()?.price(letter.grams))
}
