//! What Go does for this program.

use gangplank::GoError;

/// Reads Go source. Safe for concurrent use.
#[gangplank::import]
pub trait Parser {
    /// Parses one file and says what it declares. The path is only for messages.
    fn parse(&self, path: &str, #[borrow] source: &[u8]) -> Result<FileSummary, GoError>;
}

/// What a file declares at its top level.
#[gangplank::record]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSummary {
    /// The name in its package clause.
    pub package: String,
    /// How many lines it has.
    pub lines: u32,
    /// Exported functions, methods of exported types, types, constants and variables.
    pub exported: u32,
    /// Functions and methods, in source order.
    pub functions: Vec<Function>,
}

/// A function or method with its place.
#[gangplank::record]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name, with the receiver's type before a dot: `Buffer.String`.
    pub name: String,
    /// The line it starts in, from 1.
    pub line: u32,
    /// How many lines it has.
    pub lines: u32,
}
