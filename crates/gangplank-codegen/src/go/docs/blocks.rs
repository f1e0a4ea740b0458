//! Markdown, as far as documentation needs it, to blocks.

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Heading(String),
    Paragraph(Vec<String>),
    /// Items, each with its mark, `-` or `1.`, and its lines.
    List(Vec<(String, Vec<String>)>),
    /// Without indentation that is common to all lines.
    Code(Vec<String>),
}

/// The blocks of a text.
pub(super) fn parse(docs: &[String]) -> Vec<Block> {
    let mut parser = Parser::default();
    let mut fence: Option<(&str, Vec<String>)> = None;
    for doc in docs {
        let text = doc.trim_end();
        let bare = text.trim_start();
        match &mut fence {
            Some((mark, _)) if bare.starts_with(*mark) => {
                let code = fence.take().map(|(_, code)| code).unwrap_or_default();
                parser.code(&code);
            }
            // Rust hides lines that begin with `# `.
            Some(_) if bare == "#" || bare.starts_with("# ") => {}
            Some((_, code)) => code.push(text.to_owned()),
            None if bare.starts_with("```") || bare.starts_with("~~~") => {
                fence = Some((&bare[..3], Vec::new()))
            }
            None => parser.line(bare),
        }
    }
    if let Some((_, code)) = fence {
        parser.code(&code);
    }
    parser.blocks
}

#[derive(Default)]
struct Parser {
    blocks: Vec<Block>,
    /// Was the last line empty, or the end of something?
    apart: bool,
}

impl Parser {
    fn line(&mut self, text: &str) {
        if text.is_empty() || is_rule(text) {
            self.apart = true;
            return;
        }
        let text = inline(text);
        if let Some(heading) = heading(&text) {
            self.blocks.push(Block::Heading(heading.to_owned()));
            self.apart = true;
            return;
        }
        let apart = std::mem::replace(&mut self.apart, false);
        match (list_mark(&text), self.blocks.last_mut()) {
            // Go has no lists in which only some items stand apart, in lists, or of two kinds.
            (Some((mark, rest)), Some(Block::List(items))) if same_kind(&mark, &items[0].0) => {
                items.push((mark, vec![rest.to_owned()]));
            }
            (_, Some(Block::List(items))) if !apart || list_mark(&text).is_some() => {
                if let Some((_, lines)) = items.last_mut() {
                    lines.push(text);
                }
            }
            (Some((mark, rest)), _) => self.blocks.push(Block::List(vec![(mark, vec![rest.to_owned()])])),
            (None, Some(Block::Paragraph(lines))) if !apart => lines.push(text),
            (None, _) => self.blocks.push(Block::Paragraph(vec![text])),
        }
    }

    fn code(&mut self, code: &[String]) {
        self.apart = true;
        let filled = |row: &&String| !row.trim().is_empty();
        let indents = code.iter().filter(filled).map(|row| &row[..row.len() - row.trim_start().len()]);
        let Some(common) = indents.reduce(|a, b| common_start(a, b)) else { return };
        let first = code.iter().position(|row| filled(&row)).unwrap_or(0);
        let last = code.iter().rposition(|row| filled(&row)).unwrap_or(0);
        let rows =
            code[first..=last].iter().map(|row| unbuild(row.get(common.len()..).unwrap_or("").trim_end()));
        self.blocks.push(Block::Code(rows.collect()));
    }
}

fn common_start<'a>(a: &'a str, b: &str) -> &'a str {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    &a[..same]
}

fn same_kind(a: &str, b: &str) -> bool {
    (a == "-") == (b == "-")
}

fn heading(text: &str) -> Option<&str> {
    let name = text.trim_start_matches('#');
    let level = text.len() - name.len();
    let name = name.strip_prefix([' ', '\t'])?.trim().trim_end_matches(['#', ' ']);
    ((1..=6).contains(&level) && !name.is_empty()).then_some(name)
}

/// A line across the page.
fn is_rule(text: &str) -> bool {
    let marks: String = text.split_whitespace().collect();
    marks.len() >= 3 && ["-", "*", "_"].iter().any(|mark| marks.trim_start_matches(mark).is_empty())
}

/// What Go takes for the mark of a list item, spelled as gofmt does, and the text behind it.
pub(super) fn list_mark(text: &str) -> Option<(String, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (mark, rest) = match digits {
        0 => ("-".to_owned(), text.strip_prefix(['-', '*', '+', '•'])?),
        n => (format!("{}.", &text[..n]), text[n..].strip_prefix(['.', ')'])?),
    };
    let bare = rest.trim();
    (rest.starts_with([' ', '\t']) && !bare.is_empty()).then_some((mark, bare))
}

/// ``[`Hit`]`` is `[Hit]` in Go, and gofmt turns doubled quotation marks into typographic ones. The address of a link
/// is a sentence like any other: gofmt would sort links by whether they are used.
pub(super) fn inline(text: &str) -> String {
    let mut text = text.replace("[`", "[").replace("`]", "]");
    for (double, single) in [("``", "`"), ("''", "'")] {
        while text.contains(double) {
            text = text.replace(double, single);
        }
    }
    if let Some((name, address)) = text.strip_prefix('[').and_then(|t| t.split_once("]:")) {
        text = format!("{name}:{address}");
    }
    unbuild(&text)
}

/// gofmt takes every line that begins with `+build` for a build constraint.
fn unbuild(text: &str) -> String {
    if text.trim_start().starts_with("+build") { format!("// {text}") } else { text.to_owned() }
}
