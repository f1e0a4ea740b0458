//! What Go takes for an identifier.

use super::KEYWORDS;

/// Is it an identifier of Go, and no keyword?
pub fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(is_letter)
        && chars.all(|c| is_letter(c) || c.is_ascii_digit())
        && !KEYWORDS.contains(&name)
}

/// Is it an identifier that Go exports: does it begin with an upper-case letter?
pub fn is_exported(name: &str) -> bool {
    is_identifier(name) && name.chars().next().is_some_and(char::is_uppercase)
}

/// Go wants Unicode's category L, which the standard library does not tell. Cased letters, Han, Kana and Hangul are
/// certain; of the rest Rust allows signs (combining marks) that Go does not, so they count as none.
fn is_letter(c: char) -> bool {
    match c {
        '_' => true,
        _ if c.is_ascii() => c.is_ascii_alphabetic(),
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' => true,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => true,
        _ => c.is_alphabetic() && (c.is_uppercase() || c.is_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_identifiers_begin_upper_case() {
        assert!(is_exported("Hit") && is_exported("Größe") && is_exported("Ölstand") && is_exported("X名前"));
        assert!(!is_exported("hit") && !is_exported("_Hit") && !is_exported("名前") && !is_exported(""));
    }

    #[test]
    fn identifiers_have_no_signs_and_are_no_keywords() {
        assert!(is_identifier("名前") && is_identifier("_x1"));
        assert!(
            !is_identifier("a-b")
                && !is_identifier("1a")
                && !is_identifier("type")
                && !is_identifier("a\u{301}")
        );
    }
}
