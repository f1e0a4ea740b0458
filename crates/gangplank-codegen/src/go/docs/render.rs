//! Blocks to a comment that gofmt leaves as it is.

use super::blocks::{Block, inline, list_mark};

/// The lines of the comment.
pub(super) fn render(blocks: Vec<Block>) -> Vec<String> {
    let blocks = settle(blocks);
    let mut out: Vec<String> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        // A list belongs to the paragraph above it.
        let above = at.checked_sub(1).map(|above| &blocks[above]);
        if at > 0 && !matches!((above, block), (Some(Block::Paragraph(_)), Block::List(_))) {
            out.push("//".to_owned());
        }
        match block {
            Block::Heading(text) => out.push(format!("// # {text}")),
            Block::Paragraph(lines) => out.extend(lines.iter().map(|text| format!("// {text}"))),
            Block::List(items) => {
                for (mark, lines) in items {
                    let mark = if mark == "-" { " -" } else { mark };
                    out.push(format!("//  {mark} {}", lines[0]));
                    out.extend(lines[1..].iter().map(|text| format!("//     {text}")));
                }
            }
            Block::Code(rows) => {
                let row = |row: &String| if row.is_empty() { "//".to_owned() } else { format!("//\t{row}") };
                out.extend(rows.iter().map(row));
            }
        }
    }
    out
}

/// Lists and code are indented in Go, and only that: a comment cannot begin with them, nor can they follow each other.
fn settle(blocks: Vec<Block>) -> Vec<Block> {
    let mut settled: Vec<Block> = Vec::new();
    for block in blocks {
        let block = match (block, settled.last_mut()) {
            (Block::Code(rows), Some(Block::Code(above))) => {
                above.push(String::new());
                above.extend(rows);
                continue;
            }
            (Block::Code(rows), None) => plain_code(rows),
            // What begins like a list is one.
            (Block::Code(rows), _) if list_mark(rows[0].trim_start()).is_some() => plain_code(rows),
            (code @ Block::Code(_), Some(list @ Block::List(_))) => {
                *list = plain_list(list);
                code
            }
            (list @ Block::List(_), None | Some(Block::List(_) | Block::Code(_))) => plain_list(&list),
            (block, _) => block,
        };
        settled.push(block);
    }
    for at in 1..settled.len() {
        let next_is_text = matches!(settled.get(at + 1), Some(Block::Heading(_) | Block::Paragraph(_)));
        match &settled[at] {
            // gofmt takes it for a heading.
            Block::Paragraph(lines) if next_is_text && lines.len() == 1 && is_like_heading(&lines[0]) => {
                settled[at] = Block::Heading(lines[0].clone());
            }
            _ => {}
        }
    }
    settled
}

/// The items as lines of a paragraph.
fn plain_list(list: &Block) -> Block {
    let Block::List(items) = list else { return list.clone() };
    let lines = items.iter().flat_map(|(mark, lines)| {
        std::iter::once(format!("{mark} {}", lines[0])).chain(lines[1..].iter().cloned())
    });
    Block::Paragraph(lines.collect())
}

fn plain_code(rows: Vec<String>) -> Block {
    let rows = rows.iter().map(|row| inline(row.trim())).filter(|row| !row.is_empty());
    Block::Paragraph(rows.collect())
}

/// May gofmt take a line that stands alone for a heading? It begins with a capital letter and ends like a word.
fn is_like_heading(text: &str) -> bool {
    let word = |c: char| c.is_alphanumeric();
    text.starts_with(char::is_uppercase) && text.ends_with(word) && !text.contains([';', ':', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::super::comment;

    fn of(text: &str) -> String {
        let docs: Vec<String> = text.lines().map(str::to_owned).collect();
        comment(&docs).join("\n")
    }

    #[test]
    fn markdown_becomes_what_gofmt_leaves() {
        let text = "Finds [`Hit`]s.\n* one\n  and more\n\n* two\n\nAfter?\n\n## Errors\nNone.\n```rust\n# hidden\n  let x = 1;\n\n    let y;\n```\nEnd.";
        let expected = "// Finds [Hit]s.\n//   - one\n//     and more\n//   - two\n//\n// After?\n//\n// # Errors\n//\n// None.\n//\n//\tlet x = 1;\n//\n//\t  let y;\n//\n// End.";
        assert_eq!(of(text), expected);
    }

    #[test]
    fn what_would_be_indented_alone_is_text() {
        assert_eq!(of("```\na\n```"), "// a");
        assert_eq!(of("- a\n- b\n\nc"), "// - a\n// - b\n//\n// c");
        assert_eq!(of("a\n- b\n```\nc\n```"), "// a\n//\n// - b\n//\n//\tc");
        assert_eq!(of("a\n```\n- b\n```"), "// a\n//\n// - b");
    }

    #[test]
    fn nothing_is_no_comment() {
        assert_eq!(of("\n \n"), "");
        assert_eq!(of("***"), "");
        assert_eq!(of("```\n```"), "");
    }
}
