//! Documentation: Markdown as Rust has it, to comments as gofmt leaves them.

mod blocks;
mod render;

use super::text::line;

/// The lines of a doc comment, each with its `//`. Empty if there is no documentation.
pub(super) fn comment(docs: &[String]) -> Vec<String> {
    render::render(blocks::parse(docs))
}

/// Writes documentation, or `otherwise` where there is none.
pub(super) fn write_docs(out: &mut String, docs: &[String], otherwise: &str) {
    let mut lines = comment(docs);
    if lines.is_empty() {
        lines = comment(&[otherwise.to_owned()]);
    }
    for text in lines {
        line!(out, "{text}");
    }
}
