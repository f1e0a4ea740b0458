//! The numbers of a fieldless enum.

use crate::diagnostic::{DISCRIMINANT, Diagnostic};
use crate::ir::{Enum, Number};

/// Checks that every discriminant is in the range of the enum's integer type.
pub(super) fn check_discriminants(of: &Enum, found: &mut Vec<Diagnostic>) {
    if !of.is_fieldless() {
        return;
    }
    let (least, most) = of.repr.unwrap_or(Number::Isize).range();
    for variant in of.variants.iter().filter(|variant| !(least..=most).contains(&variant.discriminant)) {
        let (name, value) = (&variant.head.name, variant.discriminant);
        found.push(
            Diagnostic::new(
                DISCRIMINANT,
                variant.head.file,
                variant.head.span,
                format!("the discriminant {value} of `{name}` is out of range"),
            )
            .label(format!("from {least} to {most}"))
            .help("choose a wider `#[repr(..)]`, or a smaller number"),
        );
    }
}
