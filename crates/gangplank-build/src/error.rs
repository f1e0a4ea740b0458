//! What goes wrong in a build, and what to do about it.

use std::fmt::{self, Display};
use std::io;
use std::path::Path;

/// A sentence that says what is wrong, and one that says what to do.
#[derive(Clone, Debug)]
pub struct Error {
    text: String,
    help: Option<String>,
    finished: bool,
}

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What is wrong.
    pub fn new(text: impl Into<String>) -> Error {
        Error { text: text.into(), help: None, finished: false }
    }

    /// A text that already reads as `error: ..`, as the generator's mistakes do.
    pub fn finished(text: impl Display) -> Error {
        Error { text: text.to_string().trim_end().to_owned(), help: None, finished: true }
    }

    /// What to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Error {
        self.help = Some(help.into());
        self
    }

    /// A file or folder that could not be used.
    pub(crate) fn io(verb: &str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        let text = format!("cannot {verb} {}", path.display());
        move |cause| Error::new(format!("{text}: {cause}"))
    }

    /// The whole message, from `error: ` to the help.
    pub fn render(&self) -> String {
        if self.finished { self.text.clone() } else { format!("error: {self}") }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
