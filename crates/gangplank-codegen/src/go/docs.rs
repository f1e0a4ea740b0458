//! Documentation: Markdown as Rust has it, to comments as gofmt leaves them.

use super::text::line;

/// The lines of a doc comment, each with its `//`. Empty if there is no documentation.
pub(super) fn comment(docs: &[String]) -> Vec<String> {
    let mut lines = Lines::default();
    let mut fence = None;
    for doc in docs {
        let text = doc.trim_end();
        let bare = text.trim_start();
        match fence {
            Some(mark) if bare.starts_with(mark) => {
                fence = None;
                lines.end_code();
            }
            // Rust hides lines that begin with `# `.
            Some(_) if bare == "#" || bare.starts_with("# ") => {}
            Some(_) => lines.code.push(text.to_owned()),
            None if bare.starts_with("```") || bare.starts_with("~~~") => fence = Some(&bare[..3]),
            None => lines.markdown(text),
        }
    }
    lines.finish()
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

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Blank,
    Text,
    Heading,
    Item,
    Code,
}

/// Lines of a Go comment, with a blank line wherever the kind of what is said changes.
#[derive(Default)]
struct Lines {
    out: Vec<String>,
    last: Kind,
    /// Has the last list numbers?
    numbered: bool,
    /// A block of code that has not ended.
    code: Vec<String>,
    /// `[name]: address` goes to the end, where gofmt puts it.
    links: Vec<String>,
}

impl Lines {
    fn blank(&mut self) {
        if !self.out.is_empty() && self.last != Kind::Blank {
            self.out.push(String::new());
            self.last = Kind::Blank;
        }
    }

    fn push(&mut self, kind: Kind, text: String) {
        let goes_on = kind == self.last || (kind, self.last) == (Kind::Item, Kind::Text);
        if !goes_on || kind == Kind::Heading {
            self.blank();
        }
        self.out.push(text);
        self.last = kind;
    }

    /// Code keeps its indentation, but not what is common to all of it.
    fn end_code(&mut self) {
        let code = std::mem::take(&mut self.code);
        let filled = || code.iter().filter(|row| !row.is_empty());
        let common = filled().map(|row| row.len() - row.trim_start_matches(' ').len()).min().unwrap_or(0);
        let last = code.iter().rposition(|row| !row.is_empty()).map_or(0, |at| at + 1);
        self.blank();
        // A comment cannot begin with code.
        if self.out.is_empty() {
            return code[..last].iter().for_each(|row| self.markdown(row));
        }
        for row in code[..last].iter().skip_while(|row| row.is_empty()) {
            self.out.push(if row.is_empty() { String::new() } else { format!("\t{}", &row[common..]) });
            self.last = Kind::Code;
        }
        self.blank();
    }

    fn markdown(&mut self, text: &str) {
        let bare = text.trim_start();
        if bare.is_empty() {
            return self.blank();
        }
        let text = inline(bare);
        if is_rule(&text) {
            return self.blank();
        }
        if let Some(heading) = heading(&text) {
            return self.push(Kind::Heading, format!("# {heading}"));
        }
        if is_link(&text) {
            return self.links.push(text);
        }
        let mark = item(&text);
        // gofmt has no list in which only some items stand apart.
        if mark.is_some()
            && self.last == Kind::Blank
            && self.out.iter().rev().nth(1).is_some_and(|above| is_item(above))
        {
            self.out.pop();
            self.last = Kind::Item;
        }
        match mark {
            Some((mark, rest)) if self.last != Kind::Item || self.numbered == (mark != "-") => {
                self.numbered = mark != "-";
                let mark = if mark == "-" { "  - ".to_owned() } else { format!(" {mark} ") };
                self.push(Kind::Item, mark + rest);
            }
            // Nor has it lists within lists, or of two kinds.
            _ if self.last == Kind::Item => self.out.push(format!("    {text}")),
            _ => self.push(Kind::Text, text),
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_code();
        while self.out.last().is_some_and(String::is_empty) {
            self.out.pop();
        }
        if !self.links.is_empty() {
            if !self.out.is_empty() {
                self.out.push(String::new());
            }
            self.out.append(&mut self.links);
        }
        self.out
            .into_iter()
            .map(|text| match text.as_bytes().first() {
                None => "//".to_owned(),
                Some(b'\t') => format!("//{text}"),
                Some(_) => format!("// {text}"),
            })
            .collect()
    }
}

/// A line across the page.
fn is_rule(text: &str) -> bool {
    let marks: String = text.split_whitespace().collect();
    marks.len() >= 3 && ["-", "*", "_"].iter().any(|mark| marks.trim_start_matches(mark).is_empty())
}

/// ``[`Hit`]`` is `[Hit]` in Go, gofmt turns two backticks into quotation marks, and takes `+build` for a build constraint.
fn inline(text: &str) -> String {
    text.replace("+build", "+ build")
        .replace("[`", "[")
        .replace("`]", "]")
        .replace("``", "`")
        .replace("''", "'")
}

fn heading(text: &str) -> Option<&str> {
    let name = text.trim_start_matches('#');
    let level = text.len() - name.len();
    ((1..=6).contains(&level) && name.starts_with(' ')).then(|| name.trim().trim_end_matches(['#', ' ']))
}

fn is_link(text: &str) -> bool {
    text.strip_prefix('[')
        .and_then(|t| t.split_once("]: "))
        .is_some_and(|(name, url)| !name.contains(']') && url.contains("://"))
}

/// Is this a line of an item, as it is written?
fn is_item(text: &str) -> bool {
    text.starts_with(' ')
}

/// The mark of a list item and what follows.
fn item(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark)) {
        return Some(("-", rest.trim_start()));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(". ")?;
    ((1..4).contains(&digits)).then(|| (&text[..=digits], rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_what_gofmt_leaves() {
        let docs: Vec<String> = "Finds [`Hit`]s.\n* one\n  and more\n* two\nAfter?\n\n## Errors\nNone.\n```rust\n# hidden\nlet x = 1;\n\n```\nEnd."
            .lines()
            .map(str::to_owned)
            .collect();
        let expected = "// Finds [Hit]s.\n//   - one\n//     and more\n//   - two\n//     After?\n//\n// # Errors\n//\n// None.\n//\n//\tlet x = 1;\n//\n// End.";
        assert_eq!(comment(&docs).join("\n"), expected);
    }
}
