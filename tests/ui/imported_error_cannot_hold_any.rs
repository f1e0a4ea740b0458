#[gangplank::error]
#[derive(Debug)]
pub enum ParseError {
    Bad,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

#[gangplank::import]
pub trait Parser {
    fn parse(&self, text: &str) -> Result<u32, ParseError>;
}

fn main() {}
