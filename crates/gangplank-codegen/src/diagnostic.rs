//! Mistakes in the user's source: a code, a place, what is wrong, and what to do.

mod catalogue;
#[cfg(feature = "spans")]
mod render;

pub use catalogue::*;

use crate::ir::{FileId, SourceFile};
use proc_macro2::Span;
use std::fmt;

/// The code of a mistake: one constant in this module, one chapter in `docs/errors.md`, one fixture in
/// `tests/mistakes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// One mistake.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its code, `GP0101`.
    pub code: Code,
    /// The file it is in.
    pub file: FileId,
    /// What to underline.
    pub span: Span,
    /// One sentence: what is wrong.
    pub message: String,
    /// A few words under the underline.
    pub label: String,
    /// What to do instead.
    pub help: String,
    /// Other places that have to do with it.
    pub others: Vec<Other>,
}

/// Another place that a mistake has to do with.
#[derive(Clone, Debug)]
pub struct Other {
    /// The file it is in.
    pub file: FileId,
    /// What to underline.
    pub span: Span,
    /// A few words under the underline.
    pub label: String,
}

/// All mistakes of one run, with the files they are in. Never empty.
///
/// Displays as the Rust compiler would, without colours: the same text in every terminal. See [`Mistakes::coloured`].
#[derive(Clone, Debug)]
pub struct Mistakes {
    /// In order of file and place.
    pub list: Vec<Diagnostic>,
    /// For showing the source.
    pub files: Vec<SourceFile>,
}

impl Diagnostic {
    /// A mistake without label and help.
    pub fn new(code: Code, file: FileId, span: Span, message: impl Into<String>) -> Diagnostic {
        let (label, help) = (String::new(), String::new());
        Diagnostic { code, file, span, message: message.into(), label, help, others: Vec::new() }
    }

    /// With a few words under the underline.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// With what to do instead.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = help.into();
        self
    }

    /// With another place that has to do with it.
    pub fn other(mut self, file: FileId, span: Span, label: impl Into<String>) -> Diagnostic {
        self.others.push(Other { file, span, label: label.into() });
        self
    }

    /// The mistake as the compiler shows it from a macro.
    pub fn to_syn(&self) -> syn::Error {
        let help = if self.help.is_empty() { String::new() } else { format!("\n\nhelp: {}", self.help) };
        syn::Error::new(self.span, format!("{} [{}]{help}", self.message, self.code.0))
    }
}

impl Mistakes {
    /// Puts the mistakes in order of file and place, each of them once. `None` if there are none.
    pub fn of(list: Vec<Diagnostic>, files: Vec<SourceFile>) -> Option<Mistakes> {
        if list.is_empty() {
            return None;
        }
        #[cfg_attr(not(feature = "spans"), allow(unused_mut))]
        let mut mistakes = Mistakes { list, files };
        #[cfg(feature = "spans")]
        {
            let place = |d: &Diagnostic| (d.file, d.span.byte_range().start, d.span.byte_range().end, d.code);
            mistakes.list.sort_by_cached_key(|d| (place(d), d.message.clone()));
            mistakes.list.dedup_by(|a, b| place(a) == place(b) && a.message == b.message);
        }
        Some(mistakes)
    }

    /// The text with the colours that a terminal wants.
    #[cfg(feature = "spans")]
    pub fn coloured(&self) -> String {
        format!("{}\n{}\n", render::coloured(self), self.summary())
    }

    /// `3 mistakes in 2 files`
    pub fn summary(&self) -> String {
        let mut files: Vec<FileId> = self.list.iter().map(|d| d.file).collect();
        files.sort();
        files.dedup();
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        format!("{} in {}", count(self.list.len(), "mistake"), count(files.len(), "file"))
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "spans")]
        writeln!(f, "{}", render::plain(self))?;
        #[cfg(not(feature = "spans"))]
        for mistake in &self.list {
            writeln!(f, "error[{}]: {}\n = help: {}\n", mistake.code.0, mistake.message, mistake.help)?;
        }
        writeln!(f, "{}", self.summary())
    }
}

impl std::error::Error for Mistakes {}
