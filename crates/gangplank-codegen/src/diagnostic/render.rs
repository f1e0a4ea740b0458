//! Mistakes as text, by the library that took over the Rust compiler's own way of showing them.

use super::{Diagnostic, Mistakes};
use crate::ir::{FileId, SourceFile};
use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};
use std::ops::Range;

pub(super) fn plain(mistakes: &Mistakes) -> String {
    with(&Renderer::plain(), mistakes)
}

pub(super) fn coloured(mistakes: &Mistakes) -> String {
    with(&Renderer::styled(), mistakes)
}

fn with(renderer: &Renderer, mistakes: &Mistakes) -> String {
    mistakes
        .list
        .iter()
        .map(|mistake| one(renderer, mistake, &mistakes.files) + "\n")
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(renderer: &Renderer, mistake: &Diagnostic, files: &[SourceFile]) -> String {
    let mut group = Level::ERROR
        .primary_title(mistake.message.as_str())
        .id(mistake.code.0)
        .elements(snippets(mistake, files));
    if !mistake.help.is_empty() {
        group = group.element(Level::HELP.message(mistake.help.as_str()));
    }
    renderer.render(&[group])
}

/// The file of the mistake first, then every other file that has to do with it.
fn snippets<'a>(mistake: &'a Diagnostic, files: &'a [SourceFile]) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut order = vec![mistake.file];
    for other in &mistake.others {
        if !order.contains(&other.file) {
            order.push(other.file);
        }
    }
    let snippets = order.into_iter().filter_map(|file| {
        // Of a file that could not be read there is nothing to show.
        let source = files.get(file.0).filter(|source| !source.text.is_empty())?;
        Some(snippet(mistake, file, source))
    });
    snippets.collect()
}

fn snippet<'a>(mistake: &'a Diagnostic, file: FileId, source: &'a SourceFile) -> Snippet<'a, Annotation<'a>> {
    let mut snippet = Snippet::source(source.text.as_str()).path(source.path.as_str());
    if mistake.file == file {
        let span = within(mistake.span.byte_range(), &source.text);
        let primary = AnnotationKind::Primary.span(span);
        snippet = snippet.annotation(if mistake.label.is_empty() {
            primary
        } else {
            primary.label(mistake.label.as_str())
        });
    }
    for other in mistake.others.iter().filter(|other| other.file == file) {
        let span = within(other.span.byte_range(), &source.text);
        snippet = snippet.annotation(AnnotationKind::Context.span(span).label(other.label.as_str()));
    }
    snippet
}

/// A span that is not of this file, as when there is none to show, must not be looked up in it.
fn within(span: Range<usize>, text: &str) -> Range<usize> {
    let ok = span.end <= text.len() && text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
    if ok { span } else { 0..0 }
}
