//! Names of types that nobody marked.

use crate::diagnostic::{Diagnostic, UNKNOWN_TYPE};
use crate::ir::{FileId, Interface, Type};

/// Checks that a named type crosses.
pub(super) fn check_known(
    interface: &Interface,
    name: &str,
    ty: &Type,
    file: FileId,
    found: &mut Vec<Diagnostic>,
) {
    if interface.record(name).is_some()
        || interface.enumeration(name).is_some()
        || interface.object(name).is_some()
    {
        return;
    }
    let mistake =
        Diagnostic::new(UNKNOWN_TYPE, file, ty.span, format!("the type `{name}` is not marked to cross"));
    found.push(match nearest(interface, name) {
        Some(other) => mistake
            .label(format!("is `{other}` meant?"))
            .help(format!("write `{other}`, or put `#[gangplank::record]` on `{name}`")),
        None => mistake
            .label("not known here")
            .help("put `#[gangplank::record]` on the struct or enum; what a macro declares is not seen"),
    });
}

/// Says that a trait does not cross.
pub(super) fn check_known_trait(name: &str, ty: &Type, file: FileId, found: &mut Vec<Diagnostic>) {
    found.push(
        Diagnostic::new(UNKNOWN_TYPE, file, ty.span, format!("the trait `{name}` is not marked to cross"))
            .label("not known here")
            .help(
                "put `#[gangplank::import]` on it if Go implements it, `#[gangplank::object]` if Rust does",
            ),
    );
}

/// The name that was probably meant.
fn nearest<'a>(interface: &'a Interface, name: &str) -> Option<&'a str> {
    let names = interface
        .records
        .iter()
        .map(|record| &record.head.name)
        .chain(interface.enums.iter().map(|of| &of.head.name))
        .chain(interface.objects.iter().map(|object| &object.head.name));
    let limit = (name.chars().count() / 3).max(1);
    names
        .map(|other| (distance(name, other), other))
        .filter(|(far, _)| *far <= limit)
        .min()
        .map(|(_, other)| other.as_str())
}

/// How many letters to insert, remove, replace or swap (Damerau's restricted edit distance).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = match (i, j) {
                (0, n) | (n, 0) => n,
                _ => {
                    let replace = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let swap = if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        rows[i - 2][j - 2] + 1
                    } else {
                        replace
                    };
                    replace.min(swap).min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1)
                }
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances() {
        for (a, b, far) in [
            ("Hit", "Hit", 0),
            ("Hti", "Hit", 1),
            ("Hits", "Hit", 1),
            ("", "Hit", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b), far, "{a} {b}");
        }
    }
}
