//! Documentation comments.

/// The lines of all `#[doc = ".."]`, one leading blank of each removed.
pub(super) fn parse_docs(attrs: &[syn::Attribute]) -> Vec<String> {
    let mut lines = Vec::new();
    for text in attrs.iter().filter_map(doc_text) {
        if !text.contains('\n') {
            lines.push(line(&text));
            continue;
        }
        // A block comment: its rows often begin with a star, its first and last are often empty.
        let rows: Vec<&str> = text.lines().collect();
        let starred = rows[1..].iter().all(|row| row.trim().is_empty() || row.trim_start().starts_with('*'));
        let rows = rows.iter().enumerate().map(|(at, row)| match (at, starred) {
            (0, _) | (_, false) => line(row),
            (_, true) => line(row.trim_start().strip_prefix('*').unwrap_or("")),
        });
        let rows: Vec<String> = rows.collect();
        let first = rows.iter().position(|row| !row.is_empty()).unwrap_or(rows.len());
        let last = rows.iter().rposition(|row| !row.is_empty()).map_or(first, |at| at + 1);
        lines.extend_from_slice(&rows[first..last]);
    }
    lines
}

fn line(text: &str) -> String {
    text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned()
}

fn doc_text(attr: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attr.meta else { return None };
    match &pair.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) if pair.path.is_ident("doc") => {
            Some(text.value())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_and_block_comments() {
        let item: syn::ItemStruct = syn::parse_str(
            "/// One.\n///\n///   indented\n/** Block\n * with stars\n */\n#[doc = \"last\"]\n#[doc(hidden)]\nstruct A;",
        )
        .unwrap();
        assert_eq!(parse_docs(&item.attrs), ["One.", "", "  indented", "Block", "with stars", "last"]);
    }
}
