//! Structs with `#[record]` or `#[error]`.

use super::parser::Parser;
use super::signature::record_hash;
use crate::diagnostic::{Diagnostic, KNOWN_NAME, REPR};
use crate::ir::{Field, Fields, FileId, Head, Number, Record};
use syn::spanned::Spanned;

/// Parses a struct as its macro sees it: without the crate around it.
///
/// # Errors
/// All mistakes that show in the struct itself. See [`crate::check::check_record_alone`] for the rest.
pub fn parse_record_struct(
    item: &syn::ItemStruct,
    is_error: bool,
    file: FileId,
) -> Result<Record, Vec<Diagnostic>> {
    let mut parser = Parser::alone(file);
    let record = parser.record_struct(item, is_error);
    parser.finish(record)
}

/// What `#[repr(..)]` says.
#[derive(Default)]
pub(super) struct Repr {
    pub c: bool,
    pub number: Option<Number>,
}

impl Parser<'_> {
    pub(super) fn record_struct(&mut self, item: &syn::ItemStruct, is_error: bool) -> Record {
        self.check_condition(&item.attrs, "a struct");
        self.generics(&item.generics);
        let head = self.head(&item.ident, &item.attrs);
        self.known_name(&head);
        let repr = self.repr(&item.attrs);
        let fields = self.fields(&item.fields);
        let mut record = Record { head, fields, repr_c: repr.c, is_error, hash: 0 };
        record.hash = record_hash(&record, &item.fields);
        record
    }

    pub(super) fn fields(&mut self, fields: &syn::Fields) -> Fields {
        let parsed: Vec<Field> =
            fields.iter().enumerate().map(|(index, field)| self.field(index, field)).collect();
        match fields {
            syn::Fields::Unit => Fields::Unit,
            syn::Fields::Named(_) => Fields::Named(parsed),
            syn::Fields::Unnamed(_) => Fields::Unnamed(parsed),
        }
    }

    fn field(&mut self, index: usize, field: &syn::Field) -> Field {
        self.check_condition(&field.attrs, "a field");
        let head = match &field.ident {
            Some(name) => self.head(name, &field.attrs),
            None => self.numbered_head(index, field.ty.span(), &field.attrs),
        };
        Field { head, ty: self.ty(&field.ty) }
    }

    /// A macro that meets `Duration` in a signature takes it for Rust's: nothing else may have that name.
    pub(super) fn known_name(&mut self, head: &Head) {
        if super::known::is_reserved(&head.name) {
            let mistake = self
                .at(
                    KNOWN_NAME,
                    head.span,
                    format!("`{}` is the name of a type that every crate knows", head.name),
                )
                .label("in a signature it would be taken for that")
                .help("choose another name; in Go it can keep this one with `#[go(name = \"..\")]`");
            self.mistake(mistake);
        }
    }

    pub(super) fn repr(&mut self, attrs: &[syn::Attribute]) -> Repr {
        let (mut repr, mut odd) = (Repr::default(), false);
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("repr")) {
            let syn::Meta::List(list) = &attr.meta else { continue };
            for token in list.tokens.clone() {
                let proc_macro2::TokenTree::Ident(word) = token else { continue };
                match (word.to_string().as_str(), Number::from_rust(&word.to_string())) {
                    ("C", _) => repr.c = true,
                    ("transparent" | "Rust", _) => {}
                    (_, Some(number)) => repr.number = Some(number),
                    (other, None) => {
                        odd = true;
                        let mistake = self
                            .at(REPR, word.span(), format!("Go has no layout like `repr({other})`"))
                            .label("here")
                            .help("remove it, or cross with another type that has it not, and convert");
                        self.mistake(mistake);
                    }
                }
            }
        }
        // Of a layout that is refused nothing more needs to be said.
        repr.c &= !odd;
        repr
    }
}
