//! What the parsers of items share: where they are, what they found, and how they go on after a mistake.

use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{FileId, Type, TypeKind};
use proc_macro2::Span;

/// The name of a type that is not known: after a mistake, or where only the crate could tell. Every check lets it pass.
/// No Rust name is empty, and an interface with mistakes is never handed out.
pub(crate) const UNKNOWN: &str = "";

/// Is it the type that is not known?
pub(crate) fn is_unknown(ty: &Type) -> bool {
    matches!(&ty.kind, TypeKind::Named(name) if name == UNKNOWN)
}

/// Parses items of one module, and gathers mistakes instead of stopping at them.
pub(super) struct Parser<'a> {
    /// What names mean.
    pub scope: Scope<'a>,
    /// The file of the items.
    pub file: FileId,
    /// Where an alias is used: mistakes in its type are shown there.
    pub used_at: Option<Span>,
    /// What the parameters of that alias stand for; those of a generic item stand for the unknown type.
    pub bound: Vec<(String, Type)>,
    /// What `Self` means: the object whose function is read.
    pub owner: Option<String>,
    /// The lifetimes that a generic item declares.
    pub lifetimes: Vec<syn::Lifetime>,
    /// How many aliases deep.
    pub depth: usize,
    /// The mistakes so far.
    pub found: Vec<Diagnostic>,
}

impl<'a> Parser<'a> {
    /// For an item whose surroundings are not known: in a macro.
    pub fn alone(file: FileId) -> Parser<'a> {
        Parser::within(Scope::Alone, file)
    }

    /// For the items of a module.
    pub fn within(scope: Scope<'a>, file: FileId) -> Parser<'a> {
        Parser {
            scope,
            file,
            used_at: None,
            bound: Vec::new(),
            owner: None,
            lifetimes: Vec::new(),
            depth: 0,
            found: Vec::new(),
        }
    }

    /// Notes a mistake.
    pub fn mistake(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// A mistake in the parser's file.
    pub fn at(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.file, self.used_at.unwrap_or(span), message)
    }

    /// The item, if nothing was wrong with it.
    pub fn finish<T>(self, item: T) -> Result<T, Vec<Diagnostic>> {
        if self.found.is_empty() { Ok(item) } else { Err(self.found) }
    }

    /// The type that stands in for one with a mistake.
    pub fn unknown(&self, span: Span) -> Type {
        Type { kind: TypeKind::Named(UNKNOWN.to_owned()), span: self.used_at.unwrap_or(span) }
    }
}
