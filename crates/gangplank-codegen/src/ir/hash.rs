//! Hashes of signatures (clause 6.5): the macro and the command compute them from the same tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// FNV-1a, 64 bits.
pub fn fnv1a(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// The hash of a signature that is given as tokens, whatever its spacing. The names of lifetimes do not count.
pub fn signature_hash(tokens: TokenStream) -> u64 {
    let mut text = String::new();
    flatten(tokens, &mut text);
    fnv1a(text.trim_end())
}

fn flatten(tokens: TokenStream, out: &mut String) {
    let mut after_tick = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("( ", ") "),
                    Delimiter::Brace => ("{ ", "} "),
                    Delimiter::Bracket => ("[ ", "] "),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                flatten(group.stream(), out);
                out.push_str(close);
            }
            TokenTree::Punct(punct) if punct.as_char() == '\'' => after_tick = true,
            TokenTree::Ident(_) if after_tick => after_tick = false,
            other => {
                out.push_str(&other.to_string());
                out.push(' ');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_and_lifetime_names_do_not_count() {
        let of = |text: &str| signature_hash(text.parse().unwrap());
        assert_eq!(of("fn f ( x : & 'a str ) -> Vec<u8>"), of("fn f(x:&str)->Vec < u8 >"));
        assert_ne!(of("fn f(x: &str)"), of("fn f(x: String)"));
    }

    #[test]
    fn fnv1a_matches_its_published_vectors() {
        assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
    }
}
