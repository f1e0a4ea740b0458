//! Types as people write them, for messages: tokens alone are printed with blanks everywhere.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// A type as people write it.
pub(super) fn spelled(ty: &syn::Type) -> String {
    let mut text = String::new();
    write(ty.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut arrow = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                // Behind a word a bracket is the type that the word goes with: `&'static [u8]`.
                if group.delimiter() == Delimiter::Bracket && ends_in_word(text) {
                    text.push(' ');
                }
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                c @ (',' | ';') => text.extend([c, ' ']),
                c @ ('+' | '=') => text.extend([' ', c, ' ']),
                '-' => {
                    arrow = true;
                    text.push_str(" -");
                    continue;
                }
                '>' if arrow => text.push_str("> "),
                c @ ('\'' | '*') if ends_in_word(text) => text.extend([' ', c]),
                c => text.push(c),
            },
            word => {
                if ends_in_word(text) || text.ends_with('>') {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
        arrow = false;
    }
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    #[test]
    fn as_people_write_them() {
        for text in [
            "std::io::Error",
            "&'static [u8]",
            "&'a str",
            "&mut T",
            "HashMap<String, Vec<u8>>",
            "[u8; 4]",
            "(u8, ())",
            "*const u8",
            "Box<dyn Fn(u8) -> u8 + Send>",
            "<A<u8> as B>::C",
        ] {
            assert_eq!(super::spelled(&syn::parse_str(text).unwrap()), text);
        }
    }
}
